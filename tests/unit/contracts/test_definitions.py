"""One term defined differently in two contracts is found, with both places."""

import pytest

from grondslag.contracts import Aspect, Severity, definition_conflicts, read_areas
from grondslag.wording import LANGUAGES
from made_contracts import areas_hash, column, made_contract

AREAS = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}}


def defined(name="inkomen", logical_type="integer", *, says="Inkomen per jaar.", further=None,
            privacy=None, **odcs):  # fmt: skip
    made = column(name, logical_type, privacy=privacy, **odcs) | {"description": says}
    if further:
        made["customProperties"].append({"property": "definition", "value": further})
    return made


def conflicts_between(folder, one, other, **parts):
    first = made_contract(folder, name="eerste", columns=[column("los"), one], **parts)
    second = made_contract(folder, name="tweede", columns=[other, column("apart")], **parts)
    return definition_conflicts([first, second])


PLAIN = defined()
PAIRS = [
    # one                                     other                              aspect, severity
    (defined(logical_type="string"), PLAIN, Aspect.TYPE, Severity.CONFLICT),
    (
        defined(further={"unit": "euro"}),
        defined(further={"unit": "duizend euro"}),
        Aspect.UNIT,
        Severity.CONFLICT,
    ),
    (defined(further={"unit": "euro"}), PLAIN, Aspect.UNIT, Severity.LOOKS_ALIKE),
    (
        defined(further={"period_basis": "calendar_year"}),
        defined(further={"period_basis": "month"}),
        Aspect.PERIOD_BASIS,
        Severity.CONFLICT,
    ),
    (
        defined(further={"period_basis": "school_year"}),
        PLAIN,
        Aspect.PERIOD_BASIS,
        Severity.LOOKS_ALIKE,
    ),
    (
        defined(privacy={"values": [1, 2]}),
        defined(privacy={"values": [1, 2, 9]}),
        Aspect.VALUES,
        Severity.CONFLICT,
    ),
    (defined(privacy={"values": [1, 2]}), PLAIN, Aspect.VALUES, Severity.LOOKS_ALIKE),
    (
        defined(privacy={"bands": {"laag": [0, 10]}}),
        defined(privacy={"bands": {"laag": [0, 20]}}),
        Aspect.BANDS,
        Severity.CONFLICT,
    ),
    (
        defined(logical_type="string", privacy={"area_level": "buurt"}),
        defined(logical_type="string", privacy={"area_level": "wijk"}),
        Aspect.AREA_LEVEL,
        Severity.CONFLICT,
    ),
    (
        defined(privacy={"category": "ordinary"}),
        defined(privacy={"category": "special"}),
        Aspect.CATEGORY,
        Severity.CONFLICT,
    ),
    (
        PLAIN,
        defined(says="De hoogte van een boete in euro's."),
        Aspect.DEFINITION,
        Severity.CONFLICT,
    ),
    (PLAIN, defined(says="Inkomen per maand."), Aspect.DEFINITION, Severity.LOOKS_ALIKE),
    (PLAIN, defined(says=""), Aspect.DEFINITION, Severity.LOOKS_ALIKE),
]


@pytest.mark.parametrize(("one", "other", "aspect", "severity"), PAIRS)
def test_a_difference_is_found_in_the_aspect_it_is_in(tmp_path, one, other, aspect, severity):
    found = conflicts_between(tmp_path, one, other, privacy=AREAS)

    assert [(conflict.aspect, conflict.severity) for conflict in found] == [(aspect, severity)]
    conflict = found[0]
    assert conflict.term == "inkomen"
    assert (conflict.first.file, conflict.second.file) == ("eerste.odcs.yaml", "tweede.odcs.yaml")
    for language in LANGUAGES:
        told = conflict.explain(language=language)
        assert "{" not in told
        assert "contracts.word" not in told
        for place in (conflict.first, conflict.second):
            assert place.file in told
            assert str(place.line) in told


SAME = [
    (PLAIN, PLAIN),
    (PLAIN, defined(says="Het inkomen, per jaar")),
    (PLAIN, defined(says="INKOMEN per jaar!")),
    (defined(privacy={"values": [1, 2]}), defined(privacy={"values": [2, 1]})),
    (defined(privacy={"category": "none"}), defined(privacy={"category": "ordinary"})),
    (PLAIN, defined("boete", "string", says="De hoogte van een boete.")),
    (PLAIN, {"name": "inkomen", "logicalType": "integer", "description": "Inkomen per jaar."}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_or_shares_no_name_is_left_alone(tmp_path, one, other):
    assert conflicts_between(tmp_path, one, other) == []


NAMES = [
    (defined("ink"), {"businessName": "ink"}),
    (defined("ink_bruto"), {"businessName": "Ink-bruto"}),
    (defined("ink", businessName="Bruto inkomen"), {"businessName": "bruto_inkomen"}),
    (defined("ink", businessName="Café-omzet"), {"businessName": "cafe omzet"}),
]


@pytest.mark.parametrize(("one", "named"), NAMES)
def test_a_term_is_shared_by_business_name_or_column_name(tmp_path, one, named):
    other = defined("y", "string", **named)

    found = conflicts_between(tmp_path, one, other)

    assert [conflict.aspect for conflict in found] == [Aspect.TYPE]


def test_a_term_is_shared_by_a_synonym(tmp_path):
    one = defined("ink", synonyms=[{"synonym": "verdiensten"}, {"synonym": "loon"}])
    other = defined("loon", "string")

    found = conflicts_between(tmp_path, one, other, version="v3.2.0")

    assert [(conflict.term, conflict.aspect) for conflict in found] == [("loon", Aspect.TYPE)]


def test_another_list_of_areas_is_a_conflict(tmp_path):
    area = defined("buurt", "string", privacy={"area_level": "buurt"})
    one = made_contract(tmp_path / "a", name="eerste", columns=[area], privacy=AREAS)
    path = tmp_path / "b" / "gebieden.areas.yaml"
    path.parent.mkdir()
    other_list = (
        (tmp_path / "a" / path.name).read_text(encoding="utf-8").replace("Parkzicht", "Park")
    )
    path.with_name("nieuw.areas.yaml").write_text(other_list, encoding="utf-8")
    renewed = read_areas(path.with_name("nieuw.areas.yaml"))
    other = made_contract(
        path.parent,
        name="tweede",
        columns=[area],
        privacy={"areas": {"file": "nieuw.areas.yaml", "sha256": renewed.sha256}},
    )

    found = definition_conflicts([one, other])

    assert [conflict.aspect for conflict in found] == [Aspect.AREA_LIST]
    assert found[0].first.says != found[0].second.says


def test_conflicts_come_before_what_looks_alike_whatever_the_order(tmp_path):
    contracts = [
        made_contract(tmp_path, name=name, columns=[made])
        for name, made in [
            ("eerste", PLAIN),
            ("tweede", defined(says="Inkomen per maand.")),
            ("derde", defined(logical_type="string")),
        ]
    ]

    found = definition_conflicts(contracts)

    assert [conflict.severity for conflict in found] == [
        Severity.CONFLICT, Severity.CONFLICT, Severity.LOOKS_ALIKE, Severity.LOOKS_ALIKE,
    ]  # fmt: skip
    assert definition_conflicts(reversed(contracts)) == found


def test_two_columns_of_one_contract_are_no_conflict(tmp_path):
    columns = [defined("a", businessName="inkomen"), defined("b", "string", businessName="inkomen")]

    assert definition_conflicts([made_contract(tmp_path, columns=columns)]) == []


def test_a_long_definition_is_cut_where_it_is_shown(tmp_path):
    found = conflicts_between(tmp_path, PLAIN, defined(says="woord " * 400))

    assert len(found[0].second.says) == 301
