"""Linking on the person: forbidden unless both owners allow it and a law of its own carries it."""

from collections.abc import Iterator

from grondslag.accountability import AgreementType
from grondslag.canonical import Path
from grondslag.law import STATUTES, statute
from grondslag.plan import Link
from grondslag.policy.edits import DropLink, ShortenLink
from grondslag.policy.model import Case, Fault, refuses, rule
from grondslag.policy.people import AddAgreement, AskOwner, NameGround
from grondslag.policy.rules.ground import PUBLIC
from grondslag.policy.words import has_filler
from grondslag.vocabulary import Domain, PartyRole

AVG, WGS = STATUTES["AVG"], STATUTES["WGS"]

MEANS = frozenset({Domain.INCOME, Domain.TAXES})
"""Domains that show what somebody earns or owns."""


@rule("linking.has-its-own-ground", AVG.article("5", 1, "b"), AVG.article("6", 3))
def link_has_its_own_ground(case: Case) -> Iterator[Fault]:
    """Each link rests on a law and article of its own that were read, with a reason."""
    for at, link in enumerate(case.plan.links):
        ground = link.ground
        read = case.parameters.provision(ground.law, ground.article)
        if ground.gdpr in PUBLIC and read is not None and not has_filler(link.reason):
            continue
        yield refuses(
            "policy.linking.has-its-own-ground.none",
            ("links", at, "ground"),
            NameGround(),
            DropLink(link.left, link.right),
            left=link.left,
            right=link.right,
            law=ground.law,
            article=ground.article,
        )


@rule("linking.both-owners-allow-it", AVG.article("5", 1, "b"), AVG.article("25", 2))
def both_owners_allow_it(case: Case) -> Iterator[Fault]:
    """Each link is allowed by both owners, for the domain at the other side."""
    for at, link in enumerate(case.plan.links):
        for own, other in ((link.left, link.right), (link.right, link.left)):
            if not _allows(case, own, other):
                yield refuses(
                    "policy.linking.both-owners-allow-it.denied",
                    ("links", at),
                    DropLink(link.left, link.right),
                    AskOwner(own),
                    dataset=own,
                    other=other,
                )


def _allows(case: Case, own: str, other: str) -> bool:
    contract, beyond = case.contracts.get(own), case.contracts.get(other)
    if contract is None or beyond is None or contract.privacy.linking is None:
        return False
    return beyond.privacy.domain in contract.privacy.linking.domains


@rule("linking.ends-with-the-plan", AVG.article("5", 1, "e"))
def link_ends_with_the_plan(case: Case) -> Iterator[Fault]:
    """A link ends no later than the access to the plan."""
    end = case.plan.end_date
    for at, link in enumerate(case.plan.links):
        if link.until > end:
            yield refuses(
                "policy.linking.ends-with-the-plan.later",
                ("links", at, "until"),
                ShortenLink(link.left, link.right, end),
                DropLink(link.left, link.right),
                left=link.left,
                right=link.right,
                end=end,
            )


@rule("linking.means-stay-apart-from-order", WGS.article("1.2"), WGS.article("2.17"))
def means_stay_apart_from_order(case: Case) -> Iterator[Fault]:
    """What people earn is linked to public order only within a partnership the WGS names."""
    for at, link in enumerate(case.plan.links):
        domains = _reached(case, link)
        joins = bool(domains & MEANS) and Domain.PUBLIC_ORDER in domains
        if joins and not (_rests_on_partnerships(link.ground.law) and in_partnership(case)):
            yield refuses(
                "policy.linking.means-stay-apart-from-order.joined",
                ("links", at),
                DropLink(link.left, link.right),
                AddAgreement(""),
                left=link.left,
                right=link.right,
            )


def _reached(case: Case, start: Link) -> set[Domain]:
    """The domains that come together through a link, also by way of other links."""
    reached = {start.left, start.right}
    while True:
        further = {
            name
            for link in case.plan.links
            if reached & {link.left, link.right}
            for name in (link.left, link.right)
        }
        if further <= reached:
            break
        reached |= further
    contracts = (case.contracts.get(name) for name in reached)
    return {contract.privacy.domain for contract in contracts if contract is not None}


@rule("ground.partnership-law-needs-a-partnership", WGS.article("1.2"), WGS.article("1.4"))
def partnership_law_needs_a_partnership(case: Case) -> Iterator[Fault]:
    """The WGS carries only work of the partnerships it names, under their own arrangement."""
    grounds: list[tuple[Path, str]] = [(("legal_basis",), case.plan.legal_basis.law)]
    grounds += [
        (("links", at, "ground"), link.ground.law) for at, link in enumerate(case.plan.links)
    ]
    for where, law in grounds:
        if _rests_on_partnerships(law) and not in_partnership(case):
            code = "policy.ground.partnership-law-needs-a-partnership.none"
            yield refuses(code, where, NameGround(), AddAgreement(""))


def _rests_on_partnerships(law: str) -> bool:
    return statute(law) is WGS


def in_partnership(case: Case, name: str = "") -> bool:
    """Whether the plan belongs to a partnership named in the WGS, by an arrangement in force.

    Args:
        case: The plan and what it is judged by.
        name: Which partnership; any by default.
    """
    for party in case.plan.parties:
        agreement = case.accountability.agreements.get(party.agreement)
        if (
            party.role is PartyRole.JOINT_CONTROLLER
            and agreement is not None
            and agreement.kind is AgreementType.JOINT
            and agreement.partnership
            and name in ("", agreement.partnership)
            and party.name in agreement.parties
            and agreement.is_valid(case.day)
        ):
            return True
    return False
