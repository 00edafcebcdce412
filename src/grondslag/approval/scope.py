"""Which columns an approval opens: what is wanted, and what its protections need."""

from collections.abc import Iterator, Mapping

from grondslag.contracts import Contract
from grondslag.plan import Plan


def allowed_columns(plan: Plan, contracts: Mapping[str, Contract], dataset: str) -> tuple[str, ...]:
    """The columns of a dataset that may be read, in the order of its contract.

    Wanted columns, the columns rows are chosen by, and those that protections need: the person (to
    count and to leave people out), the date that retention counts from, the secrecy mark, the key
    of a link, and of objections the person, purpose and state.

    Args:
        plan: The approved plan.
        contracts: The approved contracts.
        dataset: Which dataset; one the plan does not need gives nothing.
    """
    names = set(_wanted(plan, dataset))
    if plan.need(dataset) is not None:
        names |= set(_protecting(plan, contracts[dataset]))
    for name, contract in contracts.items():
        objections = contract.privacy.objections
        if objections and objections.dataset == dataset and plan.need(name) is not None:
            names |= {objections.person, objections.purpose, objections.state}
    return tuple(name for name in contracts[dataset].column_names if name in names)


def _wanted(plan: Plan, dataset: str) -> Iterator[str]:
    need = plan.need(dataset)
    if need is None:
        return
    yield from (column.name for column in need.columns)
    if need.period is not None:
        yield need.period.column
    if need.area is not None:
        yield need.area.column


def _protecting(plan: Plan, contract: Contract) -> Iterator[str]:
    privacy = contract.privacy
    if privacy.person_key:
        yield privacy.person_key
    if contract.retention is not None:
        yield contract.retention.column
    if privacy.secrecy_mark is not None:
        yield privacy.secrecy_mark.column
    linked = any(contract.name in (link.left, link.right) for link in plan.links)
    if linked and privacy.linking is not None:
        yield privacy.linking.key
