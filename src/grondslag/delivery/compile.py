"""A query plan to statements for the engine: the one file that knows the expression compiler.

Values are bound, never written; identifiers come from contracts and are quoted by the compiler; a
masked column appears in no filter, order, group or join but through its form. No key and no
pseudonym is in a statement: persons come from relations that `running` registers.

Relations it expects, per scan number *n*: ``source_n`` (the columns read), ``people_n`` (person,
number, token) when the scan needs persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlglot import exp

from grondslag.contracts import LogicalType
from grondslag.delivery.model import ColumnPlan, Cut, Protection, ScanPlan, TablePlan
from grondslag.vocabulary import Form

PERSON = "__person"
ROWS = "__rows"
PERSONS = "__persons"
RESULT = "result"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and the values bound in it."""

    sql: str
    parameters: Mapping[str, Any]


class _Bound:
    """Values on their way into a statement, each under a name of its own."""

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}

    def __call__(self, value: object) -> exp.Expr:
        for name, known in self.parameters.items():
            if known is value or (type(known) is type(value) and known == value):
                return exp.Placeholder(this=name)
        name = f"p{len(self.parameters) + 1}"
        self.parameters[name] = value
        return exp.Placeholder(this=name)


def people_statement(scan: ScanPlan, number: int) -> Statement:
    """The distinct persons in the rows that the cuts leave."""
    bound = _Bound()
    query = exp.select(_column(scan.person).as_("person", quoted=True)).distinct()
    query = query.from_(_relation(f"source_{number}"))
    return _statement(_where(query, scan, bound), bound)


def counts_statement(scan: ScanPlan, number: int) -> Statement:
    """How many rows there are, how many each cut leaves out, and how many name no person.

    Columns: ``total``, ``cut_0``, ``cut_1``, ... (each counted after the ones before it),
    ``nobody`` and ``marked`` (in the rows that stay).
    """
    bound = _Bound()
    stays: exp.Expr = exp.true()
    wanted: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("total")]
    for at, cut in enumerate(scan.cuts):
        inside = _inside(cut, bound)
        outside = exp.and_(stays, exp.Not(this=inside))
        wanted.append(_count_if(outside).as_(f"cut_{at}"))
        stays = exp.and_(stays, inside) if at else inside
    if scan.person:
        nobody = exp.and_(stays, exp.Is(this=_column(scan.person), expression=exp.null()))
        wanted.append(_count_if(nobody).as_("nobody"))
    if scan.mark:
        wanted.append(_count_if(exp.and_(stays, _is_marked(scan, bound))).as_("marked"))
    return _statement(exp.select(*wanted).from_(_relation(f"source_{number}")), bound)


def result_statement(table: TablePlan, numbers: Mapping[str, int]) -> Statement:
    """Create the relation `RESULT`: records with their person, or groups with their counts."""
    bound = _Bound()
    rows = _rows(table, numbers, bound)
    if table.is_aggregate:
        keys = [exp.column(column.name, quoted=True) for column in table.columns]
        counts: list[exp.Expr] = [exp.Count(this=exp.Star()).as_(ROWS)]
        if table.scan.person:
            distinct = exp.Count(this=exp.Distinct(expressions=[exp.column(PERSON)]))
            counts.append(distinct.as_(PERSONS))
        rows = exp.select(*[key.copy() for key in keys], *counts).from_(rows.subquery("rows"))
        rows = rows.group_by(*keys)
    create = exp.Create(
        this=exp.to_table(RESULT),
        kind="TABLE",
        expression=rows,
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )
    return _statement(create, bound)


def output_statement(table: TablePlan) -> Statement:
    """What is written: in an order that follows from the values alone, never from the source."""
    bound = _Bound()
    names = [exp.column(column.name, quoted=True) for column in table.columns]
    wanted: list[exp.Expr] = [name.copy() for name in names]
    if table.is_aggregate:
        size = exp.column(PERSONS if table.scan.person else ROWS)
        enough = exp.GTE(this=size, expression=bound(table.minimum))
        shown = exp.column(PERSONS if table.count == "persons" else ROWS)
        wanted.append(exp.Case().when(enough, shown).as_(table.count))
        wanted.append(exp.Not(this=enough.copy()).as_("withheld"))
    query = exp.select(*wanted).from_(exp.to_table(RESULT))
    return _statement(query.order_by(*names), bound)


def totals_statement(table: TablePlan) -> Statement:
    """Over the result: rows that stayed, cells, cells and rows withheld, persons."""
    bound = _Bound()
    if not table.is_aggregate:
        wanted: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("rows")]
        if table.scan.person:
            distinct = exp.Distinct(expressions=[exp.column(PERSON)])
            wanted.append(exp.Count(this=distinct).as_("persons"))
        return _statement(exp.select(*wanted).from_(exp.to_table(RESULT)), bound)
    size = exp.column(PERSONS if table.scan.person else ROWS)
    small = exp.LT(this=size, expression=bound(table.minimum))
    small_rows = exp.Sum(
        this=exp.Case().when(small.copy(), exp.column(ROWS)).else_(exp.Literal.number(0))
    )
    wanted = [
        _whole(exp.Sum(this=exp.column(ROWS))).as_("rows"),
        exp.Count(this=exp.Star()).as_("cells"),
        _count_if(small).as_("small_cells"),
        _whole(small_rows).as_("small_rows"),
    ]
    return _statement(exp.select(*wanted).from_(exp.to_table(RESULT)), bound)


def group_statement(table: TablePlan) -> Statement:
    """The sizes of the groups that look alike by the quasi-identifiers: size and how many."""
    keys = [exp.column(name, quoted=True) for name in table.quasi]
    person = exp.Distinct(expressions=[exp.column(PERSON)])
    size = exp.Count(this=person if table.scan.person else exp.Star()).as_("size")
    groups = exp.select(size).from_(exp.to_table(RESULT))
    if keys:
        groups = groups.group_by(*keys)
    sizes = exp.select(exp.column("size"), exp.Count(this=exp.Star()).as_("groups"))
    query = sizes.from_(groups.subquery("grouped")).group_by(exp.column("size"))
    return _statement(query.order_by(exp.column("size")), _Bound())


def duplicates_statement(scan: ScanPlan, number: int) -> Statement:
    """How many persons stand more than once in a dataset that is joined to another."""
    bound = _Bound()
    per_person = exp.select(exp.Count(this=exp.Star()).as_("size")).from_(
        _relation(f"source_{number}")
    )
    per_person = _where(per_person, scan, bound).group_by(_column(scan.person))
    more = exp.GT(this=exp.column("size"), expression=exp.Literal.number(1))
    query = exp.select(_count_if(more).as_("twice")).from_(per_person.subquery("people"))
    return _statement(query, bound)


def _rows(table: TablePlan, numbers: Mapping[str, int], bound: _Bound) -> exp.Select:
    """The rows of a table: its scan, with the joined scans on the person's number."""
    first = _scan(table.scan, numbers[table.scan.dataset], bound)
    if not table.joined:
        return first
    wanted: list[exp.Expr] = [exp.column(PERSON, table="s0")]
    wanted += [_output(column, "s0") for column in table.scan.columns]
    query = exp.select().from_(first.subquery("s0"))
    for at, scan in enumerate(table.joined, start=1):
        alias = f"s{at}"
        wanted += [_output(column, alias) for column in scan.columns]
        same = exp.EQ(
            this=exp.column(PERSON, table="s0"), expression=exp.column(PERSON, table=alias)
        )
        right = _scan(scan, numbers[scan.dataset], bound).subquery(alias)
        query = query.join(right, on=same, join_type="left")
    return query.select(*wanted)


def _scan(scan: ScanPlan, number: int, bound: _Bound) -> exp.Select:
    """One dataset with every protection on, at the scan."""
    wanted: list[exp.Expr] = []
    if scan.person:
        wanted.append(exp.column("number", table="people").as_(PERSON))
    wanted += [
        _delivered(column, scan, bound).as_(column.name, quoted=True) for column in scan.columns
    ]
    query = exp.select(*wanted).from_(_relation(f"source_{number}"))
    if scan.person:
        same = exp.EQ(this=_column(scan.person), expression=exp.column("person", table="people"))
        people = exp.to_table(f"people_{number}").as_("people")
        query = query.join(people, on=same, join_type="inner")
    return _where(query, scan, bound)


def _where(query: exp.Select, scan: ScanPlan, bound: _Bound) -> exp.Select:
    for cut in scan.cuts:
        query = query.where(_inside(cut, bound))
    if scan.mark and scan.mark.leave_out:
        query = query.where(exp.Not(this=_is_marked(scan, bound)))
    return query


def _inside(cut: Cut, bound: _Bound) -> exp.Expr:
    """Whether a row stays; a missing value does not."""
    column = _column(cut.column)
    if cut.protection is Protection.AREA:
        codes = exp.In(this=column, expressions=[bound(code) for code in cut.codes])
        return _surely(codes if cut.codes else exp.false())
    low = bound(_comparable(cut.first, cut.type)) if cut.first else None
    high = bound(_comparable(cut.last, cut.type)) if cut.last else None
    if cut.type is LogicalType.TIMESTAMP:
        column = exp.cast(column, "DATE")
    if low is not None and high is not None:
        return _surely(exp.Between(this=column, low=low, high=high))
    if low is not None:
        return _surely(exp.GTE(this=column, expression=low))
    return _surely(exp.LTE(this=column, expression=high))


def _comparable(day: date | None, kind: LogicalType) -> object:
    """A day as the column holds it: a whole number is a year."""
    if day is not None and kind is LogicalType.INTEGER:
        return day.year
    return day


def _surely(condition: exp.Expr) -> exp.Expr:
    return exp.func("COALESCE", condition, exp.false())


def _is_marked(scan: ScanPlan, bound: _Bound) -> exp.Expr:
    """Whether the person has the secrecy mark; an unknown mark counts as set."""
    if scan.mark is None:
        return exp.false()
    value = exp.cast(_column(scan.mark.column), "TEXT")
    same = exp.EQ(this=value, expression=bound(scan.mark.value))
    return exp.func("COALESCE", same, exp.true())


def _delivered(column: ColumnPlan, scan: ScanPlan, bound: _Bound) -> exp.Expr:
    plain = _form(column, column.form, column.codes, bound)
    if scan.mark is None or column.marked_form is None or scan.mark.leave_out:
        return plain
    if column.marked_form == column.form:
        return plain
    coarser = _form(column, column.marked_form, column.marked_codes, bound)
    return exp.Case().when(_is_marked(scan, bound), coarser).else_(plain)


def _form(column: ColumnPlan, form: Form, codes: Mapping[str, str], bound: _Bound) -> exp.Expr:
    """The expression that brings a column in a form."""
    raw = _column(column.name)
    if form.name in ("exact", "deidentified"):
        return raw
    if form.name == "drop":
        return exp.null()
    if form.name == "pseudonym":
        return exp.func("LOWER", exp.func("HEX", exp.column("token", table="people")))
    if form.name == "present":
        return exp.Not(this=exp.Is(this=raw, expression=exp.null()))
    if form.name == "prefix":
        return exp.func("LEFT", exp.cast(raw, "TEXT"), exp.Literal.number(form.parameter))
    if form.name == "area":
        return _mapped(raw, codes, bound)
    if form.name == "band":
        return _banded(raw, column.edges, bound)
    if form.name == "age":
        return _banded(_age(raw, column.reference, bound), column.edges, bound)
    return _part_of_date(raw, form.name)


def _part_of_date(raw: exp.Expr, part: str) -> exp.Expr:
    year = exp.Anonymous(this="YEAR", expressions=[raw])
    if part == "year":
        return year
    if part == "month":
        return exp.Anonymous(this="STRFTIME", expressions=[raw, exp.Literal.string("%Y-%m")])
    quarter = exp.cast(exp.Anonymous(this="QUARTER", expressions=[raw.copy()]), "TEXT")
    return exp.DPipe(
        this=exp.DPipe(this=exp.cast(year, "TEXT"), expression=exp.Literal.string("-K")),
        expression=quarter,
    )


def _mapped(raw: exp.Expr, codes: Mapping[str, str], bound: _Bound) -> exp.Expr:
    """The coarser area of a code; a code outside the list becomes missing."""
    sources = bound(list(codes))
    targets = bound(list(codes.values()))
    place = exp.Anonymous(this="LIST_POSITION", expressions=[sources, exp.cast(raw, "TEXT")])
    return exp.Anonymous(this="LIST_EXTRACT", expressions=[targets, place])


def _age(raw: exp.Expr, reference: date | None, bound: _Bound) -> exp.Expr:
    """Age in whole years on a day: the difference of yyyymmdd numbers, without the last four."""
    day = reference or date.min
    number = bound(day.year * 10000 + day.month * 100 + day.day)
    text = exp.Anonymous(this="STRFTIME", expressions=[raw, exp.Literal.string("%Y%m%d")])
    born = exp.cast(text, "BIGINT")
    difference = exp.paren(exp.Sub(this=number, expression=born))
    return exp.IntDiv(this=difference, expression=exp.Literal.number(10000))


def band_label(edges: tuple[float, ...], at: int) -> str:
    """The text of band *at* (-1 is below the first edge): ``20-29``, ``75+``, ``<0``."""
    if at < 0:
        return f"<{edges[0]:g}"
    if at == len(edges) - 1:
        return f"{edges[at]:g}+"
    low, high = edges[at], edges[at + 1]
    whole = float(low).is_integer() and float(high).is_integer()
    return f"{low:g}-{high - 1:g}" if whole else f"{low:g}-<{high:g}"


def _banded(raw: exp.Expr, edges: tuple[float, ...], bound: _Bound) -> exp.Expr:
    """The band a number lies in; missing and not-a-number stay missing."""
    number = exp.cast(raw, "DOUBLE")
    case = exp.Case().when(exp.Anonymous(this="ISNAN", expressions=[number.copy()]), exp.null())
    for at in range(len(edges)):
        below = exp.LT(this=number.copy(), expression=bound(edges[at]))
        case = case.when(below, bound(band_label(edges, at - 1)))
    last = exp.GTE(this=number.copy(), expression=bound(edges[-1]))
    return case.when(last, bound(band_label(edges, len(edges) - 1)))


def _output(column: ColumnPlan, alias: str) -> exp.Expr:
    return exp.column(column.name, table=alias, quoted=True)


def _column(name: str) -> exp.Expr:
    return exp.column(name, table="source", quoted=True)


def _relation(name: str) -> exp.Expr:
    return exp.to_table(name).as_("source")


def _count_if(condition: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="COUNT_IF", expressions=[condition])


def _whole(number: exp.Expr) -> exp.Expr:
    return exp.cast(exp.func("COALESCE", number, exp.Literal.number(0)), "BIGINT")


def _statement(expression: exp.Expr, bound: _Bound) -> Statement:
    return Statement(expression.sql(dialect="duckdb"), bound.parameters)
