"""Through a portal every statement says when its signer showed anew who they are."""

import json
from dataclasses import replace
from datetime import date

import pytest

from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    Signer,
    answer_advice,
    give_advice,
    seal_fast_lane,
    sign_consent,
)
from grondslag.contracts import read_contracts
from town import make_town, refused

BEFORE, LATER = "2027-03-02T08:57:00.000Z", "2027-03-02T09:00:00.001Z"  # they sign at nine
FG, DECIDER, OWNER = "F. Toezicht", "D. Beslisser", "B. Burgerzaken"
OPEN_DATA = {
    "dataset": "inwoners",
    "columns": [{"name": "aantal", "form": "exact", "reason": "Om per inwoner te tellen."}],
    "output": "open",
}


def with_portal(town, *people):
    """Authorities in which these people sign through a portal's one key."""
    portal = town.signer("portaal")
    town.give_authorities(
        [
            line | {"public_key": portal.public_key, "witness": True}
            if line["subject"] in people
            else line
            for line in town.entries()
        ]
    )
    return portal


def sign_all(town, portal):
    """Everybody signs, the decider through the portal."""
    for seat, by in town.signs_as().items():
        town.sign(seat, Signer(portal.private, by) if by == DECIDER else by)


def advise(town, signer):
    return give_advice(
        town.project, town.installation, Opinion(AdviceOutcome.DO, "Zo mag het, met een einde."),
        signer=signer, clock=town.clock,
    )  # fmt: skip


def answer(town, signer):
    return answer_advice(
        town.project, town.installation, Reply(True), signer=signer, clock=town.clock
    )


def consent(town, signer):
    return sign_consent(
        town.installation, read_contracts(town.project / "contracts")["inwoners"],
        columns=["aantal"], until=date(2027, 12, 31), signer=signer, clock=town.clock,
    )  # fmt: skip


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


@pytest.fixture
def fast(tmp_path):
    made = make_town(tmp_path, plan={"data": [OPEN_DATA]})
    made.judge(lane="fast")
    return made


def test_advice_and_answer_say_it(town):
    portal = with_portal(town, FG, DECIDER)
    advise(town, Signer(portal.private, FG, stepped_up=BEFORE))
    answer(town, Signer(portal.private, DECIDER, stepped_up=BEFORE))
    sign_all(town, portal)

    found = town.verified().report.advice

    assert (found.witness, found.stepped_up) == (True, BEFORE)
    assert (found.answer_witness, found.answer_stepped_up) == (True, BEFORE)


def test_a_consent_says_it(fast):
    portal = with_portal(fast, OWNER)
    consent(fast, Signer(portal.private, OWNER, stepped_up=BEFORE))
    seal_fast_lane(fast.project, fast.installation, fast.judgement, clock=fast.clock)

    (found,) = fast.verified().report.consents

    assert (found.entry.witness, found.stepped_up) == (True, BEFORE)


def test_what_was_signed_before_portals_said_so_stays_valid(town):
    portal = with_portal(town, FG, DECIDER)
    advise(town, Signer(portal.private, FG))
    answer(town, Signer(portal.private, DECIDER))
    sign_all(town, portal)

    found = town.verified().report.advice

    assert (found.stepped_up, found.answer_stepped_up) == ("", "")


def test_a_key_of_ones_own_says_nothing(town):
    path = advise(town, replace(town.signer(FG), stepped_up=BEFORE))

    assert "stepped_up" not in json.loads(path.read_text())


@pytest.mark.parametrize(("advised", "answered"), [(LATER, BEFORE), (BEFORE, LATER)])
def test_nobody_showed_anew_who_they_are_after_they_advised_or_answered(town, advised, answered):
    portal = with_portal(town, FG, DECIDER)
    advise(town, Signer(portal.private, FG, stepped_up=advised))
    answer(town, Signer(portal.private, DECIDER, stepped_up=answered))
    sign_all(town, portal)

    with refused("approval.signature-invalid"):
        town.verified()


def test_nobody_showed_anew_who_they_are_after_they_consented(fast):
    portal = with_portal(fast, OWNER)
    consent(fast, Signer(portal.private, OWNER, stepped_up=LATER))
    seal_fast_lane(fast.project, fast.installation, fast.judgement, clock=fast.clock)

    with refused("approval.signature-invalid"):
        fast.verified()


def test_the_moment_is_signed_too(town):
    portal = with_portal(town, FG, DECIDER)
    path = advise(town, Signer(portal.private, FG, stepped_up=BEFORE))
    path.write_text(path.read_text().replace(BEFORE, "2027-03-02T08:58:00.000Z"))
    town.installation.advice_file("veilige-straat").write_bytes(path.read_bytes())
    answer(town, Signer(portal.private, DECIDER, stepped_up=BEFORE))
    sign_all(town, portal)

    with refused("approval.signature-invalid"):
        town.verified()
