"""A plan and its contracts to a `QueryPlan`: pure, the same for the same documents and day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from grondslag.contracts import Contract, LogicalType
from grondslag.delivery.anonymity import anonymity_of
from grondslag.delivery.model import (
    ColumnPlan,
    Mark,
    ObjectionPlan,
    QueryPlan,
    ScanPlan,
    TablePlan,
)
from grondslag.delivery.populations import populations_first
from grondslag.delivery.scoping import cuts_of, months_before
from grondslag.delivery.shaping import column_plan, privacy_of
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import DataNeed, Plan, WantedColumn
from grondslag.sources import REPEATS
from grondslag.vocabulary import (
    IdentifierRole,
    OutputStep,
    PartyRole,
    PersonalDataCategory,
    RhythmKind,
)
from grondslag.vocabulary.forms import EXACT, PSEUDONYM

__all__ = ["is_due", "months_before", "plan_query"]

_OUTSIDE = (PartyRole.JOINT_CONTROLLER, PartyRole.PARTNER, PartyRole.RECIPIENT)
_COUNTABLE = (LogicalType.STRING, LogicalType.INTEGER)
_WHOLE = re.compile(r"0|-?[1-9][0-9]*")


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
        PolicyRefusedError: Rows are chosen more finely than they are delivered, or a table of
            counts would name persons.
    """
    _check_links(plan)
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
            _is_national_id(contracts[need.dataset]),
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
    return QueryPlan(plan.id, day, populations_first(tables), objections, left_out)


def _check_links(plan: Plan) -> None:
    """A dataset is added to others or is added to, not both; nothing is lost on the way."""
    lefts = {link.left for link in plan.links}
    for link in plan.links:
        left, right = plan.need(link.left), plan.need(link.right)
        if link.right in lefts:
            raise InputError("delivery.link-chain", dataset=link.right)
        if left and right and right.output.height < left.output.height:
            raise InputError("delivery.link-output", left=link.left, right=link.right)


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
        wanted.name: privacy_of(contracts[name], contracts[name].column(wanted.name)).role
        for name in names
        for wanted in _delivered(scans[name])
    }
    delivered = [column.name for name in names for column in scans[name].columns]
    twice = [name for name in delivered if delivered.count(name) > 1]
    if twice:
        raise InputError("delivery.column-in-both", dataset=need.dataset, column=twice[0])
    if not delivered:
        raise InputError("delivery.nothing-wanted", dataset=need.dataset)
    minimums = [contracts[name].privacy.minimum_group for name in names]
    table = TablePlan(
        scan=scans[need.dataset],
        joined=tuple(scans[name] for name in right),
        output=need.output,
        count=need.count,
        minimum=max(minimum, *minimums),
        quasi=tuple(n for n in delivered if roles.get(n) is IdentifierRole.QUASI),
        sensitive=tuple(n for n in delivered if roles.get(n) is IdentifierRole.SENSITIVE),
    )
    if table.is_aggregate:
        _check_aggregate(table, roles)
    if table.output is OutputStep.ANONYMOUS:
        return replace(table, anonymity=anonymity_of(table, need, roles))
    if table.output is OutputStep.OPEN and table.texts:
        raise PolicyRefusedError("delivery.text-in-open", dataset=table.name, column=table.texts[0])
    for column in table.columns:
        if column.form.is_of_numbers:  # of all rows together, and nothing holds them together here
            raise PolicyRefusedError(
                "delivery.numbers-only-anonymous",
                dataset=table.name,
                column=column.name,
                form=str(column.form),
            )
    return table


def _delivered(scan: ScanPlan) -> tuple[ColumnPlan, ...]:
    """The delivered columns that stand in the contract: the mark of a repeated row does not."""
    return scan.columns[:-1] if scan.repeats else scan.columns


def _check_aggregate(table: TablePlan, roles: Mapping[str, IdentifierRole]) -> None:
    """A table of counts has a row per group; a column that tells persons apart is no group."""
    for column in table.columns:
        if column.name in (table.count, "withheld"):
            raise InputError("delivery.name-taken", dataset=table.name, column=column.name)
        names_one = column.form.name in ("pseudonym", "deidentified")
        if names_one or (roles[column.name] is IdentifierRole.DIRECT and column.form == EXACT):
            raise PolicyRefusedError(
                "delivery.person-in-aggregate", dataset=table.name, column=column.name
            )


def _scan(need: DataNeed, plan: Plan, contract: Contract, *, day: date, shared: bool) -> ScanPlan:
    privacy = contract.privacy
    linked = any(need.dataset in (link.left, link.right) for link in plan.links)
    wanted = [column for column in need.columns if column.form.name != "drop"]
    must = linked or need.count == "persons" or privacy.objections is not None
    may = need.output is not OutputStep.OPEN or any(_is_personal(c, contract) for c in wanted)
    must = must or any(column.form == PSEUDONYM for column in wanted)
    person = privacy.person_key if must or may else ""
    if must and not person:
        raise InputError("delivery.no-person-key", dataset=contract.name, contract=contract.file)
    if person and contract.column(person).type not in _COUNTABLE:
        raise InputError(
            "delivery.person-key-type",
            dataset=contract.name,
            column=person,
            contract=contract.file,
        )
    # The day on which ages are taken: the end of the period, when it has one.
    reference = need.period.end if need.period else day
    columns = [column_plan(column, contract, reference) for column in wanted]
    if need.repeats:
        _check_repeats(need, contract)
        columns.append(ColumnPlan(REPEATS, LogicalType.BOOLEAN, EXACT))
    return ScanPlan(
        dataset=contract.name,
        columns=tuple(columns),
        cuts=cuts_of(need, contract, day),
        person=person,
        person_type=contract.column(person).type if person else LogicalType.STRING,
        objections=privacy.objections is not None,
        mark=_mark(contract, leave_out=shared or _hides_marked(need, plan, columns)),
        repeats=need.repeats,
        is_national_id=bool(person) and _is_national_id(contract),
    )


def _is_national_id(contract: Contract) -> bool:
    """Whether persons stand in a dataset, and in its objections, by citizen service number."""
    entry = contract.column(contract.privacy.person_key).privacy
    return entry is not None and entry.category is PersonalDataCategory.NATIONAL_ID


def _check_repeats(need: DataNeed, contract: Contract) -> None:
    """To see that rows are the same, all their columns are looked at: for open data only."""
    if contract.privacy.access != "open":
        raise PolicyRefusedError("delivery.repeats-only-open", dataset=contract.name)
    if need.output is OutputStep.AGGREGATE or REPEATS in contract.column_names:
        raise InputError("delivery.repeats-only-records", dataset=contract.name)


def _is_personal(wanted: WantedColumn, contract: Contract) -> bool:
    privacy = privacy_of(contract, contract.column(wanted.name))
    return privacy.category is not PersonalDataCategory.NONE


def _hides_marked(need: DataNeed, plan: Plan, columns: Sequence[ColumnPlan]) -> bool:
    """Persons with the secrecy mark stay out of anonymous records: coarser, the mark would show.

    Out of a population beside them too, where they would be people that nobody looks like.
    """
    wishes = [one.anonymous for one in plan.data if one.anonymous is not None]
    beside = any(need.dataset in wish.populations for wish in wishes)
    marked = any(column.marked_form is not None for column in columns)
    return (beside or need.output is OutputStep.ANONYMOUS) and marked


def _mark(contract: Contract, *, leave_out: bool) -> Mark | None:
    """The secrecy mark, with a value that its column can hold: another would never be found."""
    mark = contract.privacy.secrecy_mark
    if mark is None:
        return None
    kind = contract.column(mark.column).type
    holds = {
        LogicalType.STRING: True,
        LogicalType.BOOLEAN: mark.value in ("true", "false"),
        LogicalType.INTEGER: _WHOLE.fullmatch(mark.value) is not None,
    }
    if not holds.get(kind, False):
        raise InputError(
            "delivery.mark-value",
            dataset=contract.name,
            column=mark.column,
            contract=contract.file,
        )
    return Mark(mark.column, mark.value, leave_out=leave_out)


def is_due(plan: Plan, earlier: list[date], day: date) -> bool:
    """Whether the plan's rhythm allows a delivery today, after those of earlier days."""
    if plan.rhythm is RhythmKind.ONCE:
        return not earlier
    if plan.rhythm_until is not None and day > plan.rhythm_until:
        return False
    if plan.rhythm is RhythmKind.MONTHLY:
        return all((past.year, past.month) != (day.year, day.month) for past in earlier)
    return all(past.year != day.year for past in earlier)
