"""The catalogue: nothing is asked that its owner did not describe, rows included."""

from collections.abc import Iterator
from datetime import date, timedelta

from grondslag.contracts import Column, Contract, DataKind
from grondslag.law import STATUTES
from grondslag.plan import DataNeed
from grondslag.policy.asked import asked_columns, personal_needs
from grondslag.policy.changes import Change
from grondslag.policy.edits import ChangeCount, DropColumn, DropDataset, ShortenPeriod
from grondslag.policy.model import Case, Fault, notes, refuses, rule
from grondslag.policy.people import AskOwner, SetParameter
from grondslag.policy.settings_schema import NAMES
from grondslag.vocabulary import Form, OutputStep, Secrecy

AVG = STATUTES["AVG"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@rule("settings.are-known")
def settings_are_known(case: Case) -> Iterator[Fault]:
    """Every dated setting that the rules need has a value on the day of the check."""
    for name in NAMES:
        if case.parameters.value(name, case.day) is None:
            yield refuses("policy.settings.are-known.missing", (), SetParameter(name), name=name)


@rule("data.has-a-contract", AVG.article("5", 2))
def data_has_a_contract(case: Case) -> Iterator[Fault]:
    """Only data that its owner described in a contract is delivered."""
    for at, need in enumerate(case.plan.data):
        if need.dataset not in case.contracts:
            yield refuses(
                "policy.data.has-a-contract.missing",
                ("data", at, "dataset"),
                AskOwner(need.dataset),
                DropDataset(need.dataset),
                dataset=need.dataset,
            )


@rule("data.columns-are-described", AVG.article("5", 2), AVG.article("25", 2))
def columns_are_described(case: Case) -> Iterator[Fault]:
    """Only columns with a privacy entry of the owner are delivered."""
    for asked in asked_columns(case):
        if asked.contract is None or asked.privacy is not None:
            continue
        yield refuses(
            "policy.data.columns-are-described.unknown"
            if asked.column is None
            else "policy.data.columns-are-described.no-entry",
            asked.where,
            DropColumn(asked.dataset, asked.wanted.name),
            AskOwner(asked.dataset),
            dataset=asked.dataset,
            column=asked.wanted.name,
        )


@rule("data.persons-can-be-told-apart", AVG.article("5", 1, "d"))
def persons_can_be_told_apart(case: Case) -> Iterator[Fault]:
    """Who counts or links persons knows by which column a person is told apart."""
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        if need.count == "persons" and (contract is None or not contract.privacy.person_key):
            yield refuses(
                "policy.data.persons-can-be-told-apart.no-key",
                ("data", at, "count"),
                ChangeCount(need.dataset, "rows"),
                AskOwner(need.dataset),
                dataset=need.dataset,
            )


@rule("data.rows-are-chosen-openly", AVG.article("25", 2))
def rows_are_chosen_openly(case: Case) -> Iterator[Fault]:
    """Rows are chosen only on columns the owner allows that for, never finer than delivered."""
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        if contract is None:
            continue  # another rule refuses
        if need.period is not None:
            yield from _period(need, contract, at)
        if need.area is not None:
            yield from _area(need, contract, at)


def _period(need: DataNeed, contract: Contract, at: int) -> Iterator[Fault]:
    period = need.period
    if period is None:
        return
    where = ("data", at, "rows", "period")
    if not _may_choose_on(contract, period.column):
        yield _closed(need, period.column, where)
        return
    wanted = need.wants(period.column)
    form = wanted.form if wanted is not None else Form("drop")
    if form.name in ("exact", "drop"):
        return
    months = _MONTHS.get(form.name)
    inside = None if months is None else _whole(period.start, period.end, months)
    if inside == (period.start, period.end):
        return
    remedies: tuple[Change, ...] = (DropDataset(need.dataset),)
    if inside is not None and inside[0] <= inside[1]:
        remedies = (ShortenPeriod(need.dataset, *inside), *remedies)
    yield refuses(
        "policy.data.rows-are-chosen-openly.finer-period",
        where,
        *remedies,
        dataset=need.dataset,
        column=period.column,
        form=form,
    )


def _area(need: DataNeed, contract: Contract, at: int) -> Iterator[Fault]:
    area = need.area
    if area is None:
        return
    where = ("data", at, "rows", "area")
    if not _may_choose_on(contract, area.column):
        yield _closed(need, area.column, where)
        return
    known = contract.privacy.areas
    levels = () if known is None else known.levels
    codes = {} if known is None else known.areas
    wanted = need.wants(area.column)
    form = wanted.form if wanted is not None else Form("drop")
    coarsest = levels.index(form.parameter) if form.name == "area" else 0
    if any(
        code not in codes or levels.index(codes[code].level) < coarsest for code in area.codes
    ) or form.name not in ("exact", "drop", "area"):
        yield refuses(
            "policy.data.rows-are-chosen-openly.finer-area",
            where,
            AskOwner(need.dataset),
            DropDataset(need.dataset),
            dataset=need.dataset,
            column=area.column,
        )


def _may_choose_on(contract: Contract, name: str) -> bool:
    column: Column | None = next((item for item in contract.columns if item.name == name), None)
    return column is not None and column.privacy is not None and column.privacy.filterable


def _closed(need: DataNeed, column: str, where: tuple[str | int, ...]) -> Fault:
    return refuses(
        "policy.data.rows-are-chosen-openly.closed",
        where,
        AskOwner(need.dataset),
        DropDataset(need.dataset),
        dataset=need.dataset,
        column=column,
    )


def _whole(start: date, end: date, months: int) -> tuple[date, date]:
    """The whole years, quarters or months that lie within two days."""
    first = _floor(start, months)
    if first < start:
        first = _next(first, months)
    last = _next(_floor(end, months), months) - timedelta(days=1)
    if last > end:
        last = _floor(end, months) - timedelta(days=1)
    return first, last


def _floor(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@rule("anonymity.group-is-large-enough", AVG.article("25", 1))
def group_is_large_enough(case: Case) -> Iterator[Fault]:
    """A contract's minimum group is not below the municipality's own minimum."""
    least = case.parameters.value("minimum_group", case.day)
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is None or least is None or contract.privacy.minimum_group >= least:
            continue  # what is not known, another rule refuses
        yield refuses(
            "policy.anonymity.group-is-large-enough.small",
            ("data", at, "dataset"),
            AskOwner(dataset),
            DropDataset(dataset),
            dataset=dataset,
            group=contract.privacy.minimum_group,
            least=least,
        )


@rule("anonymity.persons-are-counted", AVG.article("25", 1))
def persons_are_counted(case: Case) -> Iterator[Fault]:
    """Where persons can be told apart, a table preferably counts persons."""
    for at in personal_needs(case):
        need = case.plan.data[at]
        contract = case.contracts.get(need.dataset)
        if (
            contract is not None
            and contract.privacy.person_key
            and contract.privacy.secrecy is not Secrecy.MEDICAL
            and (need.output, need.count) == (OutputStep.AGGREGATE, "rows")
        ):
            yield notes(
                "policy.anonymity.persons-are-counted.rows",
                ("data", at),
                ChangeCount(need.dataset, "persons"),
                dataset=need.dataset,
            )


@rule("example.no-real-people")
def example_has_no_real_people(case: Case) -> Iterator[Fault]:
    """An example uses made-up or open data only."""
    if not case.plan.example:
        return
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        if contract is None or contract.privacy.data is DataKind.REAL:
            yield refuses(
                "policy.example.no-real-people.real",
                ("data", at, "dataset"),
                DropDataset(need.dataset),
                dataset=need.dataset,
            )
