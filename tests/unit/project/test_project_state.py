"""Where a project stands, out of its documents only: eight steps, each in one of six statuses."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from grondslag.approval import AdviceOutcome, Opinion, Reply, answer_advice, give_advice
from grondslag.approval import create_installation as made_installation
from grondslag.canonical import canonical_bytes, read_document, sha256_hex, to_yaml, write_json
from grondslag.delivery import read_project
from grondslag.keys import KeyKind, PublicIdentity
from grondslag.project import Status, Step, project_state
from grondslag.wording import LANGUAGES, has_sentence
from town import FIRST_DAY, Settings, Town, at

EXAMPLE = Path(__file__).parents[3] / "examples" / "voorbeeldstad-verkeer"
MANDATE = "Mandaatbesluit Voorbeeldstad 2026, nummer 14, afdelingshoofd Mobiliteit"
DELIVERY = "2027-01-06-0123abcd"


@pytest.fixture
def town(tmp_path):
    """The example's lawful plan, with everybody in place and nothing signed."""
    clock = at(2027, 1, 5)
    made = Town(tmp_path / "home", tmp_path / "lindelaan", example=True, clock=clock)
    shutil.copytree(EXAMPLE, made.project)
    made_installation(
        made.home,
        root=PublicIdentity("hoofdsleutel", made.root_public_key),
        clock=clock,
        example=True,
        witness=None,
        settings=Settings.usual(FIRST_DAY),
    )
    entries = [line | {"departments": ["*"], "mandate": MANDATE} for line in made.entries()]
    made.give_authorities(entries)
    made.fresh_revocations()
    made.judgement = read_project(made.project, clock=clock).judgement
    return made


def states(town, *, on=None, without_installation=False):
    installation = None if without_installation else town.installation
    found = project_state(town.project, installation, clock=on or town.clock)
    assert [state.step for state in found] == list(Step)
    for state in found:
        for said in (state.said, state.following):
            assert said is None or all(has_sentence(said.code, code) for code in LANGUAGES)
            assert said is None or "{" not in said.words()
    return {state.step: state for state in found}


def statuses(town, **how):
    return {step: state.status for step, state in states(town, **how).items()}


def edit(town, change):
    path = town.project / "plan.yaml"
    content = read_document(path).content
    change(content)
    path.write_text(to_yaml(content), encoding="utf-8")


def deliver(town, made="2027-01-06T10:00:00.000Z", name=DELIVERY):
    """A delivery as far as its state goes: a manifest with its proof, and its key in the vault."""
    manifest = {"manifest": "grondslag/1", "delivery": name, "made": made}
    folder = town.project / "deliveries" / name
    write_json(folder / "manifest.json", manifest)
    write_json(folder / "proof.json", {"manifest_sha256": sha256_hex(canonical_bytes(manifest))})
    town.installation.vault.create(KeyKind.DELIVERY, name)
    return folder


def test_an_empty_folder_begins_with_a_plan(town):
    shutil.rmtree(town.project)
    town.project.mkdir()

    found = states(town)

    assert found[Step.QUESTION].status is Status.NOT_STARTED
    assert found[Step.QUESTION].following.code == "project.next-new"
    assert {state.status for step, state in found.items() if step is not Step.QUESTION} == {
        Status.CANNOT_YET
    }


def test_a_lawful_plan_waits_for_signatures(town):
    found = statuses(town)

    assert found == {
        Step.QUESTION: Status.DONE,
        Step.GROUND: Status.DONE,
        Step.DATA: Status.DONE,
        Step.APPROVAL: Status.WAITING,
        Step.DELIVERY: Status.CANNOT_YET,
        Step.INSIGHT: Status.CANNOT_YET,
        Step.DECISION: Status.CANNOT_YET,
        Step.REVIEW: Status.CANNOT_YET,
    }


def test_who_is_waited_for_is_named_with_department_and_since_when(town):
    waiting = states(town)[Step.APPROVAL].waiting

    owners = {item.dataset: item.about for item in waiting if item.dataset}
    assert owners["inwoners"] == "Burgerzaken"
    assert waiting[-1].about == "college"
    assert {item.since for item in waiting} == {date(2026, 11, 2)}


def test_after_a_signature_the_others_are_waited_for_since_then(town):
    seats = town.signs_as()
    first = next(iter(seats))
    town.sign(first, seats[first])

    waiting = states(town)[Step.APPROVAL].waiting

    assert len(waiting) == len(seats) - 1
    assert {item.since for item in waiting} == {date(2027, 1, 5)}


@pytest.mark.parametrize(
    ("step", "change"),
    [
        (Step.QUESTION, lambda plan: plan["alternatives"].pop()),
        (Step.QUESTION, lambda plan: plan.update(stop_criterion="Nog te bepalen, later")),
        (Step.GROUND, lambda plan: plan["legal_basis"].update(article="999")),
        (Step.GROUND, lambda plan: plan["parties"][0].pop("agreement")),
        (Step.DATA, lambda plan: plan["data"][0]["columns"][0].update(name="geen")),
        (Step.DATA, lambda plan: plan["access"][0].update(who="Alle medewerkers")),
    ],
)
def test_an_open_point_stands_at_its_own_step(town, step, change):
    edit(town, change)

    found = statuses(town)

    assert [name for name, status in found.items() if status is Status.BUSY] == [step]
    assert found[Step.APPROVAL] is Status.CANNOT_YET


def test_a_no_is_done_and_closes_everything_after_it(town):
    edit(town, lambda plan: plan["question"]["proceed"].update(answer="no"))

    found = statuses(town)

    assert found.pop(Step.QUESTION) is Status.DONE
    assert set(found.values()) == {Status.CANNOT_YET}


@pytest.mark.parametrize(
    ("step", "file"),
    [
        (Step.QUESTION, "plan.yaml"),
        (Step.DATA, "contracts/wegen.odcs.yaml"),
        (Step.GROUND, "accountability/dpia-lindelaan.yaml"),
        (Step.APPROVAL, "approval/advice.json"),
        (Step.DECISION, "decision.json"),
        (Step.REVIEW, "review.json"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"a: [1", b"null"])
def test_a_damaged_document_is_a_status_and_never_an_error(town, step, file, content):
    path = town.project / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    assert statuses(town)[step] is Status.WRONG


def test_an_advice_without_an_answer_waits_for_the_decider(town):
    opinion = Opinion(AdviceOutcome.DO_NOT, "Doe het niet zonder de wijkraad.")
    officer, decider = town.signer("F. Toezicht"), town.signer("D. Beslisser")
    place = (town.project, town.installation)
    give_advice(*place, opinion, signer=officer, clock=town.clock)
    before = states(town)[Step.APPROVAL]

    answer_advice(*place, Reply(followed=True), signer=decider, clock=town.clock)

    assert before.following.code == "project.next-answer"
    assert (before.waiting[0].about, before.waiting[0].since) == ("college", date(2027, 1, 5))
    assert states(town)[Step.APPROVAL].following.code != "project.next-answer"


def test_everyone_signed_is_done_until_it_is_over(town):
    town.sign_all()

    assert statuses(town)[Step.APPROVAL] is Status.DONE
    assert states(town, on=at(2027, 10, 1))[Step.APPROVAL].said.code == "project.ended"


def test_an_old_list_of_revocations_waits_for_who_renews_it(town):
    town.sign_all()

    approval = states(town, on=at(2027, 1, 20))[Step.APPROVAL]

    assert approval.status is Status.WAITING
    assert [(str(item.role), item.since) for item in approval.waiting] == [
        ("approval.word-revoker", date(2027, 1, 5))
    ]
    assert approval.following.code == "project.next-renew"


def test_without_the_installation_nobody_is_said_to_have_signed(town):
    town.sign_all()

    approval = states(town, without_installation=True)[Step.APPROVAL]

    assert approval.status is Status.BUSY
    assert approval.following.code == "project.next-home"


def test_a_delivery_is_done_then_closed(town):
    deliver(town)
    before = states(town)

    town.installation.vault.destroy(KeyKind.DELIVERY, DELIVERY, clock=at(2027, 1, 8))

    assert before[Step.DELIVERY].said.code == "project.delivered"
    assert before[Step.INSIGHT].status is Status.NOT_STARTED
    after = states(town)[Step.DELIVERY]
    assert after.status is Status.DONE
    assert after.said.fields["date"] == date(2027, 1, 8)


def test_after_the_end_date_keys_that_are_left_must_go(town):
    deliver(town)

    delivery = states(town, on=at(2027, 10, 1))[Step.DELIVERY]

    assert delivery.said.code == "project.delivery-ended"
    assert delivery.following.code == "project.next-close"


def test_a_plan_with_a_rhythm_is_due_again(town):
    rhythm = {"kind": "monthly", "until": "2027-08-01"}
    edit(town, lambda plan: plan.update(rhythm=rhythm))
    deliver(town)

    same_month = states(town, on=at(2027, 1, 30))[Step.DELIVERY]
    next_month = states(town, on=at(2027, 2, 1))[Step.DELIVERY]

    assert same_month.status is Status.DONE
    assert (next_month.status, next_month.said.code) == (Status.BUSY, "project.delivery-due")


def test_a_changed_manifest_is_wrong(town):
    manifest = deliver(town) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"10:00", b"11:00"))

    assert statuses(town)[Step.DELIVERY] is Status.WRONG


def test_an_analysis_waits_for_a_second_person_since_it_was_made(town):
    deliver(town)
    write_json(town.project / "analysis" / "a.json", {"made": "2027-01-07T10:00:00.000Z"})

    insight = states(town)[Step.INSIGHT]

    assert insight.status is Status.WAITING
    assert [(str(item.role), item.since) for item in insight.waiting] == [
        ("approval.word-releaser", date(2027, 1, 7))
    ]


def test_an_analysis_without_a_moment_is_damaged(town):
    deliver(town)
    write_json(town.project / "analysis" / "a.json", {"made": "gisteren"})

    assert statuses(town)[Step.INSIGHT] is Status.WRONG


def test_a_release_that_the_ledger_does_not_know_is_wrong(town):
    deliver(town)
    write_json(town.project / "releases" / "r.json", {"id": "r", "figures": []})

    assert statuses(town)[Step.INSIGHT] is Status.WRONG


def recorded(town, file, action, content):
    """A record as far as a state goes: with its own hash, and known to the audit chain."""
    made = sha256_hex(canonical_bytes(content))
    write_json(town.project / file, {**content, "sha256": made})
    town.installation.record("beslisser", action, "lindelaan", sha256=made)


DECISION = ("decision.json", "decision.recorded", {"decision": "grondslag/1"})
REVIEW = ("review.json", "decision.reviewed", {"review": "grondslag/1"})


@pytest.mark.parametrize(
    ("step", "made"),
    [(Step.DECISION, DECISION), (Step.REVIEW, REVIEW)],
    ids=["decision", "review"],
)
def test_a_record_changed_or_made_by_hand_is_wrong(town, step, made):
    file, _, content = made
    changed = {**content, "choice": "flitspaal"}
    recorded(town, *made)
    assert statuses(town)[step] is Status.DONE

    write_json(town.project / file, {**changed, "sha256": sha256_hex(canonical_bytes(content))})
    assert states(town)[step].said.code == "project.document-changed"

    write_json(town.project / file, {**changed, "sha256": sha256_hex(canonical_bytes(changed))})
    assert states(town)[step].said.code == "project.never-recorded"
    assert statuses(town, without_installation=True)[step] is Status.DONE


def test_after_a_release_the_decider_is_waited_for_until_the_decision_is_there(town):
    deliver(town)
    release = {"released_at": "2027-01-09T10:00:00.000Z"}
    write_json(town.project / "releases" / "r.json", release)
    before = states(town, without_installation=True)[Step.DECISION]

    recorded(town, *DECISION)

    assert (before.status, before.waiting[0].since) == (Status.WAITING, date(2027, 1, 9))
    after = statuses(town, without_installation=True)
    assert after[Step.DECISION] is Status.DONE
    assert after[Step.REVIEW] is Status.NOT_STARTED


def test_the_review_is_waited_for_from_its_own_day_on(town):
    recorded(town, *DECISION)
    before, due = at(2028, 3, 31), at(2028, 4, 1)

    waiting = states(town, on=due)[Step.REVIEW]

    assert statuses(town, on=before)[Step.REVIEW] is Status.NOT_STARTED
    assert (waiting.status, waiting.waiting[0].since) == (Status.WAITING, date(2028, 4, 1))
    recorded(town, *REVIEW)
    assert statuses(town, on=due)[Step.REVIEW] is Status.DONE


def test_looking_changes_nothing(town):
    town.sign_all()
    deliver(town)
    stood = {path: path.read_bytes() for path in town.project.rglob("*") if path.is_file()}
    records = len(town.actions())

    states(town)

    assert stood == {path: path.read_bytes() for path in town.project.rglob("*") if path.is_file()}
    assert len(town.actions()) == records
    assert json.loads((town.home / "seen.json").read_bytes())
