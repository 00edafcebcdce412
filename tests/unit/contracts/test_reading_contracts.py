"""A contract is read whole, or refused with the line that is at fault."""

import pytest

from grondslag.canonical import to_yaml
from grondslag.contracts import (
    DataKind,
    LogicalType,
    Reading,
    Retention,
    Server,
    contract_from,
    privacy_profile,
    read_contract,
    read_contracts,
)
from grondslag.errors import InputError
from grondslag.plan import plan_schema
from grondslag.vocabulary import (
    CollectedFrom,
    Domain,
    Form,
    GdprBasis,
    IdentifierRole,
    PersonalDataCategory,
    SpecialKind,
)
from made_contracts import (
    areas_hash,
    column,
    contract_content,
    made_contract,
    write_contract,
)


def test_a_whole_contract_is_read(tmp_path):
    columns = [
        column(
            "bsn",
            required=True,
            primaryKey=True,
            businessName="Burgerservicenummer",
            privacy={
                "category": "national_id",
                "role": "direct",
                "allowed": ["pseudonym"],
                "filterable": False,
            },
        ),
        column(
            "geboortedatum",
            "date",
            logicalTypeOptions={"minimum": "1900-01-01", "maximum": "2027-12-31"},
            privacy={
                "category": "ordinary",
                "role": "quasi",
                "allowed": ["year", "age:tien"],
                "default": "age:tien",
                "bands": {"tien": [0, 10, 20]},
            },
        ),
        column(
            "buurt",
            privacy={"area_level": "buurt", "allowed": ["exact", "area:buurt", "area:wijk"]},
        ),
        column("geheim", privacy={"values": ["J", "N"]}),
        column("toelichting", privacy={"free_text": True, "allowed": ["deidentified"]}),
    ]
    privacy = {
        "person_key": "bsn",
        "domain": "brp",
        "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
        "secrecy_mark": {"column": "geheim", "value": "J", "coarsen": {"buurt": "area:wijk"}},
        "linking": {"key": "bsn", "domains": ["traffic"]},
        "objections": {
            "dataset": "bezwaren", "person": "bsn", "purpose": "doel", "state": "stand",
            "left_out_states": ["toegewezen"],
        },
        "compatible_purposes": [
            {"purpose": "evaluatie"} | dict.fromkeys(
                ("link", "context", "nature", "consequences", "safeguards"), "Voluit beschreven."
            )
        ],
    }  # fmt: skip
    agreed = [
        {"property": "retention", "value": 7, "unit": "y", "element": "personen.geboortedatum"},
        {"property": "latency", "value": 31, "unit": "d", "element": "personen.geboortedatum"},
    ]

    contract = made_contract(
        tmp_path,
        name="personen",
        columns=columns,
        privacy=privacy,
        reading={"delimiter": ";", "decimal": ",", "missing": ["", "NULL"]},
        slaProperties=agreed,
    )

    assert (contract.name, contract.owner, contract.steward, contract.department) == (
        "personen", "eigenaar.verkeer", "steward.verkeer", "Verkeer",
    )  # fmt: skip
    assert contract.column_names == ("bsn", "geboortedatum", "buurt", "geheim", "toelichting")
    bsn, born, area, mark, note = contract.columns
    assert (bsn.required, bsn.unique, bsn.title) == (True, True, "Burgerservicenummer")
    assert bsn.privacy.category is PersonalDataCategory.NATIONAL_ID
    assert bsn.privacy.role is IdentifierRole.DIRECT
    assert (bsn.privacy.default, bsn.privacy.filterable) == (Form("drop"), False)
    assert (born.type, born.minimum, born.maximum) == (
        LogicalType.DATE, "1900-01-01", "2027-12-31",
    )  # fmt: skip
    assert born.privacy.allowed == (Form("year"), Form("age", "tien"))
    assert born.privacy.bands == {"tien": (0.0, 10.0, 20.0)}
    assert area.privacy.area_level == "buurt"
    assert (mark.privacy.values, note.privacy.free_text) == (("J", "N"), True)
    assert contract.privacy.areas.levels == ("buurt", "wijk")
    assert contract.privacy.secrecy_mark.coarsen == {"buurt": Form("area", "wijk")}
    assert contract.privacy.linking.domains == ("traffic",)
    assert contract.privacy.objections.left_out_states == ("toegewezen",)
    assert contract.privacy.compatible_purposes[0].factors["link"] == "Voluit beschreven."
    assert (contract.privacy.domain, contract.privacy.data) == (Domain.BRP, DataKind.MADE_UP)
    assert contract.privacy.legal_basis.gdpr is GdprBasis.PUBLIC_TASK
    assert contract.reading == Reading(delimiter=";", decimal=",", missing=("", "NULL"))
    assert contract.retention == Retention("geboortedatum", 7, "y", "")
    assert contract.retention.months == 84
    assert (contract.freshness_days, contract.freshness_column) == (31, "geboortedatum")
    assert contract.holds_personal_data
    assert contract.file == "personen.odcs.yaml"


@pytest.mark.parametrize("version", ["v3.1.0", "v3.2.0"])
def test_both_versions_of_the_standard_are_read(tmp_path, version):
    contract = made_contract(tmp_path, version=version)

    assert contract.column_names == ("soort", "aantal")
    assert not contract.holds_personal_data
    assert (contract.retention, contract.freshness_days) == (None, None)
    assert contract.reading == Reading()


def test_a_column_without_an_entry_may_be_personal_data(tmp_path):
    bare = {"name": "soort", "logicalType": "string"}

    contract = made_contract(tmp_path, columns=[bare, column("aantal", "integer")])

    assert contract.column("soort").privacy is None
    assert contract.holds_personal_data


SERVERS = [
    (
        {"server": "s", "type": "local", "path": "a/b.parquet", "format": "parquet"},
        Server("parquet", path="a/b.parquet", table="meldingen"),
    ),
    (
        {
            "server": "s", "type": "local", "path": "b.db", "format": "sqlite",
            "customProperties": [{"property": "table", "value": "t_meldingen"}],
        },
        Server("sqlite", path="b.db", table="t_meldingen"),
    ),
    (
        {
            "server": "s", "type": "postgres", "host": "db.example", "port": 5432,
            "database": "zorg", "schema": "wmo",
        },
        Server(
            "postgres", table="meldingen", host="db.example", port=5432, database="zorg",
            schema="wmo",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), SERVERS)
def test_data_is_found_where_it_stands(tmp_path, written, meant):
    assert made_contract(tmp_path, server=written).server == meant


def test_an_unknown_column_is_refused_by_name(tmp_path):
    contract = made_contract(tmp_path)

    with pytest.raises(InputError) as caught:
        contract.column("nergens")

    assert caught.value.code == "contracts.unknown-column"
    assert caught.value.fields["known"] == ("soort", "aantal")


def test_a_folder_is_read_per_name_and_other_files_are_left(tmp_path):
    write_contract(tmp_path, name="tweede")
    write_contract(tmp_path, name="eerste")
    (tmp_path / "notes.yaml").write_text("x: [", encoding="utf-8")

    assert list(read_contracts(tmp_path)) == ["eerste", "tweede"]


def test_two_contracts_with_one_name_are_refused(tmp_path):
    write_contract(tmp_path, name="eerste")
    (tmp_path / "kopie.odcs.yaml").write_text(to_yaml(contract_content(name="eerste")))

    with pytest.raises(InputError) as caught:
        read_contracts(tmp_path)

    assert caught.value.code == "contracts.name-twice"


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        read_contracts(tmp_path / "weg")

    assert caught.value.code == "contracts.no-such-folder"


def test_the_hash_is_of_the_content_not_of_the_layout(tmp_path):
    path = write_contract(tmp_path)
    before = read_contract(path)

    path.write_text("# een opmerking\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = read_contract(path)

    assert after.sha256 == before.sha256
    assert after.columns[0].line == before.columns[0].line + 1


def test_a_contract_can_be_read_from_a_document(tmp_path):
    contract = made_contract(tmp_path)

    again = contract_from(contract.document, folder=tmp_path)

    assert again == contract


def test_the_profile_names_every_word_of_the_vocabulary():
    profile = privacy_profile()["$defs"]

    assert profile["domain"]["enum"] == list(Domain)
    entry = profile["column"]["properties"]
    assert entry["category"]["enum"] == list(PersonalDataCategory)
    assert entry["role"]["enum"] == list(IdentifierRole)
    assert entry["kind"]["enum"] == list(SpecialKind)
    collected = profile["dataset"]["properties"]["collected_from"]
    assert collected["enum"] == list(CollectedFrom)
    assert profile["legal_basis"]["properties"]["gdpr"]["enum"] == list(GdprBasis)
    assert profile["dataset"]["properties"]["data"]["enum"] == list(DataKind)


def patterns_of(schema):
    if isinstance(schema, dict):
        if "pattern" in schema:
            yield schema
        for part in schema.values():
            yield from patterns_of(part)


@pytest.mark.parametrize("schema", [privacy_profile(), plan_schema()], ids=["profile", "plan"])
def test_every_pattern_says_in_words_what_it_wants(schema):
    patterns = list(patterns_of(schema))

    assert patterns
    assert [part["pattern"] for part in patterns if not part.get("description")] == []


def test_parts_of_the_standard_that_we_do_not_need_are_left_alone(tmp_path):
    checked = column("aantal", "integer", classification="intern", tags=["telling"], quality=[
        {"metric": "nullValues", "mustBe": 0, "description": "Elke rij heeft een aantal."},
        {"type": "custom", "engine": "eigen", "implementation": "aantal > 0"},
    ])  # fmt: skip

    contract = made_contract(
        tmp_path,
        columns=[checked],
        tags=["verkeer"],
        description={"purpose": "Straten veiliger maken.", "usage": "Tellen per straat."},
        roles=[{"role": "analist", "access": "read"}],
        support=[{"channel": "verkeer", "url": "https://verkeer.example"}],
        price={"priceAmount": 0, "priceCurrency": "EUR", "priceUnit": "rij"},
        slaProperties=[{"property": "frequency", "value": 1, "unit": "d"}],
    )

    assert contract.column_names == ("aantal",)
    assert (contract.retention, contract.freshness_days) == (None, None)
