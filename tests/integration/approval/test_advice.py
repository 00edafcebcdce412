"""The data protection officer advises; the decider follows, or explains."""

import pytest

from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    Seat,
    answer_advice,
    give_advice,
    verify_seal,
)
from grondslag.vocabulary import SigningRole
from town import MANDATE, at, entry, make_town, refused

WORDS = "Laat de toelichting weg, dan kan het."
REASON = "Zonder de toelichting is er geen antwoord."


@pytest.fixture
def town(tmp_path):
    return make_town(tmp_path)


def advise(town, outcome=AdviceOutcome.DO_NOT, *, text=WORDS, by="F. Toezicht"):
    return give_advice(
        town.project,
        town.installation,
        Opinion(outcome, text),
        signer=town.signer(by),
        clock=town.clock,
    )


def answer(town, *, followed=False, reason=REASON, by="D. Beslisser"):
    return answer_advice(
        town.project,
        town.installation,
        Reply(followed, reason),
        signer=town.signer(by),
        clock=town.clock,
    )


def test_an_advice_that_is_answered_stands_in_the_report(town):
    advise(town)
    answer(town)
    town.sign_all()

    advice = town.verified().report.advice

    assert (advice.outcome, advice.text, advice.subject) == ("do_not", WORDS, "F. Toezicht")
    assert (advice.followed, advice.reason, advice.answered_by) == (False, REASON, "D. Beslisser")
    assert advice.on_this_plan


@pytest.mark.parametrize("outcome", list(AdviceOutcome))
def test_an_advice_without_an_answer_is_refused_whatever_it_says(town, outcome):
    advise(town, outcome)
    town.sign_all()

    with refused("approval.advice-not-answered"):
        town.verified()


def test_an_advice_after_signing_needs_only_an_answer(town):
    town.sign_all()
    advise(town)

    with refused("approval.advice-not-answered"):
        town.verified()
    answer(town)
    assert town.verified().report.advice.followed is False


@pytest.mark.parametrize("reason", ["", "   ", "nee", " te kort  "])
def test_not_following_without_a_reason_is_refused(town, reason):
    advise(town)

    with refused("approval.not-followed-without-reason"):
        answer(town, reason=reason)


def test_following_needs_no_reason(town):
    advise(town, AdviceOutcome.DO)
    answer(town, followed=True, reason="")
    town.sign_all()

    assert town.verified().report.advice.followed is True


def test_an_answer_is_about_one_version_of_the_plan(town):
    advise(town)
    answer(town)
    town.edit("plan.yaml", lambda plan: plan.update(title="Een andere titel voor dit plan"))
    town.sign_all()

    with refused("approval.advice-not-answered"):
        town.verified()
    answer(town)
    assert town.verified().report.advice.on_this_plan is False


def test_an_advice_taken_out_of_the_project_is_missed(town):
    advise(town).unlink()

    with refused("approval.advice-removed"):
        town.sign_all()


def test_an_advice_taken_out_after_signing_is_missed_offline_too(town):
    path = advise(town)
    answer(town)
    town.sign_all()
    path.unlink()

    with refused("approval.advice-removed"):
        verify_seal(town.project, root_public_key=town.root_public_key)


def test_a_new_advice_after_signing_asks_for_new_signatures(town):
    advise(town)
    answer(town)
    town.sign_all()
    advise(town, AdviceOutcome.DO)

    with refused("approval.advice-replaced"):
        town.verified()


def test_an_older_advice_put_back_is_refused(town):
    path = advise(town)
    older = path.read_bytes()
    advise(town, AdviceOutcome.DO)
    path.write_bytes(older)

    with refused("approval.advice-removed"):
        town.sign_all()


def test_only_the_data_protection_officer_advises(town):
    with refused("approval.role-not-given"):
        advise(town, by="P. Privacy")


@pytest.mark.parametrize("text", ["", "kort", "x" * 4001])
def test_an_advice_has_words(town, text):
    with refused("approval.advice-without-words"):
        advise(town, text=text)


def test_only_the_decider_answers(town):
    advise(town)

    with refused("approval.role-not-given"):
        answer(town, by="E. Eigenaar")


def test_the_data_protection_officer_does_not_answer_the_own_advice(town):
    officer = town.signer("F. Toezicht").public_key
    line = entry("F. Toezicht", officer, roles=["decider"], bodies=["college"], mandate=MANDATE)
    town.give_authorities([*town.entries(), line])
    advise(town)

    with refused("approval.officer-signs"):
        answer(town, by="F. Toezicht")


def test_there_is_nothing_to_answer_without_an_advice(town):
    with refused("approval.no-advice"):
        answer(town)


def test_an_advice_is_no_seat_at_the_table(town):
    town.sign_all()
    folder = town.approval / "signatures"
    (folder / "data_protection_officer-project.json").write_bytes(
        (folder / Seat(SigningRole.DECIDER).file_name).read_bytes()
    )

    with refused("approval.signature-unasked"):
        town.verified()


def test_an_answer_ends_with_the_mandate_of_who_gave_it(town):
    advise(town)
    answer(town)
    other = {"roles": ["decider"], "bodies": ["college"]}
    lines = [*town.entries(), entry("D. Opvolger", town.signer("D. Opvolger").public_key, **other)]
    town.give_authorities(lines)
    town.sign_all()
    town.sign(Seat(SigningRole.DECIDER), "D. Opvolger")
    town.give_authorities(
        [
            line | ({"until": "2027-03-04"} if line["subject"] == "D. Beslisser" else {})
            for line in lines
        ]
    )

    assert town.verified(on=at(2027, 3, 4))
    with refused("approval.mandate-ended"):
        town.verified(on=at(2027, 3, 5))


def test_an_answer_from_the_future_is_refused(town):
    advise(town)
    town.sign_all()
    town.clock = at(2027, 3, 3)
    answer(town)

    assert town.verified()
    with refused("approval.signed-in-future"):
        town.verified(on=at(2027, 3, 2))
