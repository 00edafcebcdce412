"""Killed at any moment, a delivery is whole or absent, and the next one works."""

import pytest

from delivering_apart import run_apart
from grondslag.keys import KeyKind

STEPS = (
    "judge", "key", "objections", "read meldingen", "query meldingen", "write meldingen",
    "read wijken", "query wijken", "write wijken", "log", "manifest", "show",
)  # fmt: skip
AFTER_A_STEP = [pytest.param({"kill_at": at + 1}, id=name) for at, name in enumerate(STEPS)]
AROUND_THE_RENAME = [
    pytest.param({"kill_around_rename": when}, id=f"{when} rename") for when in ("before", "after")
]
SOME = [AFTER_A_STEP[1], AFTER_A_STEP[5], AROUND_THE_RENAME[0], AROUND_THE_RENAME[1]]


def test_the_steps_are_all_there_are(town):
    said = []

    town.deliver(progress=lambda step, about: said.append(f"{step} {about}"))

    assert len(said) == len(STEPS)
    assert all(one.startswith(known) for one, known in zip(said, STEPS, strict=True))


@pytest.mark.parametrize("moment", SOME)
def test_killed_half_way_a_delivery_is_whole_or_absent(town, moment):
    check_kill(town, moment)


@pytest.mark.long
@pytest.mark.parametrize("moment", [*AFTER_A_STEP, *AROUND_THE_RENAME])
def test_killed_at_each_step_a_delivery_is_whole_or_absent(town, moment):
    check_kill(town, moment)


def check_kill(town, moment):
    killed = run_apart(town, **moment)

    assert killed.status == -9
    town.verified_chain()
    if town.visible:
        assert town.verify().delivery == town.visible[0].name
        assert town.open().table("meldingen").num_rows > 0
        return
    left = [path.name[1:].removesuffix(".part") for path in town.unfinished]
    assert len(left) == (0 if moment.get("kill_at") == 1 else 1)

    delivery = town.deliver()

    assert town.visible == [delivery.folder]
    assert town.unfinished == []
    assert town.verify().delivery == delivery.id
    town.verified_chain()
    for name in left:
        assert not town.installation.vault.has(KeyKind.DELIVERY, name)
        assert ("delivery.abandoned", name, "ok") in town.audited()
    assert keys_left(town) == [delivery.id]


def keys_left(town):
    """Keys of deliveries that still open something."""
    return [path.stem for path in (town.installation.home / "vault" / "delivery").glob("*.key")]


def test_what_was_left_is_cleared_also_when_clearing_was_killed(town):
    run_apart(town, kill_at=7)
    (left,) = town.unfinished
    for file in left.iterdir():
        file.unlink()
    town.installation.vault.destroy(KeyKind.DELIVERY, left.name[1:-5], clock=town.clock)

    delivery = town.deliver()

    assert (town.visible, town.unfinished) == ([delivery.folder], [])


def test_a_stop_by_its_user_leaves_nothing_either(town):
    def stop(step, _about):
        if step == "write":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.deliver(progress=stop)

    assert (town.visible, town.unfinished, keys_left(town)) == ([], [], [])
    assert town.audited()[-1][0::2] == ("delivery.refused", "KeyboardInterrupt")
