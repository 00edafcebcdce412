"""Text to start a privacy statement from: what the law asks people to hear, as far as a plan says.

What no plan knows, such as an address to write to, is asked for by name. Whether the text is plain
enough for who must read it, a person judges.

Source:
    GDPR arts. 12(1), 13(1) to (3), 14(1), (2) and (4), 21(4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grondslag.contracts import Contract
from grondslag.law import EUROPEAN_ECONOMIC_AREA
from grondslag.policy.asked import asked_of, personal_needs
from grondslag.policy.model import Case
from grondslag.policy.rules.consent import rests_on_consent
from grondslag.policy.rules.purpose import further_needs
from grondslag.vocabulary import AdministrativeBody, GdprBasis, PartyRole, Trilean
from grondslag.wording import Word, sentence

_BODIES: Mapping[AdministrativeBody, Word] = {
    AdministrativeBody.COUNCIL: Word("policy.body.raad"),
    AdministrativeBody.EXECUTIVE_BOARD: Word("policy.body.college"),
    AdministrativeBody.MAYOR: Word("policy.body.burgemeester"),
}

_ROLES: Mapping[PartyRole, str] = {
    PartyRole.PROCESSOR: "policy.statement.processor",
    PartyRole.JOINT_CONTROLLER: "policy.statement.joint",
    PartyRole.PARTNER: "policy.statement.partner",
    PartyRole.RECIPIENT: "policy.statement.recipient",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence that people must be able to read, with its facts."""

    code: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Statement:
    """What people must hear, in order.

    Args:
        sentences: What the plan says.
        missing: What somebody must add, because no plan knows it.
    """

    sentences: tuple[str, ...]
    missing: tuple[str, ...]


def privacy_statement(case: Case, *, language: str = "nl") -> Statement:
    """The text to start from; empty when the plan asks nothing about people.

    Args:
        case: The plan with its contracts and agreements.
        language: ``nl`` or ``en``.
    """
    if not personal_needs(case):
        return Statement((), ())
    parts = (_who, _why, _what, _others, _how_long, _rights)
    lines = (line for part in parts for line in part(case))
    missing = ("policy.statement.add-controller", "policy.statement.add-officer")
    return Statement(
        tuple(sentence(line.code, language=language, **line.fields) for line in lines),
        tuple(sentence(code, language=language) for code in missing),
    )


def _say(code: str, **fields: object) -> _Line:
    return _Line(code, fields)


def _who(case: Case) -> Iterator[_Line]:
    """GDPR arts. 13(1)(a) and 14(1)(a)."""
    body = _BODIES[case.plan.controller]
    yield _say("policy.statement.controller", body=body, municipality=case.plan.municipality)


def _why(case: Case) -> Iterator[_Line]:
    """GDPR arts. 13(1)(c), 13(3), 14(1)(c) and 14(4)."""
    basis = case.plan.legal_basis
    yield _say("policy.statement.purpose", purpose=case.plan.purpose_text)
    for _, contract in further_needs(case):
        yield _say(
            "policy.statement.another-purpose",
            title=contract.title,
            known=tuple(one.replace("-", " ") for one in contract.privacy.purposes),
        )
    if rests_on_consent(case):
        yield _say("policy.statement.consent")
    if basis.gdpr is not GdprBasis.CONSENT:
        yield _say("policy.statement.basis", law=basis.law, article=basis.article, task=basis.task)


def _what(case: Case) -> Iterator[_Line]:
    """GDPR arts. 14(1)(d) and 14(2)(f)."""
    for at, contract in _asked_contracts(case):
        columns = [
            asked.column.title
            for asked in asked_of(case, at)
            if asked.column is not None and asked.is_personal
        ]
        if columns:
            yield _say("policy.statement.data", title=contract.title, columns=columns)
        origin = contract.privacy.origin.rstrip(". ")
        yield _say("policy.statement.origin", title=contract.title, origin=origin)


def _others(case: Case) -> Iterator[_Line]:
    """GDPR arts. 13(1)(e) and (f), 14(1)(e) and (f)."""
    for party in case.plan.parties:
        yield _say(_ROLES[party.role], party=party.name)
        agreement = case.accountability.agreements.get(party.agreement)
        places = [(party.name, party.country)]
        places += [
            (item.name, item.country)
            for item in (() if agreement is None else agreement.sub_processors)
        ]
        for name, country in places:
            if country and country not in EUROPEAN_ECONOMIC_AREA:
                yield _say("policy.statement.outside", party=name, country=country)


def _how_long(case: Case) -> Iterator[_Line]:
    """GDPR arts. 13(2)(a) and 14(2)(a)."""
    yield _say("policy.statement.until", end=case.plan.end_date)
    for _, contract in _asked_contracts(case):
        if contract.retention is not None:
            years, months = divmod(contract.retention.months, 12)
            if months:
                amount = contract.retention.months
                yield _say("policy.statement.kept-months", title=contract.title, amount=amount)
            else:
                yield _say("policy.statement.kept-years", title=contract.title, amount=years)


def _rights(case: Case) -> Iterator[_Line]:
    """GDPR arts. 13(2)(b) to (d) and (f), 14(2)(c) to (e) and (g), 21(4)."""
    automation = case.plan.automation
    if automation is not None and automation.solely is not Trilean.NO:
        yield _say("policy.statement.machine", measures=automation.measures)
    yield _say("policy.statement.rights")
    if case.plan.legal_basis.gdpr is GdprBasis.PUBLIC_TASK:
        yield _say("policy.statement.objection")
    if rests_on_consent(case):
        yield _say("policy.statement.withdrawal")
    yield _say("policy.statement.complaint")


def _asked_contracts(case: Case) -> Iterator[tuple[int, Contract]]:
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None:
            yield at, contract
