"""What rests on an article, and what changed between two days: for when the law changes.

A folder tree is read for plans, contracts and agreements, whatever their folders are called. What
cannot be read is told, never left out in silence: it may rest on the article as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from grondslag.accountability import Agreement, agreement_from
from grondslag.canonical import Document, read_document
from grondslag.contracts import Contract, read_contract
from grondslag.errors import GrondslagError
from grondslag.law import STATUTES, Provision, Statute, cited, statute
from grondslag.plan import Plan, plan_from
from grondslag.policy.matrix import link_matrix
from grondslag.policy.model import Rule
from grondslag.policy.parameters import Parameters
from grondslag.policy.rules import RULES
from grondslag.policy.settings_schema import NAMES
from grondslag.vocabulary import Domain


class RestKind(StrEnum):
    """What rests on an article: in a folder tree, or in the engine itself."""

    PLAN = "plan"
    CONTRACT = "contract"
    AGREEMENT = "agreement"
    THROUGH_DATA = "through_data"
    RULE = "rule"
    EDGE = "edge"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that rests on an article.

    Args:
        kind: What it is.
        name: How it is called: a key, a rule, two fields of work.
        file: Where it stands, below the folder that was read; empty for the engine's own.
        line: The line that names the article; 0 when none does.
        cites: The article as it is named there; for what rests on it through data: the dataset.
    """

    kind: RestKind
    name: str
    file: str
    line: int
    cites: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The documents below a folder, each with its path below it.

    Args:
        plans: Every plan.
        contracts: Every contract.
        agreements: Every agreement.
        unread: Files that could not be read.
    """

    plans: tuple[tuple[str, Plan], ...]
    contracts: tuple[tuple[str, Contract], ...]
    agreements: tuple[tuple[str, Agreement], ...]
    unread: tuple[str, ...]


def read_tree(folder: Path) -> Tree:
    """Read every plan, contract and agreement below a folder."""
    plans: list[tuple[str, Plan]] = []
    contracts: list[tuple[str, Contract]] = []
    agreements: list[tuple[str, Agreement]] = []
    unread: list[str] = []
    for path in sorted(folder.rglob("*.yaml")):
        where = path.relative_to(folder).as_posix()
        try:
            document = read_document(path)
            if path.name.endswith(".odcs.yaml"):
                contracts.append((where, read_contract(path)))
            elif _is_plan(document):
                plans.append((where, plan_from(document)))
            elif _has(document, "kind", "agreement"):
                agreements.append((where, agreement_from(document)))
        except GrondslagError:
            unread.append(where)
    return Tree(tuple(plans), tuple(contracts), tuple(agreements), tuple(unread))


def _is_plan(document: Document) -> bool:
    return _has(document, "plan", "grondslag/1")


def _has(document: Document, key: str, value: str) -> bool:
    return isinstance(document.content, Mapping) and document.content.get(key) == value


def resting_on(law: str, article: str, tree: Tree) -> tuple[Rest, ...]:
    """Everything that rests on an article: named by a document, through data, or in a rule.

    Args:
        law: Key or name of the law, also one we do not know.
        article: The article; a paragraph narrows it; empty for the whole law.
        tree: What was read below a folder.
    """
    wanted = _Wanted(law, article)
    contracts = [
        Rest(RestKind.CONTRACT, contract.name, where, line, text)
        for where, contract in tree.contracts
        for line, text in _in_contract(contract, wanted)
    ]
    resting = {rest.name for rest in contracts}
    found = [*contracts]
    for where, plan in tree.plans:
        direct = [
            Rest(RestKind.PLAN, plan.id, where, line, text) for line, text in _in_plan(plan, wanted)
        ]
        through = [
            Rest(RestKind.THROUGH_DATA, plan.id, where, plan.document.line(("data", at)), dataset)
            for at, need in enumerate(plan.data)
            if (dataset := need.dataset) in resting
        ]
        found += direct + through
    found += [
        Rest(RestKind.AGREEMENT, agreement.key, where, line, text)
        for where, agreement in tree.agreements
        for line, text in _in_agreement(agreement, wanted)
    ]
    found += [Rest(RestKind.UNREAD, where, where, 0, "") for where in tree.unread]
    order = list(RestKind)
    ranked = sorted(found, key=lambda item: (order.index(item.kind), item.file, item.line))
    return (*ranked, *_in_engine(wanted))


class _Wanted:
    """The article that is asked for."""

    def __init__(self, law: str, article: str) -> None:
        self.statute = statute(law)
        self.law = law.strip().casefold()
        self.provision = None if not article else cited(self.statute or _unknown(law), article)
        self.text = article.strip().casefold()

    def named_by(self, law: str, article: str) -> bool:
        """Whether a law and article as written in a document name it, or a part or whole of it."""
        same_law = statute(law) is self.statute if self.statute else law.casefold() == self.law
        if not same_law or not self.text:
            return same_law
        found = cited(self.statute or _unknown(law), article)
        if found is None or self.provision is None:
            return article.strip().casefold() == self.text
        return self.covers(found)

    def covers(self, other: Provision) -> bool:
        """Whether two provisions meet: the same article, and no other paragraph or point."""
        own = self.provision
        if own is None:
            return True
        narrower = zip(
            (own.paragraph, own.point or None), (other.paragraph, other.point or None), strict=True
        )
        return own.article == other.article and all(
            mine is None or theirs is None or mine == theirs for mine, theirs in narrower
        )


def _unknown(law: str) -> Statute:
    return Statute(law, "", law, None)


def _in_plan(plan: Plan, wanted: _Wanted) -> Iterator[tuple[int, str]]:
    """Where a plan names it: its basis, exceptions, further uses, links, rights set aside."""
    grounds: list[tuple[tuple[str | int, ...], str, str]] = [
        (("legal_basis",), plan.legal_basis.law, plan.legal_basis.article)
    ]
    for at, item in enumerate(plan.special_grounds):
        grounds.append((("special_grounds", at), "UAVG", item.exception))
        grounds.append((("special_grounds", at), item.law, item.article))
    for at, use in enumerate(plan.further_uses):
        grounds.append((("further_use", at), use.law, use.article))
    for at, link in enumerate(plan.links):
        grounds.append((("links", at, "ground"), link.ground.law, link.ground.article))
    if plan.informing is not None:
        grounds.append((("informing",), plan.informing.law, plan.informing.article))
    if plan.set_aside is not None:
        grounds.append((("rights_set_aside",), plan.set_aside.law, plan.set_aside.article))
    for where, law, article in grounds:
        if law and wanted.named_by(law, article):
            yield plan.document.line(where), f"{law} {article}"


def _in_contract(contract: Contract, wanted: _Wanted) -> Iterator[tuple[int, str]]:
    basis = contract.privacy.legal_basis
    if not wanted.named_by(basis.law, basis.article):
        return
    for at, item in enumerate(contract.document.content["customProperties"]):
        if item["property"] == "privacy":
            where = ("customProperties", at, "value", "legal_basis")
            yield contract.document.line(where), f"{basis.law} {basis.article}"


def _in_agreement(agreement: Agreement, wanted: _Wanted) -> Iterator[tuple[int, str]]:
    for at, ground in enumerate(agreement.grounds):
        if wanted.named_by(ground.law, ground.article):
            yield agreement.document.line(("grounds", at)), f"{ground.law} {ground.article}"


def _in_engine(wanted: _Wanted) -> Iterator[Rest]:
    """Rules and edges of the link matrix that cite it."""
    if wanted.statute is None:
        return
    for rule in RULES:
        for provision in rule.provisions:
            if provision.statute is wanted.statute and wanted.covers(provision):
                yield Rest(RestKind.RULE, rule.id, "", 0, str(provision))
    for edge in link_matrix().edges:
        if edge.provision.statute is wanted.statute and wanted.covers(edge.provision):
            name = " - ".join(sorted(edge.domains))
            yield Rest(RestKind.EDGE, name, "", 0, str(edge.provision))


class DifferenceKind(StrEnum):
    """What differs between two days."""

    RULE_IN = "rule_in"
    RULE_OUT = "rule_out"
    SETTING = "setting"
    DAY = "day"
    EDGE_IN = "edge_in"
    EDGE_OUT = "edge_out"
    LAW_TEXT = "law_text"
    LAW_OUT = "law_out"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two days.

    Args:
        kind: What differs.
        name: Of what: a rule, a setting, two fields of work, a law.
        before: On the first day; empty when it was not there.
        after: On the second day; empty when it is not there any more.
        domains: The fields of work of an edge.
        law: The provision of an edge.
    """

    kind: DifferenceKind
    name: str
    before: str
    after: str
    domains: tuple[Domain, ...] = ()
    law: str = ""


def differences(
    first: date, second: date, *, parameters: Parameters, rules: Iterable[Rule] = RULES
) -> tuple[Difference, ...]:
    """What differs between two days in the rules, settings, edges and statutes that were read.

    Args:
        first: The earlier day.
        second: The later day.
        parameters: The settings.
        rules: Which rules; all of them by default.
    """
    return (
        *_of_rules(first, second, rules),
        *_of_settings(first, second, parameters),
        *_of_edges(first, second),
        *_of_statutes(first, second),
    )


def _of_rules(first: date, second: date, rules: Iterable[Rule]) -> Iterator[Difference]:
    for rule in rules:
        before, after = rule.is_valid(first), rule.is_valid(second)
        if after and not before:
            yield Difference(DifferenceKind.RULE_IN, rule.id, "", rule.valid_from.isoformat())
        elif before and not after:
            last = "" if rule.valid_until is None else rule.valid_until.isoformat()
            yield Difference(DifferenceKind.RULE_OUT, rule.id, last, "")


def _of_settings(first: date, second: date, parameters: Parameters) -> Iterator[Difference]:
    for name in NAMES:
        before, after = parameters.value(name, first), parameters.value(name, second)
        if before != after:
            yield Difference(DifferenceKind.SETTING, name, _text(before), _text(after))
    for name in sorted({item.name for item in parameters.dates}):
        was, is_now = parameters.day_of(name, first), parameters.day_of(name, second)
        if was != is_now:
            yield Difference(DifferenceKind.DAY, name, _text(was), _text(is_now))


def _of_edges(first: date, second: date) -> Iterator[Difference]:
    for edge in link_matrix().edges:
        domains, law = tuple(sorted(edge.domains)), str(edge.provision)
        name = f"{' - '.join(domains)}: {law}"
        before, after = edge.is_valid(first, first), edge.is_valid(second, second)
        if after and not before:
            yield Difference(
                DifferenceKind.EDGE_IN, name, "", edge.valid_from.isoformat(), domains, law
            )
        elif before and not after:
            yield Difference(
                DifferenceKind.EDGE_OUT, name, _text(edge.valid_until), "", domains, law
            )


def _of_statutes(first: date, second: date) -> Iterator[Difference]:
    """Statutes whose text as we read it began in between, and those that ended."""
    for known in STATUTES.values():
        read = known.version_read
        if read is not None and first < read <= second:
            yield Difference(DifferenceKind.LAW_TEXT, known.key, "", read.isoformat())
        if known.is_in_force(first) and not known.is_in_force(second):
            yield Difference(DifferenceKind.LAW_OUT, known.key, _text(known.until), "")


def _text(value: object) -> str:
    return "" if value is None else str(value)
