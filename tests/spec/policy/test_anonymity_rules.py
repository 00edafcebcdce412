"""Anonymous records: table per rule."""

import pytest

from grondslag.policy import check
from grondslag.policy.changes import apply_change
from made_cases import asks, case, link
from rule_tables import found, names_of, rows_of

RECORDS = {"plan.data.0.output": "anonymous", "plan.output.step": "anonymous"}
SMALL = {"meldingen.privacy.minimum_group": 6}
RESIDENTS = asks("inwoners", ("buurt", "area:wijk"), output="anonymous")
WISHED = RESIDENTS | {"anonymous": {"k": 12, "suppression": 0.05, "weights": {"buurt": 3}}}
BESIDE = {"models": [{"kmap": {"k": 20, "population": "inwoners"}}]}
COUNTED = asks("inwoners", ("buurt", "area:wijk"), count="persons")
LINKED = {"plan.links": [link()]}


ONE = COUNTED["columns"]


def asked(**wishes):
    """Anonymous records with these wishes."""
    return RECORDS | {"plan.data.0.anonymous": wishes}


def number(role, form, output="anonymous"):
    """A number of this role, asked in this form."""
    entry = {"category": "ordinary", "role": role, "allowed": [form], "filterable": False}
    return {
        "meldingen.columns.aantal": entry,
        "meldingen.types.aantal": "integer",
        "plan.data.0.columns": [
            *asks("meldingen", ("buurt", "area:wijk"), ("aantal", form))["columns"]
        ],
        "plan.data.0.output": output,
        "plan.output.step": output,
    }


UNKNOWN = number("quasi", "averaged:10") | {"meldingen.columns.aantal": None}

TABLES = {
    "anonymity.enough-is-left": [
        ("counts", {}, []),
        ("records, nothing said", RECORDS, []),
        ("a tenth may be left out", asked(suppression=0.1), []),
        ("a fifth may be left out", asked(suppression=0.2), ["much"]),
        ("everything may be left out", asked(suppression=1), ["much"]),
    ],
    "anonymity.records-look-alike": [
        ("counts of ten", {}, []),
        ("records of ten, as the owner asks", RECORDS, []),
        ("records of six, as the owner asks", RECORDS | SMALL, ["small"]),
        ("the owner asks six, the plan ten", asked(k=10) | SMALL, []),
        ("the owner asks six, the plan eight", asked(k=8) | SMALL, ["small"]),
        ("the plan asks less than the owner: the owner's ten holds", asked(k=2), []),
        ("counts of six: a rule of its own", SMALL, []),
    ],
    "anonymity.wishes-stand-where-they-count": [
        ("one dataset", asked(k=12), []),
        ("two datasets apart", asked(k=12) | {"plan.data.1": WISHED}, []),
        ("said at the dataset others are added to",
         asked(k=12) | LINKED | {"plan.data.1": RESIDENTS}, []),
        ("said at the dataset that is added",
         RECORDS | LINKED | {"plan.data.1": WISHED}, ["elsewhere"]),
        ("said at both", asked(k=20) | LINKED | {"plan.data.1": WISHED}, ["elsewhere"]),
    ],
    "anonymity.numbers-suit-their-column": [
        ("no form of numbers", RECORDS, []),
        ("a recognisable number, averaged", number("quasi", "averaged:10"), []),
        ("a recognisable number with noise", number("quasi", "noisy:5"), ["role"]),
        ("a recognisable number, rounded", number("quasi", "rounded:5"), ["role"]),
        ("a sensitive number, averaged", number("sensitive", "averaged:10"), ["role"]),
        ("a sensitive number with noise", number("sensitive", "noisy:5"), []),
        ("a sensitive number, rounded", number("sensitive", "rounded:5"), []),
        ("a harmless number, averaged", number("none", "averaged:10"), ["role"]),
        ("a harmless number with noise", number("none", "noisy:0.5"), []),
        ("a harmless number, rounded", number("none", "rounded:1000"), []),
        ("a number that points at one person, averaged", number("direct", "averaged:10"), ["role"]),
        ("a number that points at one person with noise", number("direct", "noisy:5"), ["role"]),
        ("a number that points at one person, rounded", number("direct", "rounded:5"), ["role"]),
        ("nobody said what the column is", UNKNOWN, ["role"]),
        ("counts of averages", number("quasi", "averaged:10", output="aggregate"), ["records"]),
        ("records with a code and noise", number("sensitive", "noisy:5", output="pseudonymous"),
         ["records"]),
        ("open data, rounded", number("none", "rounded:5", output="open"), ["records"]),
        ("added to anonymous records", LINKED | number("quasi", "averaged:10") | {
            "plan.data.1": RESIDENTS}, []),
    ],
    "anonymity.population-is-counted": [
        ("no population named", RECORDS, []),
        ("a population that the plan does not ask", asked(**BESIDE), ["missing"]),
        ("counted, persons, in the same form",
         asked(**BESIDE) | {"plan.data.1": COUNTED, "plan.data.0.columns": ONE}, []),
        ("rows counted", asked(**BESIDE)
         | {"plan.data.1": COUNTED | {"count": "rows"}, "plan.data.0.columns": ONE},
         ["otherwise"]),
        ("asked as records", asked(**BESIDE)
         | {"plan.data.1": COUNTED | {"output": "pseudonymous"}, "plan.data.0.columns": ONE},
         ["otherwise"]),
        ("another form", asked(**BESIDE)
         | {"plan.data.1": asks("inwoners", "buurt", count="persons"),
            "plan.data.0.columns": ONE}, ["otherwise"]),
        ("a column fewer", asked(**BESIDE)
         | {"plan.data.1": asks("inwoners", "aantal", count="persons"),
            "plan.data.0.columns": ONE}, ["otherwise"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def remedied(changes, rule):
    """The plan after the engine's first own way out of what a rule found."""
    at = case(changes)
    (finding,) = [one for one in check(at).findings if one.rule == rule]
    return apply_change(at.plan, finding.remedies[0])


def test_less_is_left_out_after_the_way_out():
    plan = remedied(asked(suppression=0.2, k=12), "anonymity.enough-is-left")

    assert (plan.data[0].anonymous.suppression, plan.data[0].anonymous.k) == (0.1, 12)


@pytest.mark.parametrize("changes", [RECORDS | SMALL, asked(k=8) | SMALL])
def test_more_people_look_alike_after_the_way_out(changes):
    assert remedied(changes, "anonymity.records-look-alike").data[0].anonymous.k == 10


@pytest.mark.parametrize(("k", "kept"), [(20, 20), (2, 12)])
def test_of_two_wishes_the_one_that_protects_more_is_kept(k, kept):
    plan = remedied(
        asked(k=k, suppression=0.02) | LINKED | {"plan.data.1": WISHED},
        "anonymity.wishes-stand-where-they-count",
    )

    wish = plan.data[0].anonymous
    assert plan.data[1].anonymous is None
    assert (wish.k, wish.suppression, wish.weights["buurt"]) == (kept, 0.02, 3)


def test_a_form_that_suits_is_the_first_way_out():
    plan = remedied(
        number("quasi", "noisy:5")
        | {
            "meldingen.columns.aantal": {
                "category": "ordinary",
                "role": "quasi",
                "allowed": ["noisy:5", "averaged:10"],
                "filterable": False,
            }
        },
        "anonymity.numbers-suit-their-column",
    )

    assert str(plan.data[0].columns[1].form) == "averaged:10"


@pytest.mark.parametrize(
    "beside", [{}, {"plan.data.1": COUNTED | {"count": "rows"}}], ids=["missing", "rows"]
)
def test_after_the_way_out_the_population_is_counted_as_the_records_are(beside):
    plan = remedied(asked(**BESIDE) | beside, "anonymity.population-is-counted")

    records, population = plan.need("meldingen"), plan.need("inwoners")
    assert (population.output, population.count) == ("aggregate", "persons")
    assert population.wants("buurt").form == records.wants("buurt").form
