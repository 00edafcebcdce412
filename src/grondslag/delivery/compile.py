"""A query plan to SQL, through an expression builder: the one file that knows the compiler.

Values are bound, never written; identifiers come from contracts and are quoted by the compiler; a
masked column appears in no filter, order, group or join but through its form. No key and no
pseudonym is in a statement: persons come from relations that `running` registers.

Relations it expects, per scan number *n*: ``source_n`` (the columns read) and, when the scan has
persons, ``people_n`` (person, number, token). It makes ``kept_n`` (the rows that stay, in their
forms, with the person as the source writes it) and ``result``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlglot import exp

from grondslag.contracts import LogicalType
from grondslag.delivery.bands import band_label
from grondslag.delivery.model import ColumnPlan, Cut, Protection, ScanPlan, TablePlan
from grondslag.delivery.statements import Compiled, Statement
from grondslag.vocabulary import Form

PERSON = "__person"
ROWS = "__rows"
PERSONS = "__persons"
MARKED = "__marked"
RESULT = "result"
_CLEANED = Form("deidentified")


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


def compiled(table: TablePlan) -> Compiled:
    """Everything that makes a table: the same plan gives the same statements, always."""
    scans = list(enumerate(table.scans))
    return Compiled(
        counts=tuple(_counts(scan, number) for number, scan in scans),
        kept=tuple(_keep(scan, number) for number, scan in scans),
        people=tuple(_people(number) for number, scan in scans if scan.person),
        result=_result(table),
        output=_written(table),
    )


def _counts(scan: ScanPlan, number: int) -> Statement:
    """How many rows there are (``total``), and how many each cut leaves out (``cut_0``, ...).

    Each cut is counted after those before it. What the last one leaves out follows from the rows
    that are kept, so its column is not read once more.
    """
    bound = _Bound()
    wanted: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("total")]
    counted = scan.cuts if _leaves_out(scan) else scan.cuts[:-1]
    stays: list[exp.Expr] = []
    for at, cut in enumerate(counted):
        inside = exp.func("COALESCE", _inside(cut, bound), exp.false())
        outside = exp.and_(*stays, exp.Not(this=inside.copy()))
        wanted.append(_count_if(outside).as_(f"cut_{at}"))
        stays.append(inside)
    return _statement(exp.select(*wanted).from_(_relation(f"source_{number}")), bound)


def _keep(scan: ScanPlan, number: int) -> Statement:
    """Make ``kept_n``: one dataset with every protection on, at the scan.

    A pseudonym is not made yet: its column holds whether it will be.
    """
    bound = _Bound()
    wanted: list[exp.Expr] = []
    if scan.person:
        wanted.append(_column(scan.person).as_(PERSON))
    if scan.coarsens:
        wanted.append(_is_marked(scan, bound).as_(MARKED))
    wanted += [
        _delivered(column, scan, bound).as_(column.name, quoted=True) for column in scan.columns
    ]
    query = exp.select(*wanted).from_(_relation(f"source_{number}"))
    for cut in scan.cuts:
        query = query.where(_inside(cut, bound))
    if _leaves_out(scan):
        query = query.where(exp.Not(this=_is_marked(scan, bound)))
    return _statement(_made(_kept(number), query), bound)


def kept_totals_statement(scan: ScanPlan, number: int) -> Statement:
    """Over ``kept_n``: rows, and rows whose person has the secrecy mark when that coarsens."""
    wanted: list[exp.Expr] = [exp.Count(this=exp.Star()).as_("rows")]
    if scan.coarsens:
        wanted.append(_count_if(exp.column(MARKED)).as_("marked"))
    return _statement(exp.select(*wanted).from_(exp.to_table(_kept(number))), _Bound())


def _people(number: int) -> Statement:
    """The distinct persons in the rows that stay."""
    query = exp.select(exp.column(PERSON).as_("person")).distinct()
    return _statement(query.from_(exp.to_table(_kept(number))), _Bound())


def _result(table: TablePlan) -> Statement:
    """Make ``result``: records with their person, or groups with their counts.

    Groups are made per person first, so that joins touch each person once per group. Persons are
    rows then; a citizen service number with and without its zeros is two rows and one person.
    """
    rows = _rows(table)
    if table.is_aggregate:
        keys = [exp.column(column.name, quoted=True) for column in table.columns]
        counts: list[exp.Expr] = [exp.cast(exp.Sum(this=exp.column(ROWS)), "BIGINT").as_(ROWS)]
        if table.scan.person:
            persons = exp.Distinct(expressions=[exp.column(PERSON)])
            each = persons if table.scan.is_national_id else exp.Star()
            counts.append(exp.Count(this=each).as_(PERSONS))
        rows = exp.select(*[key.copy() for key in keys], *counts).from_(rows.subquery("rows"))
        rows = rows.group_by(*keys)
    return _statement(_made(RESULT, rows), _Bound())


def _written(table: TablePlan) -> Statement:
    """What is written: in an order that follows from the values alone, never from the source.

    Free text that is de-identified afterwards gives no order: that would show the raw text.
    """
    bound = _Bound()
    names = [exp.column(column.name, quoted=True) for column in table.columns]
    wanted: list[exp.Expr] = [name.copy() for name in names]
    if table.anonymity is not None and table.scan.person:
        wanted.append(exp.column(PERSON))  # to count persons by, in this process only
    if table.is_aggregate:
        size = exp.column(PERSONS if table.scan.person else ROWS)
        enough = exp.GTE(this=size, expression=bound(table.minimum))
        shown = exp.column(PERSONS if table.count == "persons" else ROWS)
        wanted.append(exp.Case().when(enough, shown).as_(table.count))
        wanted.append(exp.Not(this=enough.copy()).as_("withheld"))
    query = exp.select(*wanted).from_(exp.to_table(RESULT))
    order = [name for name, c in zip(names, table.columns, strict=True) if c.form != _CLEANED]
    return _statement(query.order_by(*order) if order else query, bound)


def totals_statement(table: TablePlan) -> Statement:
    """Over ``result``: rows that stayed; for aggregates also cells, and cells withheld."""
    bound = _Bound()
    if not table.is_aggregate:
        every = exp.Count(this=exp.Star()).as_("rows")
        return _statement(exp.select(every).from_(exp.to_table(RESULT)), bound)
    size = exp.column(PERSONS if table.scan.person else ROWS)
    small = exp.LT(this=size, expression=bound(table.minimum))
    rows = exp.func("COALESCE", exp.Sum(this=exp.column(ROWS)), exp.Literal.number(0))
    wanted = [
        exp.cast(rows, "BIGINT").as_("rows"),
        exp.Count(this=exp.Star()).as_("cells"),
        _count_if(small).as_("small_cells"),
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


def tidy_statements(table: TablePlan) -> tuple[Statement, ...]:
    """Let go of what only `Compiled.result` needed."""
    names = (exp.to_table(_kept(number)) for number in range(len(table.scans)))
    return tuple(_statement(exp.Drop(tables=[name], kind="TABLE"), _Bound()) for name in names)


def _rows(table: TablePlan) -> exp.Select:
    """The rows of a table: its scan, with the joined scans on the person's number."""
    first = _numbered(table.scan, 0, per_person=table.is_aggregate)
    if not table.joined:
        return first
    wanted: list[exp.Expr] = [exp.column(PERSON, table="s0")]
    if table.is_aggregate:
        wanted.append(exp.column(ROWS, table="s0"))
    wanted += [_output(column, "s0") for column in table.scan.columns]
    query = exp.select().from_(first.subquery("s0"))
    for at, scan in enumerate(table.joined, start=1):
        alias = f"s{at}"
        wanted += [_output(column, alias) for column in scan.columns]
        same = exp.EQ(
            this=exp.column(PERSON, table="s0"), expression=exp.column(PERSON, table=alias)
        )
        right = _numbered(scan, at, per_person=False).subquery(alias)
        query = query.join(right, on=same, join_type="left")
    return query.select(*wanted)


def _numbered(scan: ScanPlan, number: int, *, per_person: bool) -> exp.Select:
    """The rows that stay, with the person as a number; or one row per person and group."""
    kept: exp.Expr = exp.to_table(_kept(number)).as_("kept")
    if per_person:
        keys: list[exp.Expr] = [_output(column, "kept") for column in scan.columns]
        if scan.person:
            keys.append(exp.column(PERSON, table="kept"))
        grouped = exp.select(*keys, exp.Count(this=exp.Star()).as_(ROWS)).from_(kept)
        kept = grouped.group_by(*[key.copy() for key in keys]).subquery("kept")
    wanted: list[exp.Expr] = [exp.column(ROWS, table="kept")] if per_person else []
    if scan.person:
        wanted.append(exp.column("number", table="people").as_(PERSON))
    wanted += [_pseudonym(column) for column in scan.columns]
    query = exp.select(*wanted).from_(kept)
    if not scan.person:
        return query
    same = exp.EQ(
        this=exp.column(PERSON, table="kept"), expression=exp.column("person", table="people")
    )
    return query.join(exp.to_table(f"people_{number}").as_("people"), on=same, join_type="inner")


def _pseudonym(column: ColumnPlan) -> exp.Expr:
    if column.form.name != "pseudonym":
        return _output(column, "kept")
    token = exp.func("LOWER", exp.func("HEX", exp.column("token", table="people")))
    return exp.Case().when(_output(column, "kept"), token).as_(column.name, quoted=True)


def _inside(cut: Cut, bound: _Bound) -> exp.Expr:
    """Whether a row stays; a missing value gives neither yes nor no, and so does not."""
    column = _column(cut.column)
    if cut.protection is Protection.AREA:
        codes = exp.select(_call("UNNEST", bound(list(cut.codes))))
        return (
            exp.In(this=_text(column, cut.type), query=codes.subquery())
            if cut.codes
            else exp.false()
        )
    limits: list[exp.Expr] = []
    if cut.lowest is not None:
        limits.append(exp.GTE(this=column, expression=bound(cut.lowest)))
    if cut.beyond is not None:
        limits.append(exp.LT(this=column.copy(), expression=bound(cut.beyond)))
    return exp.and_(*limits)


def _leaves_out(scan: ScanPlan) -> bool:
    return scan.mark is not None and scan.mark.leave_out


def _is_marked(scan: ScanPlan, bound: _Bound) -> exp.Expr:
    """Whether the person has the secrecy mark; an unknown mark counts as set."""
    if scan.mark is None:
        return exp.false()
    value = exp.cast(_column(scan.mark.column), "TEXT")
    same = exp.EQ(this=value, expression=bound(scan.mark.value))
    return exp.func("COALESCE", same, exp.true())


def _delivered(column: ColumnPlan, scan: ScanPlan, bound: _Bound) -> exp.Expr:
    plain = _form(column, column.form, bound)
    if not scan.coarsens or column.marked_form is None:
        return plain
    coarser = _form(column, column.marked_form, bound)
    if _kind(column, column.form) != _kind(column, column.marked_form) != "":
        plain, coarser = exp.cast(plain, "TEXT"), exp.cast(coarser, "TEXT")
    return exp.Case().when(_is_marked(scan, bound), coarser).else_(plain)


def _kind(column: ColumnPlan, form: Form) -> str:
    """What a form delivers: values of its column, years, yes or no, or texts; "" for nothing."""
    kinds = {"exact": str(column.type), "year": "integer", "drop": ""}
    kinds |= dict.fromkeys(("present", "pseudonym"), "boolean")
    return kinds.get(form.name, "string")


def _form(column: ColumnPlan, form: Form, bound: _Bound) -> exp.Expr:
    """The expression that brings a column in a form."""
    raw = _column(column.name)
    coarser = form == column.marked_form
    edges = column.marked_edges if coarser else column.edges
    codes = column.marked_codes if coarser else column.codes
    text = _text(raw, column.type)
    whole = column.type is LogicalType.INTEGER
    makers: Mapping[str, Callable[[], exp.Expr]] = {
        "exact": lambda: raw,
        **dict.fromkeys(("deidentified", "averaged", "noisy", "rounded"), lambda: raw),  # later
        "drop": exp.null,
        "pseudonym": exp.true,  # made from the token, when persons have their numbers
        "present": lambda: exp.Not(this=exp.Is(this=raw, expression=exp.null())),
        "prefix": lambda: exp.func("LEFT", text, exp.Literal.number(form.parameter)),
        "area": lambda: _mapped(text, codes, bound),
        "band": lambda: _banded(raw, edges, bound, whole=whole),
        "age": lambda: _banded(_age(raw, column.reference, bound), edges, bound, whole=True),
        "year": lambda: _call("YEAR", raw),
        "month": lambda: _call("STRFTIME", raw, exp.Literal.string("%Y-%m")),
        "quarter": lambda: exp.DPipe(
            this=_call("STRFTIME", raw, exp.Literal.string("%Y-K")),
            expression=exp.cast(_call("QUARTER", raw.copy()), "TEXT"),
        ),
    }
    return makers[form.name]()


def _mapped(raw: exp.Expr, codes: Mapping[str, str], bound: _Bound) -> exp.Expr:
    """The coarser area of a code; a code outside the list becomes missing.

    A list of 10,000 streets costs as little per row as one of ten: the engine looks codes up by
    their hash, where a function on lists would walk them.
    """
    if not codes:
        return exp.cast(exp.null(), "TEXT")
    pairs = exp.select(
        _call("UNNEST", bound(list(codes))).as_("code"),
        _call("UNNEST", bound(list(codes.values()))).as_("target"),
    )
    same = exp.EQ(this=exp.column("code", table="area"), expression=raw)
    found = exp.select(exp.column("target", table="area")).from_(pairs.subquery("area"))
    return found.where(same).subquery()


def _age(raw: exp.Expr, reference: date | None, bound: _Bound) -> exp.Expr:
    """Age in whole years on a day: the difference of yyyymmdd numbers, without the last four.

    Whoever was born after that day has no age on it.
    """
    day = reference or date.min
    year, month, born = (
        exp.Mul(this=_call(part, raw.copy()), expression=exp.Literal.number(weight))
        for part, weight in (("YEAR", 10000), ("MONTH", 100), ("DAY", 1))
    )
    number = exp.Add(this=exp.Add(this=year, expression=month), expression=born)
    today = bound(day.year * 10000 + day.month * 100 + day.day)
    difference = exp.paren(exp.Sub(this=today, expression=exp.paren(number)))
    age = exp.IntDiv(this=difference, expression=exp.Literal.number(10000))
    known = exp.GTE(this=difference.copy(), expression=exp.Literal.number(0))
    return exp.Case().when(known, age)


def _banded(raw: exp.Expr, edges: tuple[float, ...], bound: _Bound, *, whole: bool) -> exp.Expr:
    """The band a number lies in; missing and not-a-number stay missing."""
    case = exp.Case()
    if not whole:
        case = case.when(_call("ISNAN", raw.copy()), exp.null())
    for at in range(len(edges)):
        below = exp.LT(this=raw.copy(), expression=bound(edges[at]))
        case = case.when(below, bound(band_label(edges, at - 1, whole=whole)))
    last = exp.GTE(this=raw.copy(), expression=bound(edges[-1]))
    return case.when(last, bound(band_label(edges, len(edges) - 1, whole=whole)))


def _text(raw: exp.Expr, kind: LogicalType) -> exp.Expr:
    return raw if kind is LogicalType.STRING else exp.cast(raw, "TEXT")


def _output(column: ColumnPlan, alias: str) -> exp.Expr:
    return exp.column(column.name, table=alias, quoted=True)


def _column(name: str) -> exp.Expr:
    return exp.column(name, table="source", quoted=True)


def _relation(name: str) -> exp.Expr:
    return exp.to_table(name).as_("source")


def _count_if(condition: exp.Expr) -> exp.Expr:
    return exp.Count(this=exp.Case().when(condition, exp.Literal.number(1)))


def _kept(number: int) -> str:
    return f"kept_{number}"


def _made(name: str, query: exp.Expr) -> exp.Expr:
    return exp.Create(
        this=exp.to_table(name),
        kind="TABLE",
        expression=query,
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _statement(expression: exp.Expr, bound: _Bound) -> Statement:
    return Statement(expression.sql(dialect="duckdb"), bound.parameters)
