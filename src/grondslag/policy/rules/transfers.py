"""Transfers: personal data stays where the GDPR protects it, or something else protects it."""

from collections.abc import Iterator
from dataclasses import dataclass

from grondslag.accountability import Agreement
from grondslag.canonical import Path
from grondslag.law import EUROPEAN_ECONOMIC_AREA, STATUTES
from grondslag.plan import Party
from grondslag.policy.asked import personal_needs
from grondslag.policy.edits import DropParty
from grondslag.policy.model import Case, Fault, asks, notes, refuses, rule, waits
from grondslag.policy.people import AddAgreement, AskOfficer, NameCountry
from grondslag.vocabulary import OutputStep, PartyRole, TransferSafeguard, Trilean

AVG = STATUTES["AVG"]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody keeps personal data: a party of the plan, or who it engages in turn."""

    where: Path
    party: Party
    agreement: Agreement | None
    keeper: str
    country: str


def gets_personal_data(case: Case, party: Party) -> bool:
    """Whether personal data reaches an organisation: counts let out to others are none."""
    if party.role is PartyRole.PROCESSOR:
        return bool(personal_needs(case))
    steps = [case.plan.data[at].output for at in personal_needs(case)]
    records = any(step.height >= OutputStep.PSEUDONYMOUS.height for step in steps)
    return records and party.role in (PartyRole.RECIPIENT, PartyRole.JOINT_CONTROLLER)


def _places(case: Case) -> Iterator[_Place]:
    for at, party in enumerate(case.plan.parties):
        if not gets_personal_data(case, party):
            continue
        where = ("parties", at)
        agreement = case.accountability.agreements.get(party.agreement)
        yield _Place(where, party, agreement, party.name, party.country)
        for further in () if agreement is None else agreement.sub_processors:
            yield _Place(where, party, agreement, further.name, further.country)


@rule("transfers.country-is-known", AVG.article("44"), AVG.article("30", 1, "e"))
def country_is_known(case: Case) -> Iterator[Fault]:
    """Of everyone who gets personal data it is known in which country that data is kept."""
    for place in _places(case):
        if not place.country:
            yield refuses(
                "policy.transfers.country-is-known.unknown",
                place.where,
                NameCountry(place.keeper),
                DropParty(place.party.name),
                party=place.keeper,
            )


@rule("transfers.adequate-country", AVG.article("45", 1), AVG.article("45", 3))
def adequate_country(case: Case) -> Iterator[Fault]:
    """To a country the Commission found adequate data may go, within the limits of that finding."""
    for place in _outside(case):
        found = case.parameters.adequacy(place.country, case.day)
        if found is None or not _is_adequate(case, place.country):
            continue  # another rule looks for a safeguard
        facts = {"party": place.keeper, "country": place.country}
        if found.limits:
            code = "policy.transfers.adequate-country.limits"
            yield asks(code, place.where, AskOfficer(), DropParty(place.party.name), **facts)
        else:
            yield notes("policy.transfers.adequate-country.adequate", place.where, **facts)


@rule(
    "transfers.protected-elsewhere",
    AVG.article("44"),
    AVG.article("46", 1),
    AVG.article("46", 2),
    AVG.article("49", 3),
)
def protected_elsewhere(case: Case) -> Iterator[Fault]:
    """To any other country data goes only under a safeguard, after a look at the law over there."""
    for place in _outside(case):
        if _is_adequate(case, place.country):
            continue
        known = () if place.agreement is None else place.agreement.transfers
        named = [item for item in known if item.country == place.country]
        lasting = [item for item in named if item.safeguard is not TransferSafeguard.DEROGATION]
        remedies = (AddAgreement(place.party.name), DropParty(place.party.name))
        facts = {"party": place.keeper, "country": place.country}
        if any(item.assessed is Trilean.YES for item in lasting):
            code = "policy.transfers.protected-elsewhere.safeguard"
            yield asks(code, place.where, AskOfficer(), **facts)
        elif lasting:
            code = "policy.transfers.protected-elsewhere.not-assessed"
            yield waits(code, place.where, *remedies, **facts)
        else:
            code = (
                "policy.transfers.protected-elsewhere.derogation"
                if named
                else "policy.transfers.protected-elsewhere.nothing"
            )
            # Who a processor engages stands in its agreement, and can be arranged there.
            weighs = refuses if place.keeper == place.party.name else waits
            yield weighs(code, place.where, *remedies, **facts)


def _outside(case: Case) -> Iterator[_Place]:
    for place in _places(case):
        if place.country and place.country not in EUROPEAN_ECONOMIC_AREA:
            yield place


def _is_adequate(case: Case, country: str) -> bool:
    """Whether a decision counts today and until the plan ends."""
    days = (case.day, max(case.day, case.plan.end_date))
    return all(case.parameters.adequacy(country, day) is not None for day in days)
