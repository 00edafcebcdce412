"""A plan and its contracts to a `QueryPlan`: pure, the same for the same documents and day."""

from collections.abc import Mapping
from datetime import date, timedelta

from grondslag.contracts import AreaList, Column, ColumnPrivacy, Contract, LogicalType
from grondslag.delivery.model import (
    ColumnPlan,
    Cut,
    Mark,
    ObjectionPlan,
    Protection,
    QueryPlan,
    ScanPlan,
    TablePlan,
)
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import DataNeed, Period, Plan, WantedColumn
from grondslag.vocabulary import (
    Form,
    IdentifierRole,
    OutputStep,
    PartyRole,
    PersonalDataCategory,
    RhythmKind,
)

_OUTSIDE = (PartyRole.JOINT_CONTROLLER, PartyRole.PARTNER, PartyRole.RECIPIENT)


def plan_query(
    plan: Plan, contracts: Mapping[str, Contract], *, day: date, minimum: int
) -> QueryPlan:
    """The one query plan of a project.

    Args:
        plan: Approved; nothing here judges it again.
        contracts: The contracts it names, and those of objections.
        day: On which retention is counted.
        minimum: The least group the rules in force allow; a contract may ask for more.

    Raises:
        InputError: A column has no privacy entry, or its form fits nothing: never guessed.
    """
    joined = {link.right for link in plan.links}
    shared = any(party.role in _OUTSIDE for party in plan.parties)
    scans = {
        need.dataset: _scan(need, plan, contracts[need.dataset], day=day, shared=shared)
        for need in plan.data
    }
    tables = tuple(
        _table(need, plan, contracts, scans, minimum)
        for need in plan.data
        if need.dataset not in joined
    )
    objections = {
        need.dataset: ObjectionPlan(
            found.dataset,
            found.person,
            found.purpose,
            found.state,
            (plan.purpose,),
            found.left_out_states,
        )
        for need in plan.data
        if (found := contracts[need.dataset].privacy.objections) is not None
        and scans[need.dataset].objections
    }
    left_out = {
        need.dataset: len(contracts[need.dataset].columns)
        - sum(column.form.name != "drop" for column in need.columns)
        for need in plan.data
    }
    return QueryPlan(plan.id, day, tables, objections, left_out)


def _table(
    need: DataNeed,
    plan: Plan,
    contracts: Mapping[str, Contract],
    scans: Mapping[str, ScanPlan],
    minimum: int,
) -> TablePlan:
    right = [link.right for link in plan.links if link.left == need.dataset]
    names = [need.dataset, *right]
    roles = {
        column.name: _privacy(contracts[name], contracts[name].column(column.name)).role
        for name in names
        for column in scans[name].columns
    }
    delivered = [column.name for name in names for column in scans[name].columns]
    twice = [name for name in delivered if delivered.count(name) > 1]
    if twice:
        raise InputError("delivery.column-in-both", dataset=need.dataset, column=twice[0])
    minimums = [contracts[name].privacy.minimum_group for name in names]
    return TablePlan(
        scan=scans[need.dataset],
        joined=tuple(scans[name] for name in right),
        output=need.output,
        count=need.count,
        minimum=max(minimum, *minimums),
        quasi=tuple(n for n in delivered if roles[n] is IdentifierRole.QUASI),
        sensitive=tuple(n for n in delivered if roles[n] is IdentifierRole.SENSITIVE),
    )


def _scan(need: DataNeed, plan: Plan, contract: Contract, *, day: date, shared: bool) -> ScanPlan:
    privacy = contract.privacy
    linked = any(need.dataset in (link.left, link.right) for link in plan.links)
    wanted = [column for column in need.columns if column.form.name != "drop"]
    holds_people = any(
        _privacy(contract, contract.column(column.name)).category is not PersonalDataCategory.NONE
        for column in wanted
    )
    needs_person = bool(privacy.person_key) and (
        linked or need.count == "persons" or holds_people or need.output is not OutputStep.OPEN
    )
    if (linked or need.count == "persons") and not privacy.person_key:
        raise InputError("delivery.no-person-key", dataset=contract.name, contract=contract.file)
    person = privacy.person_key if needs_person else ""
    mark = privacy.secrecy_mark if needs_person else None
    return ScanPlan(
        dataset=contract.name,
        columns=tuple(_column(column, contract, need, day) for column in wanted),
        cuts=_cuts(need, contract, day),
        person=person,
        person_type=contract.column(person).type if person else LogicalType.STRING,
        objections=privacy.objections is not None and needs_person,
        mark=None if mark is None else Mark(mark.column, mark.value, leave_out=shared),
    )


def _privacy(contract: Contract, column: Column) -> ColumnPrivacy:
    if column.privacy is None:
        raise InputError(
            "delivery.no-privacy-entry",
            dataset=contract.name,
            column=column.name,
            file=contract.file,
            line=column.line,
        )
    return column.privacy


def _column(wanted: WantedColumn, contract: Contract, need: DataNeed, day: date) -> ColumnPlan:
    column = contract.column(wanted.name)
    privacy = _privacy(contract, column)
    if wanted.form not in privacy.allowed:
        raise InputError(
            "delivery.form-not-allowed",
            dataset=contract.name,
            column=column.name,
            form=str(wanted.form),
            known=[str(form) for form in privacy.allowed],
        )
    mark = contract.privacy.secrecy_mark
    marked = mark.coarsen.get(column.name) if mark else None
    return ColumnPlan(
        name=column.name,
        type=column.type,
        form=wanted.form,
        edges=_edges(privacy, wanted.form, contract, column),
        codes=_codes(contract.privacy.areas, privacy.area_level, wanted.form),
        reference=_reference(need, day) if wanted.form.name == "age" else None,
        marked_form=marked,
        marked_codes=_codes(contract.privacy.areas, privacy.area_level, marked) if marked else {},
    )


def _edges(
    privacy: ColumnPrivacy, form: Form, contract: Contract, column: Column
) -> tuple[float, ...]:
    if form.name not in ("band", "age"):
        return ()
    edges = privacy.bands.get(form.parameter)
    if edges is None:
        raise InputError(
            "delivery.no-such-band", dataset=contract.name, column=column.name, form=str(form)
        )
    return edges


def _codes(areas: AreaList | None, level: str, form: Form) -> Mapping[str, str]:
    if form.name != "area" or areas is None:
        return {}
    return areas.mapping(level, form.parameter)


def _reference(need: DataNeed, day: date) -> date:
    """The day on which ages are taken: the end of the period, when it has one."""
    return need.period.end if need.period else day


def _cuts(need: DataNeed, contract: Contract, day: date) -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    if need.period:
        column = contract.column(need.period.column)
        _check_filter(need, contract, column, need.period)
        cuts.append(
            Cut(
                Protection.PERIOD,
                column.name,
                column.type,
                first=need.period.start,
                last=need.period.end,
            )
        )
    if need.area:
        column = contract.column(need.area.column)
        _check_filter(need, contract, column, None)
        codes = _area_codes(need, contract)
        cuts.append(Cut(Protection.AREA, column.name, column.type, codes=codes))
    if contract.retention:
        column = contract.column(contract.retention.column)
        keep_from = months_before(day, contract.retention.months)
        cuts.append(Cut(Protection.RETENTION, column.name, column.type, first=keep_from))
    return tuple(cuts)


def _check_filter(
    need: DataNeed, contract: Contract, column: Column, period: Period | None
) -> None:
    """Rows may be chosen on a column only where its owner says so, and no finer than delivered.

    A filter on the raw value of a masked column would read the raw value back, a day at a time.
    """
    if not _privacy(contract, column).filterable:
        raise PolicyRefusedError(
            "delivery.not-filterable", dataset=contract.name, column=column.name
        )
    wanted = need.wants(column.name)
    if wanted is None or not wanted.form.is_masked or wanted.form.name == "drop":
        return
    if period is not None and _is_aligned(period, wanted.form):
        return
    raise PolicyRefusedError(
        "delivery.filter-on-masked",
        dataset=contract.name,
        column=column.name,
        form=str(wanted.form),
    )


def _is_aligned(period: Period, form: Form) -> bool:
    """Whether a period begins and ends with whole years, quarters or months of the form."""
    months = {"year": (1,), "quarter": (1, 4, 7, 10), "month": tuple(range(1, 13))}
    begins = months.get(form.name, ())
    after = period.end + timedelta(days=1)
    return all(day.day == 1 and day.month in begins for day in (period.start, after))


def _area_codes(need: DataNeed, contract: Contract) -> tuple[str, ...]:
    """The codes at the column's own level inside the areas the plan names."""
    areas = contract.privacy.areas
    if need.area is None or areas is None:
        raise InputError("delivery.no-area-list", dataset=contract.name, contract=contract.file)
    level = _privacy(contract, contract.column(need.area.column)).area_level
    unknown = [code for code in need.area.codes if code not in areas.areas]
    if unknown or not level:
        raise InputError(
            "delivery.unknown-area",
            dataset=contract.name,
            column=need.area.column,
            areas=areas.name,
            count=len(unknown),
        )
    wanted = set(need.area.codes)
    return tuple(
        code
        for code in areas.codes(level)
        if any(areas.ancestor(code, areas.areas[above].level) == above for above in wanted)
    )


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or the month's last day when it is shorter.

    Legal periods are counted in calendar months and years, not in days.
    """
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError  # every month has a 28th


def is_due(plan: Plan, earlier: list[date], day: date) -> bool:
    """Whether the plan's rhythm allows a delivery today, after those of earlier days."""
    if plan.rhythm is RhythmKind.ONCE:
        return not earlier
    if plan.rhythm_until is not None and day > plan.rhythm_until:
        return False
    if plan.rhythm is RhythmKind.MONTHLY:
        return all((past.year, past.month) != (day.year, day.month) for past in earlier)
    return all(past.year != day.year for past in earlier)
