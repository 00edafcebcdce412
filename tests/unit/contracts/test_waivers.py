"""Who may be recognisable in a table of amounts, and by which column amounts are judged."""

from datetime import date

import pytest

from grondslag.contracts import Contributors, Waivers
from grondslag.errors import InputError
from made_contracts import column, made_contract
from small_businesses import columns, privacy

OTHERS = [one for one in columns() if one["name"] != "wijk"]
RESIDENT = column("wijk", privacy={"category": "ordinary", "role": "quasi"})


def read(folder, listed=None, **changes):
    return made_contract(
        folder, name="bedrijven", columns=listed or columns(), privacy=privacy(**changes)
    )


def test_organisations_that_agreed_are_read_with_where_they_signed(tmp_path):
    said = read(tmp_path).privacy

    assert said.contributors is Contributors.ORGANISATIONS
    assert said.waivers == Waivers(
        "akkoord", "ja", "Getekende verklaringen in zaak 2027-014", date(2027, 2, 1)
    )


@pytest.mark.parametrize(
    ("listed", "changes", "code"),
    [
        (None, {"contributors": "persons"}, "contracts.waiver-of-persons"),
        (None, {"data_subjects": ["entrepreneurs"]}, "contracts.waiver-of-persons"),
        ([*OTHERS, RESIDENT], {}, "contracts.waiver-beside-persons"),
        ([*OTHERS, column("wijk") | {"customProperties": []}], {},
         "contracts.waiver-beside-persons"),
        (None, {"person_key": ""}, "schema"),
        (OTHERS[:-1], {}, "contracts.names-no-column"),
    ],
)  # fmt: skip
def test_people_cannot_agree_to_be_recognisable(tmp_path, listed, changes, code):
    with pytest.raises(InputError) as refused:
        read(tmp_path, listed, **changes)
    assert code in refused.value.code
    assert refused.value.fields["line"] > 1


def test_a_contract_that_does_not_say_who_is_counted_has_no_waivers(tmp_path):
    silent = privacy()
    del silent["contributors"]

    with pytest.raises(InputError) as refused:
        made_contract(tmp_path, name="bedrijven", columns=columns(), privacy=silent)
    assert refused.value.code == "contracts.waiver-of-persons"


def test_an_agreement_without_a_key_is_of_nobody(tmp_path):
    silent = privacy()
    del silent["person_key"]

    with pytest.raises(InputError) as refused:
        made_contract(tmp_path, name="bedrijven", columns=columns(), privacy=silent)
    assert refused.value.code == "contracts.waiver-of-nobody"


@pytest.mark.parametrize("gone", ["statement", "date", "value", "column"])
def test_an_agreement_without_its_evidence_is_refused(tmp_path, gone):
    told = dict(privacy()["waivers"])
    del told[gone]

    with pytest.raises(InputError):
        read(tmp_path, waivers=told)


def test_amounts_are_judged_by_a_column_with_amounts(tmp_path):
    said = read(tmp_path / "1", columns("omzet")).column("energie").privacy
    assert said.judged_by == "omzet"

    for wrong in ("branche", "niets"):
        with pytest.raises(InputError) as refused:
            read(tmp_path / wrong, columns(wrong))
        assert refused.value.code == "contracts.names-no-column"
