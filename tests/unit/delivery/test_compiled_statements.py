"""Whatever the plan: values are bound, raw values stay at the scan, the person only in the join."""

import re
import tempfile
from pathlib import Path

import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from sqlglot import exp

from grondslag.contracts import LogicalType
from grondslag.delivery.compile import (
    compiled,
    group_statement,
    kept_totals_statement,
    tidy_statements,
    totals_statement,
)
from grondslag.delivery.model import ColumnPlan, Cut, Mark, Protection, ScanPlan, TablePlan
from grondslag.delivery.planning import plan_query
from grondslag.errors import GrondslagError
from grondslag.vocabulary import Form, OutputStep
from made_deliveries import DAY, cases, write_areas

FOLDER = Path(tempfile.mkdtemp(prefix="grondslag-gebieden-"))
write_areas(FOLDER)
RAW = ("exact", "deidentified")
FIXED = {"%Y-%m", "%Y-K"}  # how a month is written; nothing of a plan
OTHER_PARTS = ("group", "order", "joins", "having", "distinct", "qualify", "windows", "limit")


def tree(statement):
    return sqlglot.parse_one(statement.sql, dialect="duckdb")


def everything(table):
    one = compiled(table)
    more = [totals_statement(table), group_statement(table), *tidy_statements(table)]
    more += [kept_totals_statement(scan, number) for number, scan in enumerate(table.scans)]
    return [*one.in_order, *more]


def sources_of(root):
    """Columns read from the source itself: there alone raw values can be met."""
    return [column for column in root.find_all(exp.Column) if column.table == "source"]


def check_values_are_bound(statement):
    root = tree(statement)
    texts = {node.this for node in root.find_all(exp.Literal) if node.is_string}
    assert texts <= FIXED
    assert set(statement.parameters) == {node.name for node in root.find_all(exp.Placeholder)} | {
        str(node.this) for node in root.find_all(exp.Parameter)
    }


def check_raw_values_stay_at_the_scan(table):
    """A filter knows the columns of cuts and of the mark; any other raw value only its form."""
    for scan, kept in zip(table.scans, compiled(table).kept, strict=True):
        query = tree(kept).expression
        where = query.args.get("where")
        filtered = {column.name for column in sources_of(where)} if where else set()
        mark = {scan.mark.column} if scan.mark else set()
        assert filtered <= {cut.column for cut in scan.cuts} | mark
        assert not [part for part in OTHER_PARTS if query.args.get(part)]
        projected = {one.alias: one.this for one in query.expressions}
        for one in scan.columns:
            form = projected[one.name]
            used = {column.name for column in sources_of(form)}
            assert used <= {one.name} | (mark if scan.coarsens and one.marked_form else set())
            if one.form.name not in RAW:
                assert not isinstance(form, exp.Column)
    for later in everything(table)[2 * len(table.scans) :]:
        assert sources_of(tree(later)) == []


def check_the_person_is_only_counted_and_joined(table):
    """Raw, the person stands in one column of its own, and never in what is written.

    Anonymous records are not written by the query: they are made of it in the process, which
    counts by the person and leaves that column out.
    """
    one = compiled(table)
    for scan, kept in zip(table.scans, one.kept, strict=True):
        persons = [e for e in tree(kept).expression.expressions if e.alias == "__person"]
        assert [e.this.name for e in persons] == ([scan.person] if scan.person else [])
    made = tree(one.result)
    for join in made.find_all(exp.Join):
        sides = {column.name for column in join.args["on"].find_all(exp.Column)}
        assert sides in ({"__person", "person"}, {"__person"})
    written = {column.name for column in tree(one.output).find_all(exp.Column)}
    if table.anonymity is not None and table.scan.person:
        written -= {"__person"}
    assert "__person" not in written
    assert written <= {c.name for c in table.columns} | {"__rows", "__persons"}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(case=cases(FOLDER))
def test_values_are_bound_and_raw_values_stay_at_the_scan(case):
    try:
        query = plan_query(case.plan, case.contracts, day=DAY, minimum=case.minimum)
    except GrondslagError:
        return

    for table in query.tables:
        for statement in everything(table):
            check_values_are_bound(statement)
        check_raw_values_stay_at_the_scan(table)
        check_the_person_is_only_counted_and_joined(table)


HOSTILE = ['a"b', "x; DROP TABLE source_0; --", "a b", "SELECT", "'", "é", "$p1", "a.b", "*", "\\"]


def hostile_table(name, person="bsn"):
    """No contract can hold such names, so the table is made here: the compiler stands alone."""
    column = ColumnPlan(name, LogicalType.STRING, Form("exact"))
    cut = Cut(Protection.AREA, name, LogicalType.STRING, codes=("'; --",))
    mark = Mark(name, '"', leave_out=True)
    scan = ScanPlan("x", (column,), (cut,), person, LogicalType.STRING, objections=False, mark=mark)
    return TablePlan(scan, (), OutputStep.AGGREGATE, "persons", 3, (), ())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_a_name(name):
    for table in (hostile_table(name), hostile_table("soort", person=name)):
        for statement in everything(table):
            root = tree(statement)
            assert not list(root.find_all(exp.Drop)) or statement in tidy_statements(table)
            assert ";" not in re.sub(r'"(?:[^"]|"")*"', "", statement.sql)
            assert all(
                column.args["this"].args.get("quoted")
                for column in root.find_all(exp.Column)
                if column.name == name
            )


def test_a_key_and_a_pseudonym_are_in_no_statement():
    table = hostile_table("soort")

    statements = compiled(table).in_order

    assert all("key" not in statement.sql.lower() for statement in statements)
    assert {type(v) for s in statements for v in s.parameters.values()} <= {str, int, list}


def test_the_same_plan_always_gives_the_same_statements():
    first, second = (compiled(hostile_table("soort")) for _ in range(2))

    assert first == second
