"""What the exceptions of the UAVG ask beyond their name: their kind of data, their conditions."""

from collections.abc import Iterator, Mapping

from grondslag.accountability import AgreementType
from grondslag.law import STATUTES
from grondslag.plan import SpecialGround
from grondslag.policy.asked import AskedColumn, asked_of
from grondslag.policy.edits import DropColumn
from grondslag.policy.model import Case, Fault, refuses, rule, waits
from grondslag.policy.people import AddAgreement, AskOwner, GiveReason, NameGround
from grondslag.policy.rules.special import CRIMINAL, SPECIAL, key_of
from grondslag.policy.words import is_reason
from grondslag.vocabulary import PartyRole, PersonalDataCategory, SpecialKind, Trilean
from grondslag.wording import Word

UAVG = STATUTES["UAVG"]

Category = PersonalDataCategory

_KINDS: Mapping[str, SpecialKind] = {
    "25": SpecialKind.ETHNICITY,
    "26": SpecialKind.POLITICS,
    "28": SpecialKind.GENETIC,
    "29": SpecialKind.BIOMETRIC,
    "30": SpecialKind.HEALTH,
}
"""Articles written for one kind of special data; 22 to 24 are for all of them."""

_KIND_WORDS: Mapping[SpecialKind, Word] = {
    SpecialKind.BELIEF: Word("policy.kind.belief"),
    SpecialKind.BIOMETRIC: Word("policy.kind.biometric"),
    SpecialKind.ETHNICITY: Word("policy.kind.ethnicity"),
    SpecialKind.GENETIC: Word("policy.kind.genetic"),
    SpecialKind.HEALTH: Word("policy.kind.health"),
    SpecialKind.POLITICS: Word("policy.kind.politics"),
    SpecialKind.SEX_LIFE: Word("policy.kind.sex-life"),
    SpecialKind.UNION: Word("policy.kind.union"),
}

_RESEARCH: Mapping[str, Word] = {
    "public_interest": Word("policy.research.public-interest"),
    "consent_impossible": Word("policy.research.consent-impossible"),
    "safeguards": Word("policy.research.safeguards"),
}
"""What UAVG art. 24(b), (c) and (d) ask to be written down."""


def _grounds(
    case: Case, category: Category
) -> Iterator[tuple[int, SpecialGround, list[AskedColumn]]]:
    """Each ground for a kind of data that is asked indeed, with the columns it is for."""
    for n, ground in enumerate(case.plan.special_grounds):
        if ground.category is not category:
            continue
        for at, need in enumerate(case.plan.data):
            columns = [
                asked
                for asked in asked_of(case, at)
                if need.dataset == ground.dataset
                and asked.privacy is not None
                and asked.privacy.category is category
            ]
            if columns:
                yield n, ground, columns


@rule(
    "special.exception-fits-the-kind",
    UAVG.article("25"),
    UAVG.article("26"),
    UAVG.article("28"),
    UAVG.article("29"),
    UAVG.article("30"),
)
def exception_fits_the_kind(case: Case) -> Iterator[Fault]:
    """An exception written for one kind of special data carries no other; not known is no."""
    for _, ground, columns in _grounds(case, Category.SPECIAL):
        article = key_of(ground)[0]
        if key_of(ground) not in SPECIAL:
            continue  # another rule refuses
        for asked in columns:
            kind = None if asked.privacy is None else asked.privacy.kind
            if kind is not None and _carries(article, kind):
                continue
            drop = DropColumn(asked.dataset, asked.wanted.name)
            facts: dict[str, object] = {
                "dataset": asked.dataset,
                "column": asked.wanted.name,
                "article": article,
            }
            if kind is None:
                code = "policy.special.exception-fits-the-kind.unknown"
                yield refuses(code, asked.where, AskOwner(asked.dataset), drop, **facts)
            else:
                code = "policy.special.exception-fits-the-kind.other"
                facts["kind"] = _KIND_WORDS[kind]
                yield refuses(code, asked.where, NameGround(), drop, **facts)


def _carries(article: str, kind: SpecialKind) -> bool:
    """Whether an article is for this kind; genetic data has none but its own and consent."""
    if kind is SpecialKind.GENETIC:
        return article in ("22", "28")
    return _KINDS.get(article) in (None, kind)


@rule("special.research-says-why", UAVG.article("24"), UAVG.article("28", 2), UAVG.article("32"))
def research_says_why(case: Case) -> Iterator[Fault]:
    """Research and statistics on such data write down their interest, why not asking, safeguards.

    Being a municipality is no exception: articles 24 and 32 hold for whoever meets all of this.
    """
    least = case.parameters.value("shortest_reason", case.day)
    for category, table in ((Category.SPECIAL, SPECIAL), (Category.CRIMINAL, CRIMINAL)):
        for n, ground, _ in _grounds(case, category):
            exemption = table.get(key_of(ground))
            if exemption is None or not exemption.statistics:
                continue
            texts = {name: getattr(ground, name) for name in _RESEARCH}
            missing = [
                _RESEARCH[name] for name, text in texts.items() if not is_reason(text, least)
            ]
            if missing:
                yield waits(
                    "policy.special.research-says-why.missing",
                    ("special_grounds", n),
                    GiveReason(),
                    dataset=ground.dataset,
                    missing=missing,
                )


@rule("special.addition-has-its-main-thing", UAVG.article("23"))
def addition_has_its_main_thing(case: Case) -> Iterator[Fault]:
    """Special data as an addition to criminal data comes only with criminal data that may."""
    for n, ground, columns in _grounds(case, Category.SPECIAL):
        beside = any(
            other.dataset == ground.dataset and key_of(other) in CRIMINAL
            for _, other, _ in _grounds(case, Category.CRIMINAL)
        )
        if key_of(ground) == ("23", None, "c") and not beside:
            yield refuses(
                "policy.special.addition-has-its-main-thing.alone",
                ("special_grounds", n),
                NameGround(),
                *(DropColumn(asked.dataset, asked.wanted.name) for asked in columns[:1]),
                dataset=ground.dataset,
            )


@rule("special.written-objection-counts", UAVG.article("25"))
def written_objection_counts(case: Case) -> Iterator[Fault]:
    """Whoever objects in writing to use of their origin for a preferred position stays out."""
    for n, ground, _ in _grounds(case, Category.SPECIAL):
        contract = case.contracts.get(ground.dataset)
        silent = contract is None or contract.privacy.objections is None
        if key_of(ground) == ("25", None, "b") and silent:
            code = "policy.special.written-objection-counts.nowhere"
            where = ("special_grounds", n)
            yield waits(code, where, AskOwner(ground.dataset), dataset=ground.dataset)


@rule("criminal.partnership-is-arranged", UAVG.article("33", 1, "b"))
def partnership_is_arranged(case: Case) -> Iterator[Fault]:
    """The exception for a partnership under public law holds only for who arranged one."""
    arranged = any(
        party.role is PartyRole.JOINT_CONTROLLER
        and (agreement := case.accountability.agreements.get(party.agreement)) is not None
        and agreement.kind is AgreementType.JOINT
        and party.name in agreement.parties
        and agreement.is_valid(case.day)
        for party in case.plan.parties
    )
    for n, ground, _ in _grounds(case, Category.CRIMINAL):
        if key_of(ground) == ("33", 1, "b") and not arranged:
            code = "policy.criminal.partnership-is-arranged.alone"
            where = ("special_grounds", n)
            yield refuses(code, where, NameGround(), AddAgreement(""), dataset=ground.dataset)


@rule("criminal.request-ends-in-a-decision", UAVG.article("33", 2, "a"))
def request_ends_in_a_decision(case: Case) -> Iterator[Fault]:
    """The exception for judging a request holds only where a decision about that person falls."""
    for n, ground, _ in _grounds(case, Category.CRIMINAL):
        about_one = case.plan.individual_decision is Trilean.YES
        if key_of(ground) == ("33", 2, "a") and not about_one:
            code = "policy.criminal.request-ends-in-a-decision.none"
            where = ("special_grounds", n)
            yield refuses(code, where, NameGround(), dataset=ground.dataset)


@rule("criminal.staff-data-is-about-staff", UAVG.article("33", 3))
def staff_data_is_about_staff(case: Case) -> Iterator[Fault]:
    """The exception for one's own staff carries data about staff only; not known is no."""
    for n, ground, _ in _grounds(case, Category.CRIMINAL):
        contract = case.contracts.get(ground.dataset)
        subjects = () if contract is None else contract.privacy.data_subjects
        if key_of(ground) == ("33", 3, "") and subjects != ("employees",):
            code = "policy.criminal.staff-data-is-about-staff.others"
            where = ("special_grounds", n)
            yield refuses(
                code, where, NameGround(), AskOwner(ground.dataset), dataset=ground.dataset
            )
