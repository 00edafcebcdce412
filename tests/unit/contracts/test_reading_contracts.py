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
from grondslag.vocabulary import Domain, Form, GdprBasis, IdentifierRole, PersonalDataCategory
from grondslag.wording import LANGUAGES, explain
from made_contracts import (
    areas_hash,
    column,
    contract_content,
    line_of,
    made_contract,
    write_contract,
)

PRIVACY = ("customProperties", 0, "value")
READING = ("customProperties", 1, "value")
FIRST = ("schema", 0, "properties", 0)
FIRST_PRIVACY = (*FIRST, "customProperties", 0, "value")
SECOND = ("schema", 0, "properties", 1)


def changed(at, value, **parts):
    """A right contract in which one place got another value; None takes the place away."""
    content = contract_content(**parts)
    within = content
    for step in at[:-1]:
        within = within[step]
    if value is None:
        del within[at[-1]]
    elif isinstance(within, list) and at[-1] == len(within):
        within.append(value)
    else:
        within[at[-1]] = value
    return content


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_contract(path)
    return caught.value


FAULTS = [
    # where                                value                        code                line of
    (("apiVersion",), "v3.0.2", "contracts.version", ("apiVersion",)),
    (("apiVersion",), None, "contracts.version", ()),
    (("naam",), "x", "canonical.schema-unknown-key", ("naam",)),
    (("version",), None, "canonical.schema-missing-key", ()),
    (("status",), 3, "canonical.schema-wrong-type", ("status",)),
    (("name",), None, "contracts.missing", ()),
    (("name",), "Mijn tabel", "contracts.name", ("name",)),
    (("name",), "tabel\n", "contracts.name", ("name",)),
    (("customProperties", 0, "property"), "privé", "contracts.no-privacy", ()),
    (
        ("customProperties", 1),
        {"property": "privacy", "value": "x"},
        "contracts.property-twice",
        ("customProperties", 1),
    ),
    ((*PRIVACY, "profile"), "grondslag/9", "canonical.schema-not-in-list", (*PRIVACY, "profile")),
    ((*PRIVACY, "origin"), None, "canonical.schema-missing-key", PRIVACY),
    ((*PRIVACY, "minimum_group"), 2, "canonical.schema-too-small", (*PRIVACY, "minimum_group")),
    ((*PRIVACY, "purposes"), [], "canonical.schema-too-few", (*PRIVACY, "purposes")),
    ((*PRIVACY, "purposes"), ["a\n"], "canonical.schema-wrong-form", (*PRIVACY, "purposes", 0)),
    ((*PRIVACY, "doel"), "x", "canonical.schema-unknown-key", (*PRIVACY, "doel")),
    (
        (*PRIVACY, "linking"),
        {"key": "soort", "domains": ["everything"]},
        "canonical.schema-not-in-list",
        (*PRIVACY, "linking", "domains", 0),
    ),
    (
        (*PRIVACY, "linking"),
        {"key": "nergens", "domains": ["brp"]},
        "contracts.names-no-column",
        (*PRIVACY, "linking", "key"),
    ),
    ((*PRIVACY, "person_key"), "nergens", "contracts.names-no-column", (*PRIVACY, "person_key")),
    (
        (*PRIVACY, "secrecy_mark"),
        {"column": "nergens", "value": "J", "coarsen": {}},
        "contracts.names-no-column",
        (*PRIVACY, "secrecy_mark", "column"),
    ),
    (
        (*PRIVACY, "secrecy_mark"),
        {"column": "soort", "value": "J", "coarsen": {"nergens": "drop"}},
        "contracts.names-no-column",
        (*PRIVACY, "secrecy_mark", "coarsen", "nergens"),
    ),
    (
        (*PRIVACY, "secrecy_mark"),
        {"column": "soort", "value": "J", "coarsen": {"soort": "blur"}},
        "contracts.unknown-form",
        (*PRIVACY, "secrecy_mark", "coarsen", "soort"),
    ),
    (
        (*PRIVACY, "areas"),
        {"file": "gebieden.areas.yaml", "sha256": "0" * 64},
        "contracts.areas-changed",
        (*PRIVACY, "areas", "sha256"),
    ),
    (
        (*PRIVACY, "areas"),
        {"file": "../gebieden.areas.yaml", "sha256": "0" * 64},
        "canonical.schema-wrong-form",
        (*PRIVACY, "areas", "file"),
    ),
    (("schema",), [], "contracts.one-table", ("schema",)),
    (("schema", 0, "properties"), [], "contracts.one-table", ("schema",)),
    (
        ("schema", 1),
        {"name": "tweede", "logicalType": "object"},
        "contracts.one-table",
        ("schema",),
    ),
    ((*SECOND, "name"), "soort", "contracts.column-twice", SECOND),
    ((*FIRST, "name"), 'a"; DROP TABLE x; --', "contracts.column-name", FIRST),
    ((*FIRST, "name"), "soort\n", "contracts.column-name", FIRST),
    ((*FIRST, "name"), "Soort", "contracts.column-name", FIRST),
    ((*FIRST, "logicalType"), "map", "canonical.schema-missing-key", FIRST),
    ((*FIRST, "logicalType"), "vector", "contracts.type", (*FIRST, "logicalType")),
    ((*FIRST, "soort"), "x", "canonical.schema-unknown-key", (*FIRST, "soort")),
    (
        (*SECOND, "logicalTypeOptions"),
        {"minimum": 5, "maximum": 1},
        "contracts.range-backwards",
        (*SECOND, "logicalTypeOptions"),
    ),
    (
        (*SECOND, "customProperties", 0, "value", "values"),
        ["1"],
        "contracts.values-unfit",
        SECOND,
    ),
    ((*FIRST_PRIVACY, "values"), [1], "contracts.values-unfit", FIRST),
    ((*FIRST_PRIVACY, "role"), "unknown", "canonical.schema-not-in-list", (*FIRST_PRIVACY, "role")),
    ((*FIRST_PRIVACY, "category"), None, "canonical.schema-missing-key", FIRST_PRIVACY),
    ((*FIRST_PRIVACY, "allowed"), ["exact", "blur"], "contracts.unknown-form",
     (*FIRST_PRIVACY, "allowed")),
    ((*FIRST_PRIVACY, "default"), "blur", "contracts.unknown-form", (*FIRST_PRIVACY, "default")),
    ((*FIRST_PRIVACY, "default"), "year", "contracts.default-not-allowed",
     (*FIRST_PRIVACY, "default")),
    ((*FIRST_PRIVACY, "allowed"), ["band:leeftijd"], "contracts.form-unfit",
     (*FIRST_PRIVACY, "allowed")),
    ((*FIRST_PRIVACY, "allowed"), ["area:wijk"], "contracts.form-unfit",
     (*FIRST_PRIVACY, "allowed")),
    ((*FIRST_PRIVACY, "area_level"), "wijk", "contracts.no-such-level",
     (*FIRST_PRIVACY, "area_level")),
    ((*FIRST_PRIVACY, "bands"), {"groot": [0, 5, 5]}, "contracts.bands-rise",
     (*FIRST_PRIVACY, "bands")),
    ((*FIRST_PRIVACY, "bands"), {"groot": [5, 0]}, "contracts.bands-rise",
     (*FIRST_PRIVACY, "bands")),
    (("team", "members", 0), None, "contracts.no-member", ("team",)),
    (("team", "members", 0, "role"), "eigenaar", "contracts.no-member", ("team",)),
    (("team", "members"), None, "contracts.no-member", ("team",)),
    (("team",), None, "contracts.no-member", ()),
    (("servers",), None, "contracts.one-server", ()),
    (("servers", 0, "path"), None, "canonical.schema-missing-key", ("servers", 0)),
    (("servers", 0, "format"), "xlsx", "contracts.server-kind", ("servers", 0, "type")),
    (
        ("servers", 1),
        {"server": "tweede", "type": "local", "path": "b.csv", "format": "csv"},
        "contracts.one-server",
        ("servers",),
    ),
    (
        ("slaProperties",),
        [{"property": "retention", "value": 5, "unit": "d", "element": "meldingen.aantal"}],
        "contracts.retention",
        ("slaProperties", 0),
    ),
    (
        ("slaProperties",),
        [{"property": "retention", "value": True, "unit": "y", "element": "meldingen.aantal"}],
        "contracts.retention",
        ("slaProperties", 0),
    ),
    (
        ("slaProperties",),
        [{"property": "retention", "value": 5, "unit": "y"}],
        "contracts.retention",
        ("slaProperties", 0),
    ),
    (
        ("slaProperties",),
        [{"property": "retention", "value": 5, "unit": "y", "element": "meldingen.soort"}],
        "contracts.names-no-column",
        ("slaProperties",),
    ),
    (
        ("slaProperties",),
        [{"property": "retention", "value": 5, "unit": "y", "element": "meldingen.aantal"}] * 2,
        "contracts.property-twice",
        ("slaProperties", 1),
    ),
    (
        ("slaProperties",),
        [{"property": "latency", "value": 2, "unit": "w", "element": "meldingen.aantal"}],
        "contracts.freshness",
        ("slaProperties", 0),
    ),
    (
        ("slaProperties",),
        [{"property": "latency", "value": 2, "unit": "d", "element": "meldingen.soort"}],
        "contracts.names-no-column",
        ("slaProperties",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("at", "value", "code", "where"), FAULTS)
def test_a_fault_is_refused_with_its_line(tmp_path, at, value, code, where):
    path = _write(tmp_path, changed(at, value))

    error = refusal(path)

    assert error.code == code
    assert error.fields["file"] == "contract.odcs.yaml"
    assert error.fields["line"] == (line_of(path, *where) if where else 1)
    for language in LANGUAGES:
        assert "{" not in explain(error, language=language)


def _write(folder, content):
    write_contract(folder)  # for the list of areas beside it
    path = folder / "contract.odcs.yaml"
    path.write_text(to_yaml(content), encoding="utf-8")
    return path


READING_FAULTS = [
    ({"encoding": "latin-9"}, "canonical.schema-not-in-list", "encoding"),
    ({"delimiter": ";;"}, "canonical.schema-not-in-list", "delimiter"),
    ({"date_format": "%d %B"}, "canonical.schema-not-in-list", "date_format"),
    ({"delimiter": ",", "decimal": ","}, "contracts.decimal-delimiter", None),
    ({"quote": "'"}, "canonical.schema-unknown-key", "quote"),
]


@pytest.mark.parametrize(("reading", "code", "key"), READING_FAULTS)
def test_a_file_that_cannot_be_read_that_way_is_refused(tmp_path, reading, code, key):
    path = write_contract(tmp_path, reading=reading)

    error = refusal(path)

    assert error.code == code
    assert error.fields["line"] == line_of(path, *READING, *([key] if key else []))


DAYS = [
    ("2027-03-31", "2027-01-01", "contracts.range-backwards"),
    ("31-03-2027", "2027-04-01", "contracts.range-day"),
    ("2027-02-30", "2027-04-01", "contracts.range-day"),
    ("2027-1-1", "2027-04-01", "contracts.range-day"),
]


@pytest.mark.parametrize(("low", "high", "code"), DAYS)
def test_limits_of_a_date_column_are_days_in_order(tmp_path, low, high, code):
    days = {"logicalTypeOptions": {"minimum": low, "maximum": high}}
    path = write_contract(tmp_path, columns=[column("dag", "date", **days)])

    assert refusal(path).code == code


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


def test_the_same_fault_is_found_again_after_a_right_contract(tmp_path):
    right = write_contract(tmp_path, name="goed")
    wrong = _write(tmp_path, changed((*FIRST, "vreemd"), "x"))

    read_contract(right)

    assert refusal(wrong).code == refusal(wrong).code == "canonical.schema-unknown-key"


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
