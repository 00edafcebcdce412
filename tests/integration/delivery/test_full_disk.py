"""A disk that is full, or a limit on file size: one clear sentence, nothing visible, no key left."""

import pytest

from delivering_apart import run_apart
from grondslag.keys import KeyKind

# From "not even a lock" to "only the last, longest file does not fit".
LIMITS = (0, 20, 700, 2_000, 5_000, 8_000)


@pytest.mark.parametrize("limit", [700, 5_000])
def test_a_full_disk_leaves_nothing_half_delivered(town, limit):
    check_full(town, limit)


@pytest.mark.long
@pytest.mark.parametrize("limit", LIMITS)
def test_a_disk_that_is_full_anywhere_leaves_nothing_half_delivered(town, limit):
    check_full(town, limit)


def check_full(town, limit):
    full = run_apart(town, limit=limit)

    assert full.status == 7, (full.code, full.complaints)
    assert "Traceback" not in full.complaints
    assert full.told[0].isupper()
    assert "{" not in full.told
    assert town.visible == []
    town.verified_chain()

    delivery = town.deliver()

    assert town.visible == [delivery.folder]
    assert town.unfinished == []
    left = [path.stem for path in (town.installation.home / "vault" / "delivery").glob("*.key")]
    assert left == [delivery.id]
    assert town.installation.vault.has(KeyKind.DELIVERY, delivery.id)
    town.verified_chain()
