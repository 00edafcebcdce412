"""Linking across fields of work: closed, unless the link matrix holds an edge that is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from grondslag.accountability import AgreementType
from grondslag.law import STATUTES, Provision
from grondslag.plan import Link
from grondslag.policy.edits import DropLink
from grondslag.policy.matrix import Edge, EdgeCondition, link_matrix
from grondslag.policy.model import Case, Fault, asks, refuses, rule
from grondslag.policy.people import AddAgreement, AskOfficer, GiveReason, NameBody, NameGround
from grondslag.policy.rules.linking import in_partnership
from grondslag.vocabulary import Domain, PartyRole
from grondslag.wording import Word

AVG = STATUTES["AVG"]

_LACKS = {
    EdgeCondition.TASK: NameBody(),
    EdgeCondition.CONSENT: GiveReason(),
    EdgeCondition.JOINT: AddAgreement(""),
    EdgeCondition.PARTNERSHIP: AddAgreement(""),
}
"""What people do about a condition that is not met."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two fields of work that come together through links.

    Args:
        domains: The two fields.
        links: The places in the plan of the links between them: the direct ones, or else all that
            hang together.
        grounds: Every ground that those links rest on, as far as it was read.
    """

    domains: tuple[Domain, Domain]
    links: tuple[int, ...]
    grounds: tuple[Provision, ...]


@rule("linking.edge-is-open", AVG.article("5", 1, "b"), AVG.article("6", 3))
def edge_is_open(case: Case) -> Iterator[Fault]:
    """Fields of work are joined on the person only where the link matrix holds an open edge."""
    for joined in joined_domains(case):
        if not is_open(case, joined):
            for at in joined.links:
                yield _closed(case, joined, at)


@rule("linking.most-harmful-edges-are-advised-on", AVG.article("5", 1, "b"), AVG.article("35", 2))
def most_harmful_edges_are_advised_on(case: Case) -> Iterator[Fault]:
    """Where a wrong join does most harm, the officer is heard on the risk after the join."""
    for joined in joined_domains(case):
        if any(edge.extra_care for edge in _edges(case, joined)):
            one, other = joined.domains
            code = "policy.linking.most-harmful-edges-are-advised-on.asked"
            for at in joined.links:
                yield asks(code, ("links", at), AskOfficer(), one=_word(one), other=_word(other))


def joined_domains(case: Case) -> Iterator[Joined]:
    """Every pair of different fields that comes together, also by way of a third.

    A dataset without a contract has no field: the rule about both owners refuses that link.
    """
    for links in _hanging_together(case.plan.links):
        fields = {
            name: contract.privacy.domain
            for at in links
            for name in (case.plan.links[at].left, case.plan.links[at].right)
            if (contract := case.contracts.get(name)) is not None
        }
        grounds = [_ground(case, case.plan.links[at]) for at in links]
        for one, other in combinations(sorted(set(fields.values())), 2):
            direct = tuple(
                at
                for at in links
                if {fields.get(case.plan.links[at].left), fields.get(case.plan.links[at].right)}
                == {one, other}
            )
            yield Joined((one, other), direct or links, tuple(item for item in grounds if item))


def is_open(case: Case, joined: Joined) -> bool:
    """Whether the matrix, or a jurist of the municipality, opens this pair by one of its grounds.

    Source:
        `link_matrix`; `Parameters.opens`.
    """
    matrix = link_matrix()
    if matrix.serves_any_task(*joined.domains) and any(_is_task(case, g) for g in joined.grounds):
        return True
    if case.parameters.opens(joined.domains, joined.grounds):
        return True
    return any(_is_met(case, edge) for edge in _edges(case, joined))


def _edges(case: Case, joined: Joined) -> list[Edge]:
    """The edges between two fields that a ground names, and that are there all the time."""
    end = max(case.plan.links[at].until for at in joined.links)
    return [
        edge
        for edge in link_matrix().between(*joined.domains)
        if any(edge.is_cited_by(ground) for ground in joined.grounds)
        and edge.is_valid(case.plan.dated, end)
    ]


def _is_met(case: Case, edge: Edge) -> bool:
    if edge.condition is EdgeCondition.TASK:
        return _is_task(case, edge.provision)
    if edge.condition is EdgeCondition.CONSENT:
        return case.plan.consent is not None  # how it was asked, the rules about consent look at
    if edge.condition is EdgeCondition.JOINT:
        return _is_joint(case)
    return in_partnership(case, edge.partnership)


def _is_task(case: Case, provision: Provision) -> bool:
    return case.plan.controller in case.parameters.bodies(provision)


def _is_joint(case: Case) -> bool:
    """Whether somebody decides with us, by an arrangement in force."""
    known = case.accountability.agreements
    agreements = [
        known.get(party.agreement)
        for party in case.plan.parties
        if party.role is PartyRole.JOINT_CONTROLLER
    ]
    return any(
        item is not None and item.kind is AgreementType.JOINT and item.is_valid(case.day)
        for item in agreements
    )


def _closed(case: Case, joined: Joined, at: int) -> Fault:
    link = case.plan.links[at]
    one, other = (_word(domain) for domain in joined.domains)
    where, drop = ("links", at), DropLink(link.left, link.right)
    named = [
        edge
        for edge in link_matrix().between(*joined.domains)
        if any(edge.is_cited_by(ground) for ground in joined.grounds)
    ]
    lacking = next((edge for edge in _edges(case, joined)), None)
    if lacking is not None:
        code = "policy.linking.edge-is-open.condition"
        condition = Word(f"policy.edge.{lacking.condition}")
        remedy = _LACKS[lacking.condition]
        return refuses(
            code, where, drop, remedy, one=one, other=other, condition=condition,
            provision=str(lacking.provision),
        )  # fmt: skip
    if named:
        code = "policy.linking.edge-is-open.days"
        start = named[0].valid_from
        return refuses(code, where, drop, NameGround(), one=one, other=other, start=start)
    code = "policy.linking.edge-is-open.closed"
    return refuses(code, where, drop, NameGround(), one=one, other=other)


def _ground(case: Case, link: Link) -> Provision | None:
    return case.parameters.provision(link.ground.law, link.ground.article)


def _hanging_together(links: tuple[Link, ...]) -> list[tuple[int, ...]]:
    """The places of links in groups: two links are in one group when a path joins them."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, link in enumerate(links):
        names, places = {link.left, link.right}, [at]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names |= group[0]
            places += group[1]
        groups.append((names, places))
    return [tuple(sorted(places)) for _, places in groups]


def _word(domain: Domain) -> Word:
    return Word(f"policy.domain.{domain}")
