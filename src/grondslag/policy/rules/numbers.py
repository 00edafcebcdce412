"""The BSN belongs to the person: whoever uses it makes sure of that."""

from collections.abc import Iterator

from grondslag.law import STATUTES
from grondslag.policy.asked import asked_of, personal_needs
from grondslag.policy.model import Case, Fault, notes, rule
from grondslag.policy.people import AskOwner
from grondslag.vocabulary import Domain, PersonalDataCategory

WABB = STATUTES["Wabb"]


@rule("national-id.belongs-to-the-person", WABB.article("10"), WABB.article("12"))
def number_belongs_to_the_person(case: Case) -> Iterator[Fault]:
    """Outside the register of residents, whoever uses a BSN makes sure whose it is."""
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is None or contract.privacy.domain is Domain.BRP:
            continue
        if any(
            asked.privacy is not None and asked.privacy.category is PersonalDataCategory.NATIONAL_ID
            for asked in asked_of(case, at)
        ):
            code = "policy.national-id.belongs-to-the-person.check"
            yield notes(code, ("data", at), AskOwner(dataset), dataset=dataset)
