"""Cameras, sensors, number plates, reading along online: seen openly, for a while, and counted.

The refusal of following devices rests on articles 5(1)(c) and 6(3) of the GDPR: a gate counts as
well, and no law that we read lets a municipality follow telephones. What Enschede and Amsterdam
met stands beside it as experience: the fine of Enschede was annulled, so it is no reason.
"""

from collections.abc import Iterator

from grondslag.contracts import Contract, Observation
from grondslag.law import STATUTES, cited, statute
from grondslag.policy.edits import ChangeOutput, DropDataset
from grondslag.policy.model import Case, Fault, notes, refuses, rule
from grondslag.policy.people import AskOwner, CountAtSource, NameBody, NameGround
from grondslag.policy.words import has_filler
from grondslag.vocabulary import (
    AdministrativeBody,
    Domain,
    ObservationWay,
    OutputStep,
    Trilean,
)

AVG, TOWN = STATUTES["AVG"], STATUTES["Gemeentewet"]

KEPT_AT_MOST = 28
"""Days that images of cameras in public places are kept (Gemeentewet art. 151c(9))."""

_SEEING = frozenset(
    {
        "camera_surveillance",
        "flexible_camera_surveillance",
        "covert_investigation",
        "internet_of_things",
    }
)
"""Answers of the plan that say something or somebody looks at people."""

_IMAGES = (ObservationWay.CAMERA, ObservationWay.NUMBER_PLATE)


def _seen(case: Case, *ways: ObservationWay) -> Iterator[tuple[int, Contract, Observation]]:
    """The places in the plan of datasets that were seen in one of these ways; any by default."""
    for at, need in enumerate(case.plan.data):
        contract = case.contracts.get(need.dataset)
        seen = None if contract is None else contract.privacy.observation
        if contract is not None and seen is not None and (not ways or seen.way in ways):
            yield at, contract, seen


@rule("observation.is-described", AVG.article("5", 2), AVG.article("25", 1))
def observation_is_described(case: Case) -> Iterator[Fault]:
    """A plan that says people are looked at uses data whose owner says how they were seen."""
    answered = case.plan.assessment
    if answered is None or not _SEEING & set(answered.list_items):
        return  # without answers another rule waits
    if not any(True for _ in _seen(case)):
        for at, need in enumerate(case.plan.data):
            yield refuses(
                "policy.observation.is-described.nowhere",
                ("data", at, "dataset"),
                AskOwner(need.dataset),
                dataset=need.dataset,
            )


@rule(
    "cameras.mayor-decides-where-and-how-long",
    TOWN.article("151c", 1),
    TOWN.article("151c", 2),
    TOWN.article("151c", 6),
    TOWN.article("151c", 9),
)
def mayor_decides_where_and_how_long(case: Case) -> Iterator[Fault]:
    """Cameras for public order hang where and as long as the mayor decided, in plain sight."""
    for at, contract, seen in _seen(case, ObservationWay.CAMERA):
        if contract.privacy.domain is not Domain.PUBLIC_ORDER:
            continue
        where, name = ("data", at, "dataset"), contract.name
        if not _rests_on_cameras(contract):
            yield refuses(
                "policy.cameras.mayor-decides-where-and-how-long.law",
                where,
                AskOwner(name),
                DropDataset(name),
                dataset=name,
            )
        if case.plan.controller is not AdministrativeBody.MAYOR:
            yield refuses(
                "policy.cameras.mayor-decides-where-and-how-long.body",
                ("controller", "body"),
                NameBody(),
                dataset=name,
            )
        if not seen.place or has_filler(seen.decision) or seen.until is None:
            yield refuses(
                "policy.cameras.mayor-decides-where-and-how-long.decision",
                where,
                AskOwner(name),
                DropDataset(name),
                dataset=name,
            )
        elif seen.until < case.day:
            yield refuses(
                "policy.cameras.mayor-decides-where-and-how-long.ended",
                where,
                AskOwner(name),
                DropDataset(name),
                dataset=name,
                until=seen.until,
            )
        if seen.kept_days is None or seen.kept_days > KEPT_AT_MOST:
            yield refuses(
                "policy.cameras.mayor-decides-where-and-how-long.kept",
                where,
                AskOwner(name),
                DropDataset(name),
                dataset=name,
                days=KEPT_AT_MOST,
            )


def _rests_on_cameras(contract: Contract) -> bool:
    basis = contract.privacy.legal_basis
    found = cited(TOWN, basis.article)
    return statute(basis.law) is TOWN and found is not None and found.article == "151c"


@rule("observation.images-leave-as-counts", AVG.article("5", 1, "c"), AVG.article("25", 2))
def images_leave_as_counts(case: Case) -> Iterator[Fault]:
    """Images and number plates leave as counts, but for what they were taken for."""
    for at, contract, _ in _seen(case, *_IMAGES):
        need = case.plan.data[at]
        if need.output.height <= OutputStep.AGGREGATE.height:
            continue
        if case.plan.purpose not in contract.privacy.purposes:
            steps = need.output.height - OutputStep.AGGREGATE.height
            yield refuses(
                "policy.observation.images-leave-as-counts.records",
                ("data", at, "output"),
                ChangeOutput(contract.name, OutputStep.AGGREGATE, steps),
                DropDataset(contract.name),
                dataset=contract.name,
            )


@rule(
    "observation.covert-needs-its-own-law",
    AVG.article("5", 1, "a"),
    AVG.article("6", 3),
    AVG.article("13", 1),
)
def covert_needs_its_own_law(case: Case) -> Iterator[Fault]:
    """Nobody is looked at in secret without a law made for that; not knowing counts as secret."""
    for at, contract, seen in _seen(case):
        if seen.covert is not Trilean.NO and not _has_its_own_law(case, contract):
            yield refuses(
                "policy.observation.covert-needs-its-own-law.secret",
                ("data", at, "dataset"),
                NameGround(),
                DropDataset(contract.name),
                dataset=contract.name,
            )


@rule("observation.online-follows-no-one", AVG.article("6", 3), AVG.article("9", 1))
def online_follows_no_one(case: Case) -> Iterator[Fault]:
    """What people say online is read per subject, never per person, without a law made for it."""
    for at, contract, seen in _seen(case, ObservationWay.ONLINE):
        if seen.follows is not Trilean.NO and not _has_its_own_law(case, contract):
            yield refuses(
                "policy.observation.online-follows-no-one.person",
                ("data", at, "dataset"),
                CountAtSource(contract.name),
                NameGround(),
                DropDataset(contract.name),
                dataset=contract.name,
            )


@rule("counting.no-device-is-followed", AVG.article("5", 1, "c"), AVG.article("6", 3))
def no_device_is_followed(case: Case) -> Iterator[Fault]:
    """Crowds are counted by what keeps no sign of anyone; telephones are not recognised."""
    for at, contract, seen in _seen(case, ObservationWay.DEVICE, ObservationWay.GATE):
        follows = seen.way is ObservationWay.DEVICE or seen.follows is not Trilean.NO
        if not follows or _has_its_own_law(case, contract):
            continue
        where = ("data", at, "dataset")
        yield refuses(
            "policy.counting.no-device-is-followed.device",
            where,
            CountAtSource(contract.name),
            DropDataset(contract.name),
            dataset=contract.name,
        )
        yield notes("policy.counting.no-device-is-followed.experience", where)


def _has_its_own_law(case: Case, contract: Contract) -> bool:
    """Whether a jurist of this municipality read a law for this very way of seeing.

    None of the articles that we read ourselves is one: they give a task, not a power to follow.
    """
    basis = contract.privacy.legal_basis
    found = case.parameters.provision(basis.law, basis.article)
    return found is not None and any(
        (task.provision.statute.key, task.provision.article) == (found.statute.key, found.article)
        for task in case.parameters.confirmed
        if task.observing
    )
