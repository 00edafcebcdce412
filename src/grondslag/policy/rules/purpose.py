"""Purpose: data is used for what it was collected for, or for something that fits with it."""

from collections.abc import Iterator, Mapping

from grondslag.contracts import Contract
from grondslag.law import STATUTES
from grondslag.plan import FACTORS, FurtherUse
from grondslag.policy.asked import asked_of, personal_needs
from grondslag.policy.edits import ChangeOutput, DropDataset
from grondslag.policy.model import Case, Fault, asks, notes, refuses, rule
from grondslag.policy.people import AskOfficer, AskOwner, GiveReason, NameGround, WeighPurpose
from grondslag.policy.words import is_reason, repeats
from grondslag.vocabulary import FurtherUseRoute, OutputStep, PersonalDataCategory, Trilean
from grondslag.wording import Word

AVG = STATUTES["AVG"]

_FACTOR_WORDS: Mapping[str, Word] = {
    "link": Word("policy.factor.link"),
    "context": Word("policy.factor.context"),
    "nature": Word("policy.factor.nature"),
    "consequences": Word("policy.factor.consequences"),
    "safeguards": Word("policy.factor.safeguards"),
}
_HEAVY = (
    PersonalDataCategory.SPECIAL,
    PersonalDataCategory.CRIMINAL,
    PersonalDataCategory.NATIONAL_ID,
)
_STATISTICAL = (FurtherUseRoute.STATISTICS, FurtherUseRoute.RESEARCH)


def further_needs(case: Case) -> Iterator[tuple[int, Contract]]:
    """The places in the plan that ask personal data kept for another purpose, with its contract."""
    for at in personal_needs(case):
        contract = case.contracts.get(case.plan.data[at].dataset)
        if contract is not None and case.plan.purpose not in contract.privacy.purposes:
            yield at, contract  # without a contract another rule refuses


def _planned(case: Case, *routes: FurtherUseRoute) -> Iterator[tuple[int, Contract, FurtherUse]]:
    """Further uses that the plan itself explains on one of these routes."""
    for at, contract in further_needs(case):
        use = case.plan.further_use(contract.name)
        if use is not None and use.route in routes:
            yield at, contract, use


def _where(case: Case, use: FurtherUse) -> tuple[str | int, ...]:
    return ("further_use", case.plan.further_uses.index(use))


@rule("purpose.owner-keeps-it-for-this", AVG.article("5", 1, "b"), AVG.article("6", 4))
def owner_keeps_it_for_this(case: Case) -> Iterator[Fault]:
    """Personal data serves the purpose it is kept for, or one found compatible on five factors."""
    purpose = case.plan.purpose
    for at, contract in further_needs(case):
        dataset, where = contract.name, ("data", at, "dataset")
        if case.plan.further_use(dataset) is not None:
            continue  # the rules below look whether it was weighed
        weighed = _by_owner(contract, purpose)
        if weighed is not None and not _thin(case, weighed):
            code = "policy.purpose.owner-keeps-it-for-this.compatible"
            yield notes(code, where, dataset=dataset)
        else:
            yield refuses(
                "policy.purpose.owner-keeps-it-for-this.other-purpose",
                where,
                AskOwner(dataset),
                WeighPurpose(dataset),
                DropDataset(dataset),
                dataset=dataset,
                purpose=purpose,
                known=contract.privacy.purposes,
            )


def _by_owner(contract: Contract, purpose: str) -> Mapping[str, str] | None:
    return next(
        (item.factors for item in contract.privacy.compatible_purposes if item.purpose == purpose),
        None,
    )


def _thin(case: Case, factors: Mapping[str, str]) -> tuple[str, ...]:
    """The factors that were ticked rather than weighed: empty, a filler, a word, the same again."""
    least = case.parameters.value("shortest_reason", case.day)
    said: list[str] = []
    thin: list[str] = []
    for factor in FACTORS:
        text = factors.get(factor, "")
        if not is_reason(text, least) or any(repeats(text, other) for other in said):
            thin.append(factor)
        said.append(text)
    return tuple(thin)


@rule(
    "purpose.five-factors-are-weighed",
    AVG.article("6", 4, "a"),
    AVG.article("6", 4, "b"),
    AVG.article("6", 4, "c"),
    AVG.article("6", 4, "d"),
    AVG.article("6", 4, "e"),
)
def five_factors_are_weighed(case: Case) -> Iterator[Fault]:
    """Who uses data for a further purpose writes each of the five factors out; its owner agrees."""
    for _, contract, use in _planned(case, FurtherUseRoute.COMPATIBLE):
        where, dataset = _where(case, use), contract.name
        thin = _thin(case, use.factors)
        if thin:
            yield refuses(
                "policy.purpose.five-factors-are-weighed.ticked",
                where,
                WeighPurpose(dataset),
                DropDataset(dataset),
                dataset=dataset,
                factors=[_FACTOR_WORDS[factor] for factor in thin],
            )
        else:
            code = "policy.purpose.five-factors-are-weighed.owner-agrees"
            yield asks(code, where, AskOwner(dataset), dataset=dataset)


@rule("purpose.heavy-data-is-advised-on", AVG.article("6", 4, "c"))
def heavy_data_is_advised_on(case: Case) -> Iterator[Fault]:
    """Special or criminal data serves a further purpose only after advice of the officer."""
    for at, contract in further_needs(case):
        entries = [asked.privacy for asked in asked_of(case, at)]
        if any(entry is not None and entry.category in _HEAVY for entry in entries):
            code = "policy.purpose.heavy-data-is-advised-on.asked"
            yield asks(code, ("data", at, "dataset"), AskOfficer(), dataset=contract.name)


@rule("purpose.statistics-stay-statistics", AVG.article("5", 1, "b"), AVG.article("89", 1))
def statistics_stay_statistics(case: Case) -> Iterator[Fault]:
    """Statistics and research fit any purpose, without names, decisions on people or loose ends."""
    for at, contract, use in _planned(case, *_STATISTICAL):
        where, dataset = _where(case, use), contract.name
        if case.plan.data[at].output is OutputStep.IDENTIFIED:
            yield refuses(
                "policy.purpose.statistics-stay-statistics.identified",
                ("data", at, "output"),
                ChangeOutput(dataset, OutputStep.PSEUDONYMOUS, 1),
                DropDataset(dataset),
                dataset=dataset,
            )
        if case.plan.individual_decision is not Trilean.NO:
            code = "policy.purpose.statistics-stay-statistics.decision"
            decision = ("individual_decision",)
            yield refuses(code, decision, NameGround(), DropDataset(dataset), dataset=dataset)
        if "safeguards" in _thin(case, {"safeguards": use.factors.get("safeguards", "")}):
            code = "policy.purpose.statistics-stay-statistics.safeguards"
            yield refuses(code, where, GiveReason(), DropDataset(dataset), dataset=dataset)
        else:
            code = "policy.purpose.statistics-stay-statistics.presumed"
            yield notes(code, where, dataset=dataset)


@rule("purpose.law-or-consent-carries-it", AVG.article("6", 4), AVG.article("23", 1))
def law_or_consent_carries_it(case: Case) -> Iterator[Fault]:
    """A use that does not fit rests on a law made for it, or on consent given for it."""
    for _, contract, use in _planned(case, FurtherUseRoute.LAW, FurtherUseRoute.CONSENT):
        where, dataset = _where(case, use), contract.name
        if use.route is FurtherUseRoute.CONSENT:
            if case.plan.consent is None:
                code = "policy.purpose.law-or-consent-carries-it.no-consent"
                yield refuses(code, where, GiveReason(), DropDataset(dataset), dataset=dataset)
            continue  # how it was asked, the rules about consent look at
        if case.parameters.provision(use.law, use.article) is None:
            yield refuses(
                "policy.purpose.law-or-consent-carries-it.unread",
                where,
                NameGround(),
                DropDataset(dataset),
                dataset=dataset,
                law=use.law,
                article=use.article,
            )
        else:
            code = "policy.purpose.law-or-consent-carries-it.law"
            yield asks(code, where, AskOfficer(), dataset=dataset, law=use.law, article=use.article)
