"""Every fault in a contract is refused with its file, its line and a sentence."""

import pytest

from grondslag.canonical import to_yaml
from grondslag.contracts import read_contract
from grondslag.errors import InputError
from grondslag.wording import LANGUAGES, explain
from made_contracts import column, contract_content, line_of, write_contract

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
        {"file": "elders.areas.yaml", "sha256": "0" * 64},
        "contracts.areas-missing",
        (*PRIVACY, "areas", "file"),
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


def test_the_same_fault_is_found_again_after_a_right_contract(tmp_path):
    right = write_contract(tmp_path, name="goed")
    wrong = _write(tmp_path, changed((*FIRST, "vreemd"), "x"))

    read_contract(right)

    assert refusal(wrong).code == refusal(wrong).code == "canonical.schema-unknown-key"
