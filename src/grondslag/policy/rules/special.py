"""Special categories, criminal data, the BSN: forbidden unless a named exception carries it.

The exceptions are those of the UAVG that a municipality can meet at all. Articles written for
others (foundations, accountants, insurers, schools) are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grondslag.law import STATUTES, Provision, cited
from grondslag.plan import SpecialGround
from grondslag.policy.asked import AskedColumn, asked_of
from grondslag.policy.changes import Change
from grondslag.policy.edits import ChangeOutput, Coarsen, DropColumn, DropLink
from grondslag.policy.model import Case, Fault, asks, refuses, rule
from grondslag.policy.people import AskOfficer, NameGround
from grondslag.vocabulary import Form, OutputStep, PersonalDataCategory, Trilean

AVG, UAVG, WABB = STATUTES["AVG"], STATUTES["UAVG"], STATUTES["Wabb"]

Category = PersonalDataCategory


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exception to a prohibition.

    Args:
        statistics: It only serves statistics or research under art. 89(1): no identified records,
            no decision about one person.
        condition: The sentence of what a person must see to; empty when nothing.
    """

    statistics: bool = False
    condition: str = ""


_SECRET = "policy.special.has-an-exception.secrecy"  # noqa: S105 - the code of a sentence
_CONSENT = "policy.special.has-an-exception.consent"
_STATISTICS = "policy.special.has-an-exception.statistics"
_HARDSHIP = "policy.special.has-an-exception.vital"
_OPEN = "policy.special.has-an-exception.made-public"
_CLAIM = "policy.special.has-an-exception.claim"
_TREATY = "policy.special.has-an-exception.treaty"
_RECOGNISE = "policy.special.has-an-exception.recognise"
_OFFICE = "policy.special.has-an-exception.office"
_ENTRANCE = "policy.special.has-an-exception.entrance"
_CARE = "policy.special.has-an-exception.care-provider"
_STAFF = "policy.criminal.has-an-exception.staff"
_TOGETHER = "policy.criminal.has-an-exception.partnership"

SPECIAL: Mapping[tuple[str, int | None, str], Exemption] = {
    ("22", 2, "a"): Exemption(condition=_CONSENT),
    ("22", 2, "b"): Exemption(condition=_HARDSHIP),
    ("22", 2, "d"): Exemption(condition=_OPEN),
    ("22", 2, "e"): Exemption(condition=_CLAIM),
    ("23", None, "a"): Exemption(condition=_TREATY),
    ("23", None, "c"): Exemption(),
    ("24", None, ""): Exemption(statistics=True, condition=_STATISTICS),
    ("25", None, "a"): Exemption(condition=_RECOGNISE),
    ("25", None, "b"): Exemption(),
    ("26", None, ""): Exemption(condition=_OFFICE),
    ("28", 2, "b"): Exemption(statistics=True, condition=_STATISTICS),
    ("29", None, ""): Exemption(condition=_ENTRANCE),
    ("30", 1, "a"): Exemption(condition=_SECRET),
    ("30", 1, "b"): Exemption(condition=_SECRET),
    ("30", 3, "a"): Exemption(condition=_CARE),
}
"""UAVG arts. 22 to 30: article, paragraph, point."""

CRIMINAL: Mapping[tuple[str, int | None, str], Exemption] = {
    ("32", None, "a"): Exemption(condition=_CONSENT),
    ("32", None, "b"): Exemption(condition=_HARDSHIP),
    ("32", None, "c"): Exemption(condition=_OPEN),
    ("32", None, "d"): Exemption(condition=_CLAIM),
    ("32", None, "e"): Exemption(condition=_TREATY),
    ("32", None, "f"): Exemption(statistics=True, condition=_STATISTICS),
    ("33", 1, "a"): Exemption(),
    ("33", 1, "b"): Exemption(condition=_TOGETHER),
    ("33", 2, "a"): Exemption(),
    ("33", 2, "b"): Exemption(),
    ("33", 3, ""): Exemption(condition=_STAFF),
}
"""UAVG arts. 32 and 33."""


@rule("special.has-an-exception", AVG.article("9", 1), UAVG.article("22", 1))
def special_data_has_an_exception(case: Case) -> Iterator[Fault]:
    """Special categories are used only under an exception of the UAVG, with the law behind it."""
    yield from _under_exception(
        case, Category.SPECIAL, SPECIAL, "policy.special.has-an-exception.none"
    )


@rule("criminal.has-an-exception", AVG.article("10"), UAVG.article("31"))
def criminal_data_has_an_exception(case: Case) -> Iterator[Fault]:
    """Criminal data is used only under article 32 or 33 of the UAVG, with the law behind it."""
    yield from _under_exception(
        case, Category.CRIMINAL, CRIMINAL, "policy.criminal.has-an-exception.none"
    )


def _under_exception(
    case: Case,
    category: Category,
    table: Mapping[tuple[str, int | None, str], Exemption],
    code: str,
) -> Iterator[Fault]:
    for at, need in enumerate(case.plan.data):
        columns = list(_of_category(case, at, category))
        if not columns:
            continue
        ground = _ground(case, category, need.dataset)
        exception = None if ground is None else table.get(key_of(ground))
        if ground is None or exception is None or not _is_carried(case, ground):
            for asked in columns:
                drop = DropColumn(need.dataset, asked.wanted.name)
                name = asked.wanted.name
                yield refuses(
                    code, asked.where, NameGround(), drop, dataset=need.dataset, column=name
                )
        else:
            yield from _conditions(case, at, exception)


def _conditions(case: Case, at: int, exception: Exemption) -> Iterator[Fault]:
    need, where = case.plan.data[at], ("data", at)
    if exception.statistics and need.output is OutputStep.IDENTIFIED:
        yield refuses(
            "policy.special.statistics-only.identified",
            (*where, "output"),
            ChangeOutput(need.dataset, OutputStep.PSEUDONYMOUS, 1),
            dataset=need.dataset,
        )
    if exception.statistics and case.plan.individual_decision is not Trilean.NO:
        code = "policy.special.statistics-only.decision"
        yield refuses(code, ("individual_decision",), NameGround(), dataset=need.dataset)
    if exception.condition:
        yield asks(exception.condition, where, AskOfficer(), dataset=need.dataset)


def key_of(ground: SpecialGround) -> tuple[str, int | None, str]:
    """The article, paragraph and point of the UAVG that a plan names; empty when it names none."""
    found = cited(UAVG, ground.exception)
    return ("", None, "") if found is None else (found.article, found.paragraph, found.point)


def _ground(case: Case, category: Category, dataset: str) -> SpecialGround | None:
    return next(
        (
            item
            for item in case.plan.special_grounds
            if (item.category, item.dataset) == (category, dataset)
        ),
        None,
    )


def _is_carried(case: Case, ground: SpecialGround) -> bool:
    """Whether the law and article that carry the exception were read."""
    return _law_of(case, ground) is not None


def _law_of(case: Case, ground: SpecialGround) -> Provision | None:
    return case.parameters.provision(ground.law, ground.article)


def _of_category(case: Case, at: int, category: Category) -> Iterator[AskedColumn]:
    for asked in asked_of(case, at):
        if asked.privacy is not None and asked.privacy.category is category:
            yield asked


@rule("national-id.never-as-itself", UAVG.article("46"), WABB.article("10"))
def national_id_never_as_itself(case: Case) -> Iterator[Fault]:
    """A BSN is never delivered; at most a pseudonym in its place, or whether there is one."""
    for at, need in enumerate(case.plan.data):
        for asked in _of_category(case, at, Category.NATIONAL_ID):
            if asked.wanted.form.name in ("pseudonym", "present"):
                continue
            offered: tuple[Change, ...] = ()
            allowed = () if asked.privacy is None else asked.privacy.allowed
            names = [str(form) for form in allowed]
            if need.output.height >= OutputStep.PSEUDONYMOUS.height and "pseudonym" in names:
                steps = names.index("pseudonym") + 1
                offered = (Coarsen(need.dataset, asked.wanted.name, Form("pseudonym"), steps),)
            yield refuses(
                "policy.national-id.never-as-itself.number",
                (*asked.where, "form"),
                *offered,
                DropColumn(need.dataset, asked.wanted.name),
                dataset=asked.dataset,
                column=asked.wanted.name,
            )


@rule("national-id.has-a-ground", UAVG.article("46"), WABB.article("10"))
def national_id_has_a_ground(case: Case) -> Iterator[Fault]:
    """A BSN serves, also behind a pseudonym or a link, only to execute a law that is named."""
    for at, need in enumerate(case.plan.data):
        if _has_number_ground(case, need.dataset):
            continue
        for asked in _of_category(case, at, Category.NATIONAL_ID):
            yield refuses(
                "policy.national-id.has-a-ground.column",
                asked.where,
                NameGround(),
                DropColumn(need.dataset, asked.wanted.name),
                dataset=asked.dataset,
                column=asked.wanted.name,
            )
    for at, link in enumerate(case.plan.links):
        for dataset in (link.left, link.right):
            if _links_on_number(case, dataset) and not _has_number_ground(case, dataset):
                yield refuses(
                    "policy.national-id.has-a-ground.link",
                    ("links", at),
                    NameGround(),
                    DropLink(link.left, link.right),
                    dataset=dataset,
                )


def _has_number_ground(case: Case, dataset: str) -> bool:
    ground = _ground(case, Category.NATIONAL_ID, dataset)
    if ground is None:
        return False
    found = cited(UAVG, ground.exception)
    return found is not None and found.article == "46" and _is_carried(case, ground)


def _links_on_number(case: Case, dataset: str) -> bool:
    """Whether a link reads a BSN in this dataset; a key nobody described may be one."""
    contract = case.contracts.get(dataset)
    if contract is None or contract.privacy.linking is None:
        return False  # another rule refuses
    key = contract.privacy.linking.key
    column = next((item for item in contract.columns if item.name == key), None)
    entry = None if column is None else column.privacy
    return entry is None or entry.category is Category.NATIONAL_ID
