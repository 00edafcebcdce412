"""What a delivered table must contain, in plain Python: slow, obvious, and written from the law.

Takes a plan, its contracts and rows as dictionaries; knows no query plan, no SQL and no engine. It
says what every table holds, what each protection left out, and why a delivery would be refused.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from grondslag.contracts import Contract, LogicalType
from grondslag.plan import DataNeed, Plan
from grondslag.vocabulary import Form, IdentifierRole, OutputStep, PartyRole, PersonalDataCategory
from reference_values import (
    MISSING,
    comparable,
    delivered_values,
    form_when_marked,
    is_marked,
    text_of,
)


@dataclass
class Table:
    """One expected table: its columns, its rows as a multiset, what was left out, its persons."""

    columns: list[str]
    rows: Counter
    removed: Counter = field(default_factory=Counter)
    persons: set = field(default_factory=set)


@dataclass
class Expected:
    """All tables by name, and every reason to refuse (then no table counts)."""

    tables: dict[str, Table] = field(default_factory=dict)
    refusals: set = field(default_factory=set)


def expected(
    plan: Plan,
    contracts: dict[str, Contract],
    data: dict[str, list[dict]],
    *,
    day: date,
    minimum: int,
    key: bytes,
) -> Expected:
    """What a delivery of *plan* on *day* must be."""
    answer = Expected()
    outside = {PartyRole.JOINT_CONTROLLER, PartyRole.PARTNER, PartyRole.RECIPIENT}
    to_third_parties = any(party.role in outside for party in plan.parties)
    rights = {link.right for link in plan.links}
    for need in plan.data:
        answer.refusals |= refusals_of_scope(need, contracts[need.dataset])
    if answer.refusals:
        return answer
    for need in plan.data:
        if need.dataset in rights:
            continue
        parts = [need, *(plan.need(link.right) for link in plan.links if link.left == need.dataset)]
        answer.refusals |= refusals_of_table(parts, contracts)
        if not answer.refusals:
            make_table(
                answer,
                parts,
                plan,
                contracts,
                data,
                day=day,
                minimum=minimum,
                key=key,
                leave_out_marked=to_third_parties,
            )
    return answer


# ---- refused before anything is read ------------------------------------------------------------


def refusals_of_scope(need: DataNeed, contract: Contract) -> set[str]:
    found = set()
    for scope in (need.period, need.area):
        if scope is None:
            continue
        column = contract.column(scope.column)
        if not column.privacy.filterable:
            found.add("delivery.not-filterable")
        wanted = next((w.form for w in need.columns if w.name == scope.column), Form("drop"))
        hidden = wanted.name not in ("exact", "drop")
        if scope is need.period:
            if hidden and not whole_periods(need.period, wanted.name):
                found.add("delivery.filter-on-masked")
            if column.type == "integer" and not whole_periods(need.period, "year"):
                found.add("delivery.period-in-years")
            if column.type not in ("integer", "date", "timestamp"):
                found.add("delivery.period-without-days")
        else:
            areas = contract.privacy.areas
            levels = list(areas.levels)
            own = column.privacy.area_level
            asked = [
                areas.areas[code].level if code in areas.areas else None for code in scope.codes
            ]
            for level in asked:
                if level is None or levels.index(level) < levels.index(own):
                    found.add("delivery.unknown-area")
                elif hidden and (
                    wanted.name != "area" or levels.index(level) < levels.index(wanted.parameter)
                ):
                    found.add("delivery.filter-on-masked")
    return found


def whole_periods(period, part: str) -> bool:
    """Whether the period is made of whole months, quarters or years."""
    if part not in ("month", "quarter", "year"):
        return False

    def begins(moment: date) -> bool:
        if moment.day != 1:
            return False
        months = {"month": 1, "quarter": 3, "year": 12}[part]
        return (moment.month - 1) % months == 0

    ends = period.end == date.max or begins(period.end + timedelta(days=1))
    return begins(period.start) and ends


def refusals_of_table(parts: list[DataNeed], contracts: dict[str, Contract]) -> set[str]:
    found = set()
    names = [w.name for need in parts for w in need.columns if w.form.name != "drop"]
    if len(set(names)) != len(names):
        found.add("delivery.column-in-both")
    main = parts[0]
    if main.output is OutputStep.AGGREGATE:
        if main.count in names or "withheld" in names:
            found.add("delivery.name-taken")
        for need in parts:
            for wanted in need.columns:
                role = contracts[need.dataset].column(wanted.name).privacy.role
                if wanted.form.name == "pseudonym" or (
                    role is IdentifierRole.DIRECT and wanted.form.name == "exact"
                ):
                    found.add("delivery.person-in-aggregate")
    if not names:
        found.add("delivery.nothing-wanted")
    return found


# ---- rows ---------------------------------------------------------------------------------------


def make_table(
    answer, parts, plan, contracts, data, *, day, minimum, key, leave_out_marked
) -> None:
    main = parts[0]
    removed: Counter = Counter()
    linked = len(parts) > 1
    kept: list[list[tuple]] = []  # per part: (person, delivered values)
    for need in parts:
        contract = contracts[need.dataset]
        rows = limited(data[need.dataset], need, contract, day, removed)
        rows = unmarked(rows, need, contract, leave_out_marked, removed)
        with_person = counts_persons(need, contract, linked=linked)
        people = [
            person_of(row[contract.privacy.person_key], contract) if with_person else None
            for row in rows
        ]
        if with_person and any(person in (None, "") for person in people):
            answer.refusals.add("delivery.rows-without-person")
            return
        if need is not main and len(set(people)) != len(people):
            answer.refusals.add("delivery.person-twice")
            return
        gone = objectors(plan, contract, data)
        stay = [(p, row) for p, row in zip(people, rows, strict=True) if p not in gone]
        if contract.privacy.objections is not None:
            removed["objection", need.dataset] += len(rows) - len(stay)
        kept.append(
            [
                (person, delivered_values(row, person, need, contract, day, key, leave_out_marked))
                for person, row in stay
            ]
        )

    with_persons = counts_persons(main, contracts[main.dataset], linked=linked)
    records = []
    for person, values in kept[0]:
        whole = list(values)
        for need, rows in zip(parts[1:], kept[1:], strict=True):
            width = sum(w.form.name != "drop" for w in need.columns)
            whole += next((v for p, v in rows if p == person), [MISSING] * width)
        records.append((person, tuple(comparable(value) for value in whole)))

    names = [w.name for need in parts for w in need.columns if w.form.name != "drop"]
    least = max([minimum] + [contracts[need.dataset].privacy.minimum_group for need in parts])
    if main.output is OutputStep.AGGREGATE:
        rows, small = counted(records, main.count, least, with_persons)
        removed["small_cells", main.dataset] += small
        names = [*names, main.count, "withheld"]
    else:
        rows = Counter(values for _person, values in records)
        if main.output is OutputStep.PSEUDONYMOUS:
            roles = [
                contracts[need.dataset].column(w.name).privacy.role
                for need in parts
                for w in need.columns
                if w.form.name != "drop"
            ]
            if smallest_group(records, roles, with_persons) < least:
                answer.refusals.add("delivery.group-too-small")
    persons = {person for person, _values in records} - {None}
    answer.tables[main.dataset] = Table(names, rows, removed, persons)


def counts_persons(need: DataNeed, contract: Contract, *, linked: bool) -> bool:
    """Whether persons are known and must be: to count them, link them or leave them out."""
    if not contract.privacy.person_key:
        return False
    personal = any(
        contract.column(w.name).privacy.category is not PersonalDataCategory.NONE
        for w in need.columns
        if w.form.name != "drop"
    )
    return (
        linked
        or any(w.form.name == "pseudonym" for w in need.columns)
        or personal
        or need.count == "persons"
        or need.output is not OutputStep.OPEN
        or contract.privacy.objections is not None
    )


def limited(rows, need: DataNeed, contract: Contract, day: date, removed: Counter) -> list[dict]:
    """The period, then retention, then the area; what is missing may not stay."""
    name = need.dataset
    if need.period:
        column = contract.column(need.period.column)
        first, last = need.period.start, need.period.end
        stay = [
            r
            for r in rows
            if (value := as_day_or_year(r[column.name], column.type)) is not None
            and (
                first.year <= value <= last.year
                if column.type == "integer"
                else first <= value <= last
            )
        ]
        removed["period", name] += len(rows) - len(stay)
        rows = stay
    if contract.retention:
        months = contract.retention.amount * (12 if contract.retention.unit == "y" else 1)
        start = day_months_before(day, months)
        column = contract.column(contract.retention.column)
        stay = [r for r in rows if surely_from(r[column.name], column.type, start)]
        removed["retention", name] += len(rows) - len(stay)
        rows = stay
    if need.area:
        areas = contract.privacy.areas
        column = contract.column(need.area.column)
        wanted, level = set(need.area.codes), column.privacy.area_level
        stay = [r for r in rows if inside(text_of(r[column.name]), level, wanted, areas)]
        removed["area", name] += len(rows) - len(stay)
        rows = stay
    return rows


def day_months_before(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    last = [31, 29 if is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return date(year, month, min(day.day, last))


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def as_day_or_year(value, kind: LogicalType):
    if value is None or kind == "integer":
        return value
    return value.date() if isinstance(value, datetime) else value


def surely_from(value, kind: LogicalType, start: date) -> bool:
    """Whether a row is of *start* or later, whichever day of its year it is of."""
    known = as_day_or_year(value, kind)
    if known is None:
        return False
    if kind == "integer":
        return known > start.year or (known == start.year and start == date(start.year, 1, 1))
    return known >= start


def inside(code, level: str, wanted: set[str], areas) -> bool:
    """Whether an area is one of the wanted, or lies in one; a code of another level is no code."""
    if code not in areas.areas or areas.areas[code].level != level:
        return False
    while code in areas.areas:
        if code in wanted:
            return True
        code = areas.areas[code].within
    return False


def unmarked(rows, need, contract, leave_out: bool, removed: Counter) -> list[dict]:
    if contract.privacy.secrecy_mark is None:
        return rows
    marked = [row for row in rows if is_marked(row, contract)]
    if leave_out:
        removed["secrecy", need.dataset] += len(marked)
        return [row for row in rows if not is_marked(row, contract)]
    if any(form_when_marked(w, contract) != w.form for w in need.columns if w.form.name != "drop"):
        removed["coarsened", need.dataset] += len(marked)
    return rows


def person_of(value, contract: Contract):
    """A person as text; a citizen service number always has its nine digits."""
    text = text_of(value)
    category = contract.column(contract.privacy.person_key).privacy.category
    if category == "national_id" and text and text.isascii() and text.isdigit():
        return text.rjust(9, "0")
    return text


def objectors(plan: Plan, contract: Contract, data) -> set[str]:
    """Who objects to this purpose; an objection to an unnamed purpose or in no state counts."""
    where = contract.privacy.objections
    if where is None:
        return set()
    return {
        person_of(row[where.person], contract)
        for row in data[where.dataset]
        if row[where.person] is not None
        and row[where.purpose] in (None, plan.purpose)
        and (row[where.state] is None or row[where.state] in where.left_out_states)
    }


# ---- groups -------------------------------------------------------------------------------------


def counted(records, count: str, least: int, with_persons: bool):
    """One row per group with its count, withheld where the group is too small."""
    groups = defaultdict(list)
    for person, values in records:
        groups[values].append(person)
    rows, small = Counter(), 0
    for values, people in groups.items():
        size = len(set(people)) if with_persons else len(people)
        shown = len(set(people)) if count == "persons" else len(people)
        withheld = size < least
        small += withheld
        rows[(*values, None if withheld else shown, comparable(withheld))] += 1
    return rows, small


def smallest_group(records, roles, with_persons: bool) -> float:
    """The fewest persons (or rows) that look alike by what could give someone away."""
    places = [at for at, role in enumerate(roles) if role is IdentifierRole.QUASI]
    if not records or (not places and not with_persons):
        return math.inf
    groups = defaultdict(list)
    for person, values in records:
        groups[tuple(values[at] for at in places)].append(person)
    return min(len(set(p)) if with_persons else len(p) for p in groups.values())
