"""Anonymous records: large enough groups, enough that is left, and wishes where they count."""

from collections.abc import Iterator, Mapping, Sequence

from grondslag.law import STATUTES
from grondslag.plan import DataNeed
from grondslag.policy.anonymous_edits import (
    AskLargerGroups,
    AskPopulation,
    DropPopulation,
    LeaveOutLess,
    MoveWishes,
)
from grondslag.policy.asked import AskedColumn, asked_columns
from grondslag.policy.edits import Coarsen, DropColumn, DropDataset
from grondslag.policy.model import Case, Fault, refuses, rule
from grondslag.vocabulary import Form, IdentifierRole, OutputStep
from grondslag.vocabulary.forms import EXACT

AVG = STATUTES["AVG"]


@rule("anonymity.enough-is-left", AVG.article("5", 1, "d"))
def enough_is_left(case: Case) -> Iterator[Fault]:
    """Of anonymous records no larger share is left out than the municipality allows.

    Who is left out is not like the others, so what is left would tell an untrue story.
    """
    most = case.parameters.value("largest_left_out_percent", case.day)
    for at, need in _records(case):
        asked = 0.0 if need.anonymous is None else need.anonymous.suppression
        if most is None or asked <= most / 100:
            continue  # what is not known, another rule refuses
        yield refuses(
            "policy.anonymity.enough-is-left.much",
            ("data", at, "anonymous", "suppression"),
            LeaveOutLess(need.dataset, most),
            DropDataset(need.dataset),
            dataset=need.dataset,
            percent=round(100 * asked, 1),
            most=most,
        )


@rule("anonymity.records-look-alike", AVG.article("25", 1))
def records_look_alike(case: Case) -> Iterator[Fault]:
    """In anonymous records so many people look alike as the municipality asks of records."""
    least = case.parameters.value("smallest_group_of_records", case.day)
    for at, need in _records(case):
        found = _group(case, need)
        if least is None or found is None or found >= least:
            continue  # what is not known, another rule refuses
        yield refuses(
            "policy.anonymity.records-look-alike.small",
            ("data", at, "anonymous"),
            AskLargerGroups(need.dataset, least),
            DropDataset(need.dataset),
            dataset=need.dataset,
            group=found,
            least=least,
        )


@rule("anonymity.wishes-stand-where-they-count", AVG.article("25", 1))
def wishes_stand_where_they_count(case: Case) -> Iterator[Fault]:
    """How records become anonymous is said at the dataset that the others are added to.

    One table comes out, and one wish holds for it: another one would be read by nobody.
    """
    added = _added(case)
    for at, need in enumerate(case.plan.data):
        to = added.get(need.dataset)
        if to is None or need.anonymous is None:
            continue
        yield refuses(
            "policy.anonymity.wishes-stand-where-they-count.elsewhere",
            ("data", at, "anonymous"),
            MoveWishes(need.dataset, to),
            dataset=need.dataset,
            to=to,
        )


@rule("anonymity.numbers-suit-their-column", AVG.article("25", 1))
def numbers_suit_their_column(case: Case) -> Iterator[Fault]:
    """Numbers are averaged, moved or rounded in anonymous records, where that protects somebody.

    An average makes people look alike: for what an outsider may know. Noise and rounding blur what
    nobody should learn, and leave everybody as recognisable as they were.
    """
    outputs = {need.dataset: need.output for need in case.plan.data}
    added = _added(case)
    for asked in asked_columns(case):
        form, privacy = asked.wanted.form, asked.privacy
        if not form.is_of_numbers:
            continue
        allowed = () if privacy is None else privacy.allowed
        fits = [one for one in allowed if privacy is not None and one.suits(privacy.role)]
        if outputs.get(added.get(asked.dataset, asked.dataset)) is not OutputStep.ANONYMOUS:
            other = [one for one in fits if not one.is_of_numbers and one != EXACT]
            yield _unsuited(asked, "policy.anonymity.numbers-suit-their-column.records", other)
        elif privacy is None or not form.suits(privacy.role):
            other = [one for one in fits if one.is_of_numbers]
            yield _unsuited(asked, "policy.anonymity.numbers-suit-their-column.role", other)


def _unsuited(asked: AskedColumn, code: str, other: Sequence[Form]) -> Fault:
    name = asked.wanted.name
    return refuses(
        code,
        (*asked.where, "form"),
        *(Coarsen(asked.dataset, name, one, at) for at, one in enumerate(other, start=1)),
        DropColumn(asked.dataset, name),
        dataset=asked.dataset,
        column=name,
        form=asked.wanted.form,
    )


@rule("anonymity.population-is-counted", AVG.article("5", 1, "a"), AVG.article("25", 1))
def population_is_counted(case: Case) -> Iterator[Fault]:
    """A population beside anonymous records is asked in the plan itself, as counts of persons.

    So it is read as all other data: for a purpose, with its owner's approval and under the same
    seal. It is counted in the columns and forms in which an outsider could know somebody.
    """
    for at, need in _records(case):
        for name in () if need.anonymous is None else need.anonymous.populations:
            columns = _known_outside(case, need)
            found = case.plan.need(name)
            if found is not None and _counts_alike(found, need, columns):
                continue
            code = "policy.anonymity.population-is-counted.otherwise"
            if found is None:
                code = "policy.anonymity.population-is-counted.missing"
            yield refuses(
                code,
                ("data", at, "anonymous"),
                AskPopulation(name, need.dataset, columns),
                DropPopulation(need.dataset, name),
                dataset=need.dataset,
                population=name,
                columns=columns,
            )


def _known_outside(case: Case, need: DataNeed) -> tuple[str, ...]:
    """The asked columns of a dataset by which an outsider could know somebody."""
    contract = case.contracts.get(need.dataset)
    if contract is None:
        return ()  # what nobody described, another rule refuses
    known = []
    for column in need.columns:
        entry = next((one for one in contract.columns if one.name == column.name), None)
        privacy = None if entry is None else entry.privacy
        if privacy is not None and privacy.role is IdentifierRole.QUASI:
            known.append(column.name)
    return tuple(known)


def _counts_alike(found: DataNeed, need: DataNeed, columns: tuple[str, ...]) -> bool:
    if found.output is not OutputStep.AGGREGATE or found.count != "persons":
        return False
    for name in columns:
        here, there = need.wants(name), found.wants(name)
        if here is None or there is None or here.form != there.form:
            return False
    return True


def _records(case: Case) -> Iterator[tuple[int, DataNeed]]:
    """What is asked as anonymous records, each table once."""
    added = _added(case)
    for at, need in enumerate(case.plan.data):
        if need.output is OutputStep.ANONYMOUS and need.dataset not in added:
            yield at, need


def _added(case: Case) -> Mapping[str, str]:
    """Per dataset that is added to another: to which."""
    return {link.right: link.left for link in case.plan.links}


def _group(case: Case, need: DataNeed) -> int | None:
    """How many people will look alike: the most that a contract, the plan or a setting asks."""
    names = [need.dataset, *(one for one, to in _added(case).items() if to == need.dataset)]
    known = [case.contracts[name] for name in names if name in case.contracts]
    minimum = case.parameters.value("minimum_group", case.day)
    if len(known) < len(names) or minimum is None:
        return None
    asked = 0 if need.anonymous is None else need.anonymous.k or 0
    return max(minimum, asked, *(contract.privacy.minimum_group for contract in known))
