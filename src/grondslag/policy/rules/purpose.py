"""Purpose: data is used for what it was collected for, or for something that fits with it."""

from collections.abc import Iterator

from grondslag.contracts import Contract
from grondslag.law import STATUTES
from grondslag.policy.asked import personal_needs
from grondslag.policy.edits import DropDataset
from grondslag.policy.model import Case, Fault, notes, refuses, rule
from grondslag.policy.people import AskOwner
from grondslag.policy.words import has_filler

AVG = STATUTES["AVG"]

FACTORS = ("link", "context", "nature", "consequences", "safeguards")
"""What is weighed before personal data serves a further purpose (GDPR art. 6(4)(a) to (e))."""


@rule("purpose.owner-keeps-it-for-this", AVG.article("5", 1, "b"), AVG.article("6", 4))
def owner_keeps_it_for_this(case: Case) -> Iterator[Fault]:
    """Personal data serves the purpose it is kept for, or one found compatible on five factors."""
    purpose = case.plan.purpose
    for at in personal_needs(case):
        dataset = case.plan.data[at].dataset
        contract = case.contracts.get(dataset)
        if contract is None or purpose in contract.privacy.purposes:
            continue  # without a contract another rule refuses
        where = ("data", at, "dataset")
        if _is_compatible(contract, purpose):
            code = "policy.purpose.owner-keeps-it-for-this.compatible"
            yield notes(code, where, dataset=dataset)
        else:
            yield refuses(
                "policy.purpose.owner-keeps-it-for-this.other-purpose",
                where,
                AskOwner(dataset),
                DropDataset(dataset),
                dataset=dataset,
                purpose=purpose,
                known=contract.privacy.purposes,
            )


def _is_compatible(contract: Contract, purpose: str) -> bool:
    """Whether the owner weighed all five factors for this purpose, each in words."""
    return any(
        item.purpose == purpose
        and all(
            item.factors.get(factor) and not has_filler(item.factors[factor]) for factor in FACTORS
        )
        for item in contract.privacy.compatible_purposes
    )
