"""A plan and its contracts to a query plan: what fits nothing is refused, never guessed."""

import pytest

from grondslag.errors import GrondslagError
from made_contracts import column
from made_queries import (
    area,
    contract_of,
    link,
    made_columns,
    need,
    period,
    planned,
    refusal,
)

YEAR = period("2024-01-01", "2024-12-31")

REFUSED = {
    "a form its owner does not allow": (
        need(("soort", "year")), "delivery.form-not-allowed"),
    "rows chosen on days, months delivered": (
        need(("dag", "month"), **period("2024-01-02", "2024-12-31")), "delivery.filter-on-masked"),
    "rows chosen until halfway a month, months delivered": (
        need(("dag", "month"), **period("2024-01-01", "2024-12-30")), "delivery.filter-on-masked"),
    "rows chosen on months, quarters delivered": (
        need(("dag", "quarter"), **period("2024-02-01", "2024-12-31")),
        "delivery.filter-on-masked"),
    "rows chosen on quarters, years delivered": (
        need(("dag", "year"), **period("2024-04-01", "2025-03-31")), "delivery.filter-on-masked"),
    "rows chosen on whole years, ages delivered": (
        need(("dag", "age:groot"), **YEAR), "delivery.filter-on-masked"),
    "rows chosen on neighbourhoods, districts delivered": (
        need(("buurt", "area:wijk"), **area("B11")), "delivery.filter-on-masked"),
    "an area that is not in the list": (
        need(("soort", "exact"), **area("B11", "B99")), "delivery.unknown-area"),
    "a period on a column of texts": (
        need(("dag", "year"), **period("2024-01-01", "2024-12-31", "soort")),
        "delivery.period-without-days"),
    "half a year of a column of years": (
        need(("soort", "exact"), **period("2024-01-01", "2024-06-30", "jaar")),
        "delivery.period-in-years"),
    "an area on a column without a level": (
        need(("soort", "exact"), **area("B11", name="soort")), "delivery.unknown-area"),
    "nothing wanted": (
        need(("dag", "drop")), "delivery.nothing-wanted"),
    "a pseudonym in a table of counts": (
        need(("bsn", "pseudonym")), "delivery.person-in-aggregate"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_plan_that_does_not_fit_is_refused(tmp_path, case):
    wanted, code = REFUSED[case]

    assert refusal(tmp_path, wanted) == code


ALLOWED = {
    "whole months, months delivered": need(("dag", "month"), **period("2024-02-01", "2024-02-29")),
    "whole quarters, quarters delivered": need(
        ("dag", "quarter"), **period("2024-04-01", "2024-09-30")
    ),
    "whole years, years delivered": need(("dag", "year"), **YEAR),
    "any days, days delivered": need(("dag", "exact"), **period("2024-01-02", "2024-05-05")),
    "any days, days left out": need(
        ("soort", "exact"), ("dag", "drop"), **period("2024-01-02", "2024-05-05")
    ),
    "whole districts, districts delivered": need(("buurt", "area:wijk"), **area("W1")),
    "neighbourhoods, neighbourhoods delivered": need(("buurt", "area:buurt"), **area("B11", "W2")),
    "until the end of the calendar": need(("dag", "year"), **period("2024-01-01", "9999-12-31")),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_rows_may_be_chosen_as_coarsely_as_they_are_delivered(tmp_path, case):
    query = planned(tmp_path, ALLOWED[case])

    assert len(query.tables[0].scan.cuts) == 1


def test_an_area_becomes_the_codes_of_the_column_in_it(tmp_path):
    query = planned(tmp_path, need(("soort", "exact"), **area("W1", "B21")))

    assert query.tables[0].scan.cuts[0].codes == ("B11", "B12", "B21")


def test_a_finer_area_than_the_column_holds_is_unknown_to_it(tmp_path):
    contract = contract_of(
        tmp_path, columns=made_columns(buurt={"area_level": "wijk", "allowed": ["exact"]})
    )

    assert refusal(tmp_path, need(("soort", "exact"), **area("B11")), contracts=[contract]) == (
        "delivery.unknown-area"
    )


def test_a_column_without_an_entry_is_refused_with_its_line(tmp_path):
    columns = made_columns()
    del columns[0]["customProperties"]
    contract = contract_of(tmp_path, columns=columns)

    with pytest.raises(GrondslagError) as caught:
        planned(tmp_path, need(("soort", "exact")), contracts=[contract])

    assert caught.value.code == "delivery.no-privacy-entry"
    assert caught.value.fields["line"] == contract.column("soort").line > 1


def test_rows_are_not_chosen_on_a_column_its_owner_keeps_back(tmp_path):
    contract = contract_of(tmp_path, columns=made_columns(dag={"filterable": False}))

    assert refusal(tmp_path, need(("dag", "year"), **YEAR), contracts=[contract]) == (
        "delivery.not-filterable"
    )


def test_persons_are_not_counted_without_a_key(tmp_path):
    contract = contract_of(tmp_path, privacy={"person_key": None})

    assert refusal(tmp_path, need(("soort", "exact"), count="persons"), contracts=[contract]) == (
        "delivery.no-person-key"
    )


def test_objections_are_not_passed_over_for_lack_of_a_key(tmp_path):
    objections = {
        "dataset": "bezwaren",
        "person": "wie",
        "purpose": "doel",
        "state": "stand",
        "left_out_states": ["toegewezen"],
    }
    contract = contract_of(tmp_path, privacy={"person_key": None, "objections": objections})

    assert refusal(tmp_path, need(("soort", "exact")), contracts=[contract]) == (
        "delivery.no-person-key"
    )


@pytest.mark.parametrize("key", ["dag", "waarde", "moment"])
def test_a_key_that_cannot_tell_persons_apart_is_refused(tmp_path, key):
    contract = contract_of(tmp_path, privacy={"person_key": key})

    assert refusal(tmp_path, need(("soort", "exact")), contracts=[contract]) == (
        "delivery.person-key-type"
    )


def test_only_the_person_gets_a_pseudonym(tmp_path):
    contract = contract_of(tmp_path, columns=made_columns(soort={"allowed": ["pseudonym"]}))
    wanted = need(("soort", "pseudonym"), output="pseudonymous")

    assert refusal(tmp_path, wanted, contracts=[contract]) == "delivery.form-does-not-fit"


UNFIT = [("soort", "year"), ("dag", "prefix:2"), ("waarde", "month"), ("dag", "band:groot")]
UNFIT += [("jaar", "age:groot"), ("waarde", "deidentified"), ("jaar", "quarter")]


@pytest.mark.parametrize(("name", "form"), UNFIT)
def test_a_form_that_cannot_be_made_of_a_column_is_refused(tmp_path, name, form):
    contract = contract_of(tmp_path, columns=made_columns(**{name: {"allowed": [form]}}))

    assert refusal(tmp_path, need((name, form), output="open"), contracts=[contract]) == (
        "delivery.form-does-not-fit"
    )


NUMBERS = [
    # column, role, form: what its role does not need, or what is no number
    ("jaar", "quasi", "noisy:5"),
    ("jaar", "quasi", "rounded:5"),
    ("jaar", "sensitive", "averaged:10"),
    ("waarde", "none", "averaged:10"),
    ("waarde", "direct", "rounded:10"),
    ("soort", "quasi", "averaged:10"),
    ("soort", "sensitive", "noisy:1"),
    ("dag", "sensitive", "rounded:1"),
]


@pytest.mark.parametrize(("name", "role", "form"), NUMBERS)
def test_numbers_are_made_safer_only_where_that_protects_somebody(tmp_path, name, role, form):
    changed = made_columns(**{name: {"role": role, "allowed": [form]}})
    contract = contract_of(tmp_path, columns=changed)

    assert refusal(tmp_path, need((name, form), output="anonymous"), contracts=[contract]) == (
        "delivery.form-does-not-fit"
    )


@pytest.mark.parametrize("output", ["open", "aggregate", "pseudonymous"])
def test_numbers_are_made_safer_in_anonymous_records_only(tmp_path, output):
    """Elsewhere nothing is done to all rows together, and they would leave as they are."""
    changed = made_columns(waarde={"role": "sensitive", "allowed": ["rounded:10"]})
    contract = contract_of(tmp_path, columns=changed)

    wanted = need(("waarde", "rounded:10"), output=output)
    assert refusal(tmp_path, wanted, contracts=[contract]) == "delivery.numbers-only-anonymous"


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("open", "delivery.text-in-open"),
        ("aggregate", "delivery.person-in-aggregate"),
        ("anonymous", "delivery.person-in-anonymous"),
    ],
)
def test_cleaned_text_stays_with_pseudonyms_whatever_its_owner_says(tmp_path, output, code):
    entry = {"role": "none", "category": "none", "allowed": ["deidentified"]}
    contract = contract_of(tmp_path, columns=made_columns(soort=entry))

    wanted = need(("soort", "deidentified"), output=output)
    assert refusal(tmp_path, wanted, contracts=[contract]) == code


@pytest.mark.parametrize("count", ["rows", "persons"])
def test_a_column_that_is_called_as_the_count_is_refused(tmp_path, count):
    columns = [*made_columns(), column(count), column("withheld")]
    contract = contract_of(tmp_path, columns=columns)

    for name in (count, "withheld"):
        wanted = need((name, "exact"), count=count)
        assert refusal(tmp_path, wanted, contracts=[contract]) == "delivery.name-taken"


def test_a_number_of_a_person_is_no_group(tmp_path):
    contract = contract_of(tmp_path, columns=made_columns(soort={"role": "direct"}))

    assert refusal(tmp_path, need(("soort", "exact")), contracts=[contract]) == (
        "delivery.person-in-aggregate"
    )


def linked(folder, *links, outputs=("aggregate", "aggregate", "aggregate"), columns=None):
    names = ("meldingen", "inwoners", "bewoning")
    contracts = [contract_of(folder, name) for name in names]
    wanted = columns or (("soort", "exact"), ("jaar", "exact"), ("waarde", "band:groot"))
    needs = [
        need(one, dataset=name, output=output)
        for name, one, output in zip(names, wanted, outputs, strict=True)
    ]
    return planned(folder, *needs, contracts=contracts, links=list(links))


def test_a_linked_dataset_is_no_table_of_its_own(tmp_path):
    query = linked(tmp_path, link("meldingen", "inwoners"), link("meldingen", "bewoning"))

    (table,) = query.tables
    assert [scan.dataset for scan in table.scans] == ["meldingen", "inwoners", "bewoning"]
    assert all(scan.person == "bsn" for scan in table.scans)


def test_two_links_behind_each_other_would_lose_a_dataset(tmp_path):
    with pytest.raises(GrondslagError, match=r"delivery\.link-chain"):
        linked(tmp_path, link("meldingen", "inwoners"), link("inwoners", "bewoning"))


def test_two_links_in_a_circle_would_deliver_nothing(tmp_path):
    with pytest.raises(GrondslagError, match=r"delivery\.link-chain"):
        linked(tmp_path, link("meldingen", "inwoners"), link("inwoners", "meldingen"))


def test_a_link_does_not_lift_a_dataset_up_the_ladder(tmp_path):
    outputs = ("pseudonymous", "aggregate", "aggregate")

    with pytest.raises(GrondslagError, match=r"delivery\.link-output"):
        linked(tmp_path, link("meldingen", "inwoners"), outputs=outputs)


def test_a_column_in_both_linked_datasets_is_refused(tmp_path):
    columns = (("soort", "exact"), ("soort", "exact"), ("jaar", "exact"))

    with pytest.raises(GrondslagError, match=r"delivery\.column-in-both"):
        linked(tmp_path, link("meldingen", "inwoners"), columns=columns)


def test_the_largest_minimum_counts(tmp_path):
    contract = contract_of(tmp_path, privacy={"minimum_group": 25})

    for minimum, most in ((10, 25), (30, 30)):
        query = planned(tmp_path, need(("soort", "exact")), contracts=[contract], minimum=minimum)
        assert query.tables[0].minimum == most
