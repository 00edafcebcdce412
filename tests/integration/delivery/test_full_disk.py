"""A disk that is full: one clear sentence, nothing visible, no key left."""

import pytest

from delivering_apart import run_apart
from grondslag.keys import KeyKind

AT_ONCE = [{"limit": size} for size in (0, 20, 700, 2_000, 5_000, 8_000)]
"""From "no record fits" to "only the last, longest file does not fit"."""

ON_THE_WAY = [{"limit": size, "limit_at": step} for step, size in (
    ("write", 0), ("write", 500), ("write", 1_600), ("log", 500), ("manifest", 500), ("show", 0),
)]  # fmt: skip


@pytest.mark.parametrize("limit", [AT_ONCE[2], ON_THE_WAY[1]], ids=str)
def test_a_full_disk_leaves_nothing_half_delivered(town, limit):
    check_full(town, limit)


@pytest.mark.long
@pytest.mark.parametrize("limit", [*AT_ONCE, *ON_THE_WAY[:-1]], ids=str)
def test_a_disk_that_is_full_anywhere_leaves_nothing_half_delivered(town, limit):
    check_full(town, limit)


def check_full(town, limit):
    full = run_apart(town, **limit)

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


def test_a_disk_that_fills_up_at_the_very_last_moment_shows_a_whole_delivery(town):
    shown = run_apart(town, **ON_THE_WAY[-1])

    assert (shown.status, shown.complaints) == (0, "")
    assert town.verify().delivery == town.visible[0].name
