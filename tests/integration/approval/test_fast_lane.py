"""The fast lane: the owners' standing consent is the approval, while nothing can be personal."""

from datetime import date

import pytest

from grondslag.approval import (
    Revocable,
    Revocation,
    Seat,
    allowed_columns,
    revoke,
    seal_fast_lane,
    sign_consent,
    verify_seal,
)
from grondslag.contracts import read_contracts
from grondslag.plan import read_plan
from grondslag.vocabulary import SigningRole
from made_contracts import column, write_contract
from town import at, make_town, refused

OPEN_DATA = {
    "dataset": "inwoners",
    "columns": [{"name": "aantal", "form": "exact", "reason": "Om per inwoner te tellen."}],
    "output": "open",
}


@pytest.fixture
def town(tmp_path):
    made = make_town(tmp_path, plan={"data": [OPEN_DATA]})
    made.judge(lane="fast")
    return made


def consent(town, *, columns=None, until=date(2027, 12, 31), by="B. Burgerzaken"):
    contracts = read_contracts(town.project / "contracts")
    plan = read_plan(town.project / "plan.yaml")
    wanted = allowed_columns(plan, contracts, "inwoners") if columns is None else columns
    return sign_consent(
        town.installation,
        contracts["inwoners"],
        columns=wanted,
        until=until,
        signer=town.signer(by),
        clock=town.clock,
    )


def seal(town):
    return seal_fast_lane(town.project, town.installation, town.judgement, clock=town.clock)


def test_a_standing_consent_is_the_approval(town):
    consent(town)
    seal(town)

    approval = town.verified()

    assert (approval.lane, approval.signatures) == ("fast", ())
    (given,) = approval.report.consents
    assert (given.dataset, given.subject, given.columns) == (
        "inwoners",
        "B. Burgerzaken",
        ("aantal",),
    )


def test_without_a_consent_there_is_no_seal(town):
    with refused("approval.no-consent"):
        seal(town)


def test_a_consent_that_is_over_is_refused(town):
    consent(town, until=date(2027, 3, 4))
    seal(town)

    assert town.verified(on=at(2027, 3, 4))
    with refused("approval.consent-over"):
        town.verified(on=at(2027, 3, 5))


def test_a_consent_ends_when_the_contract_changes(town):
    consent(town)
    town.edit("contracts/inwoners.odcs.yaml", lambda contract: contract.update(version="2.0.0"))
    seal(town)

    with refused("approval.consent-other-contract"):
        town.verified()


def test_a_column_the_owner_did_not_name_ends_the_fast_lane(town):
    consent(town, columns=["wijk"])
    seal(town)

    with refused("approval.column-without-consent"):
        town.verified()


def test_a_consent_taken_back_is_refused(town):
    path = consent(town)
    seal(town)
    path.unlink()

    with refused("approval.no-consent"):
        town.verified()


def test_a_consent_given_anew_asks_for_a_new_seal(town):
    consent(town)
    seal(town)
    consent(town, columns=["wijk", "aantal"])

    with refused("approval.consent-replaced"):
        town.verified()
    seal(town)
    assert town.verified()


def test_a_revoked_consent_is_refused(town):
    consent(town)
    seal(town)
    (given,) = town.verified().report.consents
    revocation = Revocation(Revocable.CONSENT, given.sha256, "Er staan toch namen in.")
    revoke(town.installation, revocation, signer=town.signer("R. Intrekker"), clock=town.clock)

    with refused("approval.consent-revoked"):
        town.verified()


def test_only_the_owner_consents(town):
    with refused("approval.other-department"):
        consent(town, by="E. Eigenaar")


PERSONAL = [
    # privacy entry of the column
    {"category": "ordinary"},
    {"category": "sensitive"},
    {"category": "national_id", "role": "direct"},
    {"role": "direct"},
    {"free_text": True},
]


@pytest.mark.parametrize("privacy", PERSONAL, ids=str)
def test_no_owner_can_consent_to_what_may_be_personal(town, privacy):
    write_contract(
        town.project / "contracts",
        name="inwoners",
        columns=[column("wijk"), column("aantal", "string", privacy=privacy)],
        team=read_contracts(town.project / "contracts")["inwoners"].document.content["team"],
    )

    with refused("approval.column-may-be-personal"):
        consent(town)


def test_no_owner_can_consent_to_a_column_without_an_entry(town):
    town.edit(
        "contracts/inwoners.odcs.yaml",
        lambda contract: contract["schema"][0]["properties"][1].pop("customProperties"),
    )

    with refused("approval.column-may-be-personal"):
        consent(town)


def test_no_owner_can_consent_to_a_dataset_with_a_person_key(town):
    def add_key(contract):
        contract["customProperties"][0]["value"]["person_key"] = "wijk"

    town.edit("contracts/inwoners.odcs.yaml", add_key)

    with refused("approval.dataset-with-person-key"):
        consent(town, columns=["aantal"])


def test_a_fast_lane_claimed_over_personal_data_is_refused(tmp_path):
    town = make_town(tmp_path)
    town.judge(lane="fast")

    with refused("approval.no-consent"):
        seal(town)


def test_a_condition_left_ends_the_fast_lane(town):
    consent(town)
    town.judge(outcome="go_if", conditions=("parties.agreement",))
    seal(town)

    with refused("approval.not-fast"):
        town.verified()


def test_nobody_signs_in_the_fast_lane(town):
    with refused("approval.fast-needs-no-signature"):
        town.sign(Seat(SigningRole.DECIDER), "D. Beslisser")


def test_a_project_that_needs_signatures_is_not_sealed_on_consents(tmp_path):
    with refused("approval.not-fast"):
        seal(make_town(tmp_path))


def test_a_fast_seal_is_verified_offline_too(town):
    consent(town)
    seal(town)

    report = verify_seal(town.project, root_public_key=town.root_public_key)

    assert [item.subject for item in report.consents] == ["B. Burgerzaken"]
