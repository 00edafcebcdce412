"""The secrecy mark only makes coarser; terms are counted in calendar months and years."""

from datetime import date

import pytest

from grondslag.delivery.planning import is_due
from grondslag.delivery.scoping import months_before
from grondslag.errors import GrondslagError
from made_contracts import column
from made_plans import made_plan
from made_queries import contract_of, made_columns, need, planned, refusal


def marked(folder, coarsen, wanted, *, value="J", mark="geheim", parties=(), **changes):
    columns = made_columns(**changes)
    secrecy = {"column": mark, "value": value, "coarsen": coarsen}
    contract = contract_of(folder, columns=columns, privacy={"secrecy_mark": secrecy})
    query = planned(folder, need(wanted), contracts=[contract], parties=list(parties))
    return query.tables[0].scan


COARSER = [
    # plan           mark            what a marked person gets
    ("exact", "area:wijk", "area:wijk"),
    ("area:buurt", "area:wijk", "area:wijk"),
    ("area:wijk", "area:buurt", None),
    ("area:wijk", "area:wijk", None),
    ("area:wijk", "exact", None),
    ("area:wijk", "drop", "drop"),
    ("area:buurt", "present", "drop"),
]


@pytest.mark.parametrize(("form", "mark", "given"), COARSER)
def test_the_mark_makes_nothing_finer_than_the_plan_asked(tmp_path, form, mark, given):
    scan = marked(tmp_path, {"buurt": mark}, ("buurt", form))

    (one,) = scan.columns
    assert (str(one.marked_form) if one.marked_form else None) == given


@pytest.mark.parametrize("role", ["partner", "recipient", "joint_controller", "processor"])
def test_marked_persons_are_left_out_for_third_parties_only(tmp_path, role):
    parties = [{"name": "Bureau", "role": role}]

    scan = marked(tmp_path, {}, ("soort", "exact"), parties=parties)

    assert scan.mark.leave_out == (role != "processor")


def test_the_mark_counts_without_a_person_key_too(tmp_path):
    secrecy = {"column": "geheim", "value": "J", "coarsen": {}}
    contract = contract_of(tmp_path, privacy={"secrecy_mark": secrecy, "person_key": None})

    query = planned(tmp_path, need(("soort", "exact"), output="open"), contracts=[contract])

    assert query.tables[0].scan.mark is not None


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("boolean", "true", True),
        ("boolean", "ja", False),
        ("boolean", "1", False),
        ("integer", "7", True),
        ("integer", "07", False),
        ("integer", "J", False),
        ("date", "2024-01-01", False),
        ("string", "ja", True),
    ],
)
def test_a_mark_that_its_column_can_never_hold_is_refused(tmp_path, kind, value, fits):
    columns = [one for one in made_columns() if one["name"] != "geheim"]
    columns.append(column("geheim", kind))
    secrecy = {"column": "geheim", "value": value, "coarsen": {}}
    contract = contract_of(tmp_path, columns=columns, privacy={"secrecy_mark": secrecy})
    wanted = need(("soort", "exact"))

    if fits:
        assert planned(tmp_path, wanted, contracts=[contract]).tables
    else:
        assert refusal(tmp_path, wanted, contracts=[contract]) == "delivery.mark-value"


def test_the_bands_of_the_mark_are_its_own(tmp_path):
    forms = ["exact", "band:klein", "band:groot"]
    scan = marked(tmp_path, {"jaar": "band:groot"}, ("jaar", "band:klein"), jaar={"allowed": forms})

    assert scan.columns[0].edges == (0, 10, 20)
    assert scan.columns[0].marked_edges == (0, 20, 75)


@pytest.mark.parametrize("form", ["band:geen", "year", "area:wijk", "rounded:10", "noisy:5"])
def test_a_form_of_the_mark_that_fits_nothing_is_refused(tmp_path, form):
    with pytest.raises(GrondslagError) as caught:
        marked(tmp_path, {"waarde": form}, ("waarde", "exact"))

    assert caught.value.code in ("delivery.no-such-band", "delivery.form-does-not-fit")


# ---- terms --------------------------------------------------------------------------------------

MONTHS = [
    ("2024-02-29", 12, "2023-02-28"),
    ("2024-02-29", 48, "2020-02-29"),
    ("2023-03-31", 1, "2023-02-28"),
    ("2024-03-31", 1, "2024-02-29"),
    ("2024-03-30", 1, "2024-02-29"),
    ("2024-05-31", 1, "2024-04-30"),
    ("2024-01-31", 1, "2023-12-31"),
    ("2024-01-15", 0, "2024-01-15"),
    ("2024-01-15", 13, "2022-12-15"),
    ("2024-12-31", 24, "2022-12-31"),
    ("2100-02-28", 1200, "2000-02-28"),
    ("0001-01-31", 1, "0001-01-01"),
    ("2024-01-01", 30000, "0001-01-01"),
]


@pytest.mark.parametrize(("day", "months", "before"), MONTHS)
def test_terms_are_counted_in_calendar_months(day, months, before):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


TERMS = [
    # column   type         the first day or year that stays on 3 March 2027, after five years
    ("dag", date(2022, 3, 3)),
    ("moment", date(2022, 3, 3)),
    ("jaar", date(2023, 1, 1)),
]


@pytest.mark.parametrize(("name", "first"), TERMS)
def test_a_year_that_is_partly_over_its_term_does_not_stay(tmp_path, name, first):
    term = {"property": "retention", "value": 5, "unit": "y", "element": f"meldingen.{name}"}
    contract = contract_of(tmp_path, slaProperties=[term])

    query = planned(tmp_path, need(("soort", "exact")), contracts=[contract])

    assert query.tables[0].scan.cuts[0].first == first


DUE = [
    ("once", [], "2027-03-03", True),
    ("once", ["2027-03-02"], "2027-03-03", False),
    ("monthly", ["2027-02-28"], "2027-03-01", True),
    ("monthly", ["2027-03-01"], "2027-03-31", False),
    ("monthly", ["2026-03-01"], "2027-03-31", True),
    ("monthly", [], "2027-12-31", True),
    ("monthly", [], "2028-01-01", False),
    ("yearly", ["2026-12-31"], "2027-01-01", True),
    ("yearly", ["2027-01-01"], "2027-12-31", False),
    ("yearly", ["2025-06-01", "2026-06-01"], "2027-06-01", True),
    ("yearly", [], "2028-01-01", False),
]


@pytest.mark.parametrize(("kind", "earlier", "day", "due"), DUE)
def test_a_plan_delivers_on_its_rhythm(tmp_path, kind, earlier, day, due):
    rhythm = {"kind": kind} if kind == "once" else {"kind": kind, "until": "2027-12-31"}
    plan = made_plan(tmp_path, rhythm=rhythm)

    answer = is_due(plan, [date.fromisoformat(one) for one in earlier], date.fromisoformat(day))

    assert answer is due
