"""Nothing gets round an approval: one test for each way to try.

Every test takes a town in which the approval holds, changes one thing, and is refused for exactly
that reason. The first test shows that without the change it is not refused.
"""

import json
from dataclasses import replace
from datetime import date

import pytest

from grondslag.approval import (
    PrivacyOfficer,
    Revocable,
    Revocation,
    Seat,
    accept_authorities,
    revoke,
    sign_authorities,
)
from grondslag.canonical import read_document, to_yaml, write_text
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import AdministrativeBody, SigningRole
from town import LAST_DAY, at, make_town, refused

OWNER = Seat(SigningRole.OWNER, "meldingen")
OFFICER = Seat(SigningRole.PRIVACY_OFFICER)
DECIDER = Seat(SigningRole.DECIDER)


@pytest.fixture
def town(tmp_path):
    made = make_town(tmp_path)
    made.sign_all()
    return made


def test_an_approval_with_everything_right_holds(town):
    approval = town.verified()

    assert approval.lane == "signed"
    assert [(item.seat.about, item.subject) for item in approval.signatures] == [
        ("inwoners", "B. Burgerzaken"),
        ("meldingen", "E. Eigenaar"),
        ("project", "P. Privacy"),
        ("project", "D. Beslisser"),
    ]
    assert approval.expires == LAST_DAY
    assert approval.seal_sha256 == approval.bundle.sha256


def test_an_expired_approval_is_refused(town):
    town.edit("plan.yaml", lambda plan: plan.update(end_date="2027-03-05"))
    town.sign_all()

    assert town.verified(on=at(2027, 3, 5)).expires.day == 5
    with refused("approval.expired"):
        town.verified(on=at(2027, 3, 6))


def test_an_edited_plan_is_refused(town):
    town.edit("plan.yaml", lambda plan: plan["data"][0]["columns"].pop())

    with refused("approval.plan-changed"):
        town.verified()


def test_a_swapped_contract_is_refused(town):
    town.edit("contracts/meldingen.odcs.yaml", lambda contract: contract.update(version="2.0.0"))

    with refused("approval.contract-changed"):
        town.verified()


def test_a_missing_contract_is_refused(town):
    (town.project / "contracts" / "inwoners.odcs.yaml").unlink()

    with refused("approval.no-contract"):
        town.verified()


def test_a_project_nobody_signed_is_refused(tmp_path):
    with refused("approval.none"):
        make_town(tmp_path).verified()


@pytest.mark.parametrize("seat", [OWNER, OFFICER, DECIDER], ids=lambda seat: seat.file_name)
def test_a_missing_signature_is_refused(town, seat):
    (town.approval / "signatures" / seat.file_name).unlink()

    with refused("approval.signature-missing"):
        town.verified()


def test_a_revoked_approval_is_refused(town):
    seal = town.verified().seal_sha256
    revocation = Revocation(Revocable.SEAL, seal, "De vraag is vervallen.")
    revoke(town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock)

    with refused("approval.seal-revoked"):
        town.verified()


def test_signing_the_same_again_does_not_undo_a_revocation(town):
    revocation = Revocation(Revocable.SEAL, town.verified().seal_sha256, "De vraag is vervallen.")
    revoke(town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock)

    town.sign_all()

    with refused("approval.seal-revoked"):
        town.verified()


def test_a_revoked_key_is_refused(town):
    stolen = fingerprint_of(town.signer("D. Beslisser").public_key)
    revocation = Revocation(Revocable.KEY, stolen, "De laptop is gestolen.")
    revoke(town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock)

    with refused("approval.key-revoked"):
        town.verified()


def test_authorities_that_are_not_signed_by_the_root_are_refused(town):
    path = town.draft()
    sign_authorities(path, town.signer("andere gemeente").private)

    with refused("approval.authorities-not-by-root"):
        accept_authorities(town.installation, path, actor="beheerder")
    write_text(town.installation.authorities_file, path.read_text())
    with refused("approval.authorities-not-by-root"):
        town.verified()


def test_edited_authorities_are_refused(town):
    content = read_document(town.installation.authorities_file).content
    content["entries"][0]["until"] = "2099-12-31"
    write_text(town.installation.authorities_file, to_yaml(content))

    with refused("approval.authorities-not-by-root"):
        town.verified()


def test_unsigned_authorities_are_refused(town):
    write_text(town.installation.authorities_file, town.draft().read_text())

    with refused("approval.authorities-unsigned"):
        town.verified()


def test_authorities_with_a_lower_number_are_refused(town):
    older = town.installation.authorities_file.read_text()
    town.change_entry("D. Beslisser", until="2027-03-01")
    write_text(town.installation.authorities_file, older)

    with refused("approval.authorities-older"):
        town.verified()


def test_a_second_list_of_authorities_with_the_same_number_is_refused(town):
    path = town.draft(number=town.number, issued="2027-02-02")
    sign_authorities(path, town.root)

    with refused("approval.authorities-same-number"):
        accept_authorities(town.installation, path, actor="beheerder")


def test_a_list_of_revocations_that_is_too_old_is_refused(town):
    assert town.verified(on=at(2027, 3, 9))
    with refused("approval.revocations-too-old"):
        town.verified(on=at(2027, 3, 9, hour=10))


def test_a_missing_list_of_revocations_is_refused(town):
    town.installation.revocations_file.unlink()

    with refused("approval.revocations-missing"):
        town.verified()


def test_an_edited_list_of_revocations_is_refused(town):
    content = read_document(town.installation.revocations_file).content
    content["issued"] = "2027-03-02T09:00:00.001Z"
    write_text(town.installation.revocations_file, to_yaml(content))

    with refused("approval.revocations-edited"):
        town.verified()


def test_a_list_of_revocations_with_a_lower_number_is_refused(town):
    older = town.installation.revocations_file.read_text()
    town.fresh_revocations()
    write_text(town.installation.revocations_file, older)

    with refused("approval.revocations-older"):
        town.verified()


def test_a_list_of_revocations_from_the_future_is_refused(town):
    with refused("approval.revocations-from-future"):
        town.verified(on=at(2027, 3, 2, hour=8))


def test_real_data_under_an_example_root_are_refused(tmp_path):
    town = make_town(tmp_path, example=True, plan={"example": True})

    def make_real(contract):
        contract["customProperties"][0]["value"]["data"] = "real"

    town.sign_all()
    assert town.verified().report.example
    town.edit("contracts/meldingen.odcs.yaml", make_real)
    with refused("approval.example-root"):
        town.sign(DECIDER, "D. Beslisser")
    town.forge_all()
    with refused("approval.example-root"):
        town.verified()


def test_a_plan_that_is_no_example_is_refused_under_an_example_root(tmp_path):
    with refused("approval.example-root"):
        make_town(tmp_path, example=True).sign_all()


def test_authorities_of_an_example_are_refused_by_a_real_installation(town):
    with refused("approval.authorities-of-example"):
        town.give_authorities(example=True)


def test_a_plan_marked_example_over_real_data_is_refused(tmp_path):
    town = make_town(tmp_path, plan={"example": True})
    town.edit(
        "contracts/meldingen.odcs.yaml",
        lambda contract: contract["customProperties"][0]["value"].update(data="real"),
    )

    with refused("approval.example-with-real-data"):
        town.sign(DECIDER, "D. Beslisser")


def test_other_rules_are_refused_until_signed_again(town):
    town.judge(rule_set_hash="cd" * 32)

    with refused("approval.rules-changed"):
        town.verified()
    town.sign(DECIDER, "D. Beslisser")
    with refused("approval.signed-other-bytes"):
        town.verified()
    town.sign_all()
    assert town.verified()


def test_another_outcome_is_refused(town):
    town.judge(outcome="go_if", conditions=("parties.agreement",))

    with refused("approval.outcome-changed"):
        town.verified()


@pytest.mark.parametrize("outcome", ["no", "not_yet", "", "GO", "anything"])
def test_what_is_no_go_is_never_signed(town, outcome):
    town.judge(outcome=outcome)

    with refused("approval.no-go"):
        town.sign(DECIDER, "D. Beslisser")
    with refused("approval.no-go"):
        town.verified()


def test_a_changed_agreement_is_refused(tmp_path):
    town = make_town(tmp_path)
    town.judge(accountability={"verwerker": "12" * 32})
    town.sign_all()
    town.judge(accountability={"verwerker": "34" * 32})

    with refused("approval.accountability-changed"):
        town.verified()


def test_a_signature_moved_to_another_seat_is_refused(town):
    folder = town.approval / "signatures"
    content = (folder / DECIDER.file_name).read_bytes()
    (folder / OFFICER.file_name).write_bytes(content)

    with refused("approval.signature-invalid"):
        town.verified()


def test_a_signature_nobody_asked_for_is_refused(town):
    folder = town.approval / "signatures"
    (folder / "owner-iets.json").write_bytes((folder / DECIDER.file_name).read_bytes())

    with refused("approval.signature-unasked"):
        town.verified()


def test_a_signature_of_another_project_is_refused(town):
    town.forge(DECIDER, "D. Beslisser", project="ander-project")

    with refused("approval.of-other-project"):
        town.verified()


def test_a_signature_in_the_name_of_another_is_refused(town):
    town.forge(DECIDER, "D. Beslisser", said="Iemand Anders")

    with refused("approval.signed-for-other"):
        town.verified()


def test_a_signature_from_the_future_is_refused(town):
    town.forge(DECIDER, "D. Beslisser", time="2027-03-02T09:00:00.001Z")

    with refused("approval.signed-in-future"):
        town.verified()


def test_a_key_missing_from_the_bundle_is_refused(town):
    path = town.approval / "bundle.json"
    content = json.loads(path.read_text())
    del content["end_date"]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")

    with refused("approval.file-edited"):
        town.verified()


def test_a_plan_of_another_municipality_is_refused(town):
    def move(plan):
        plan["controller"]["municipality"] = "Elders"

    town.edit("plan.yaml", move)

    with refused("approval.other-municipality"):
        town.sign(DECIDER, "D. Beslisser")


FORGED = [
    # part of the bundle, refusal
    ({"applicant": "Iemand Anders"}, "approval.bundle-changed"),
    ({"mandate": "Een ander besluit"}, "approval.bundle-changed"),
    ({"controller": AdministrativeBody.COUNCIL}, "approval.bundle-changed"),
    ({"end_date": date(2030, 1, 1)}, "approval.bundle-changed"),
    ({"example": True}, "approval.bundle-changed"),
    ({"privacy_officer": PrivacyOfficer.ADVISES}, "approval.privacy-officer-approves-now"),
    ({"accountability": {"verwerker": "12" * 32}}, "approval.accountability-changed"),
    ({"advice_sha256": "12" * 32}, "approval.advice-removed"),
    ({"project": "ander-project"}, "approval.plan-changed"),
]


@pytest.mark.parametrize(("part", "refusal"), FORGED, ids=str)
def test_signed_by_everybody_but_not_what_the_files_say_is_refused(town, part, refusal):
    town.forge_all()
    assert town.verified()
    town.forge_all(**part)

    with refused(refusal):
        town.verified()


def test_a_dataset_moved_to_the_department_of_another_owner_is_refused(town):
    pinned = dict(town.verified().bundle.contracts)
    pinned["inwoners"] = replace(pinned["inwoners"], department="Verkeer")
    town.forge_all(contracts=pinned)
    town.forge(Seat(SigningRole.OWNER, "inwoners"), "E. Eigenaar")

    with refused("approval.bundle-changed"):
        town.verified()


def test_nobody_signs_for_data_the_plan_does_not_ask(town):
    with refused("approval.no-such-seat"):
        town.sign(Seat(SigningRole.OWNER, "inkomens"), "E. Eigenaar")


def test_a_seal_without_its_copy_of_the_authorities_is_refused(town):
    (town.approval / "authorities.json").unlink()

    with refused("approval.file-missing"):
        town.verified()
