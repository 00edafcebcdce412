"""Other organisations: who works for us, decides with us, or brings and gets data."""

from collections.abc import Iterator, Mapping

from grondslag.accountability import Agreement, AgreementType, ProcessingTerm
from grondslag.law import STATUTES
from grondslag.plan import Party
from grondslag.policy.asked import personal_needs
from grondslag.policy.changes import Change
from grondslag.policy.edits import DropParty, ShortenEnd
from grondslag.policy.model import Case, Fault, asks, rule, waits
from grondslag.policy.people import AddAgreement
from grondslag.policy.rules.transfers import gets_personal_data
from grondslag.vocabulary import PartyRole, Trilean
from grondslag.wording import Word

AVG = STATUTES["AVG"]

_TERMS: Mapping[str, Word] = {
    "documented_instructions": Word("policy.term.documented-instructions"),
    "confidentiality": Word("policy.term.confidentiality"),
    "security": Word("policy.term.security"),
    "sub_processors": Word("policy.term.sub-processors"),
    "data_subject_rights": Word("policy.term.data-subject-rights"),
    "assistance": Word("policy.term.assistance"),
    "return_or_deletion": Word("policy.term.return-or-deletion"),
    "audits": Word("policy.term.audits"),
}


def _parties(case: Case, *roles: PartyRole) -> Iterator[tuple[int, Party]]:
    """The organisations in certain roles, in a plan with personal data."""
    if personal_needs(case):
        for at, party in enumerate(case.plan.parties):
            if party.role in roles:
                yield at, party


def _in_force(
    case: Case, at: int, party: Party, kind: AgreementType
) -> Iterator[Agreement | Fault]:
    """The agreement with a party when it binds long enough, and what is wrong with it."""
    where = ("parties", at)
    remedy = AddAgreement(party.name)
    agreement = case.accountability.agreements.get(party.agreement)
    fits = agreement is not None and agreement.kind is kind and party.name in agreement.parties
    if agreement is None or not fits or not agreement.is_valid(case.day):
        yield waits("policy.parties.agreement.none", where, remedy, party=party.name)
        return
    if not _covers(case, agreement, party):
        yield waits("policy.parties.agreement.covers-less", where, remedy, party=party.name)
    last = agreement.valid_until
    if last < case.plan.end_date:
        shorter: tuple[Change, ...] = (ShortenEnd(last), remedy)
        code = "policy.parties.agreement.ends-first"
        yield waits(code, where, *shorter, party=party.name, last=last, end=case.plan.end_date)
    yield agreement


def _covers(case: Case, agreement: Agreement, party: Party) -> bool:
    """Whether it is about this purpose and, a partner apart, about all the personal data.

    Which data a partner brings stands in no plan; its own secrecy and purpose rules look after it.
    """
    asked = {case.plan.data[at].dataset for at in personal_needs(case)}
    data = party.role is PartyRole.PARTNER or asked <= set(agreement.datasets)
    return data and case.plan.purpose in agreement.purposes


@rule("parties.processor-is-bound", AVG.article("28", 3))
def processor_is_bound(case: Case) -> Iterator[Fault]:
    """Who processes for us is bound by an agreement with all points of article 28(3)."""
    for at, party in _parties(case, PartyRole.PROCESSOR):
        for item in _in_force(case, at, party, AgreementType.PROCESSING):
            if isinstance(item, Fault):
                yield item
            elif item.missing_terms:
                yield waits(
                    "policy.parties.processor-is-bound.incomplete",
                    ("parties", at),
                    AddAgreement(party.name),
                    party=party.name,
                    count=len(item.missing_terms),
                    terms=[_TERMS[term] for term in item.missing_terms],
                )


@rule("parties.processor-has-no-purposes", AVG.article("28", 10))
def processor_has_no_purposes(case: Case) -> Iterator[Fault]:
    """Who works for us uses the data for our purposes only; not known is no."""
    for at, party in _parties(case, PartyRole.PROCESSOR):
        agreement = case.accountability.agreements.get(party.agreement)
        if agreement is not None and agreement.own_purposes is not Trilean.NO:
            yield waits(
                "policy.parties.processor-has-no-purposes.own",
                ("parties", at),
                AddAgreement(party.name),
                DropParty(party.name),
                party=party.name,
            )


@rule("security.who-gets-it-protects-it", AVG.article("32", 1), AVG.article("5", 1, "f"))
def who_gets_it_protects_it(case: Case) -> Iterator[Fault]:
    """Who gets records of people promised how they are secured; for counts nothing is needed."""
    for at, party in _parties(case, PartyRole.RECIPIENT, PartyRole.JOINT_CONTROLLER):
        agreement = case.accountability.agreements.get(party.agreement)
        if agreement is None or not gets_personal_data(case, party):
            continue  # without an agreement another rule waits
        if agreement.terms.get(ProcessingTerm.SECURITY) is not Trilean.YES:
            code = "policy.security.who-gets-it-protects-it.nothing"
            yield waits(code, ("parties", at), AddAgreement(party.name), party=party.name)


@rule("parties.joint-controllers-arranged-it", AVG.article("26", 1))
def joint_controllers_arranged_it(case: Case) -> Iterator[Fault]:
    """Who decides with us arranged with us who answers to the people concerned."""
    for at, party in _parties(case, PartyRole.JOINT_CONTROLLER):
        for item in _in_force(case, at, party, AgreementType.JOINT):
            if isinstance(item, Fault):
                yield item
            elif item.rights_arranged is not Trilean.YES:
                code = "policy.parties.joint-controllers-arranged-it.rights"
                yield waits(code, ("parties", at), AddAgreement(party.name), party=party.name)


@rule("parties.partner-has-own-ground", AVG.article("5", 2), AVG.article("6", 1))
def partner_has_own_ground(case: Case) -> Iterator[Fault]:
    """Who brings or gets personal data has an agreement with us, and a legal basis of its own."""
    for at, party in _parties(case, PartyRole.PARTNER, PartyRole.RECIPIENT):
        for item in _in_force(case, at, party, AgreementType.DATA_SHARING):
            if isinstance(item, Fault):
                yield item
            else:
                yield from _own_ground(case, at, party, item)


def _own_ground(case: Case, at: int, party: Party, agreement: Agreement) -> Iterator[Fault]:
    grounds = [ground for ground in agreement.grounds if ground.party == party.name]
    where = ("parties", at)
    if not grounds:
        code = "policy.parties.partner-has-own-ground.none"
        yield waits(code, where, AddAgreement(party.name), party=party.name)
        return
    for ground in grounds:
        if case.parameters.provision(ground.law, ground.article) is None:
            yield asks(
                "policy.parties.partner-has-own-ground.unread",
                where,
                party=party.name,
                law=ground.law,
                article=ground.article,
            )
