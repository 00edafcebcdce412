"""Answers that a plan gives only when the law asks for them: further use, informing, consent.

Each is absent from most plans. What is absent is not known; `policy` decides what that means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grondslag.vocabulary import FurtherUseRoute, InformingWay, Trilean

FACTORS = ("link", "context", "nature", "consequences", "safeguards")
"""What is weighed before data serves a further purpose (GDPR art. 6(4)(a) to (e))."""


@dataclass(frozen=True, slots=True)
class FurtherUse:
    """Why data that is kept for another purpose may serve this one.

    Args:
        dataset: Which data.
        route: On which footing.
        factors: The five factors in words, as far as written; by the names of `FACTORS`.
        law: The law that carries it, for that route.
        article: Its article.
    """

    dataset: str
    route: FurtherUseRoute
    factors: Mapping[str, str]
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class Informing:
    """How people hear of it.

    Args:
        way: Personally, in public, or which exception.
        where: Where or how they read it; empty when nobody said.
        reason: Why an exception holds.
        law: The law that prescribes obtaining or giving the data, for that exception.
        article: Its article.
    """

    way: InformingWay
    where: str
    reason: str
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class Consent:
    """How consent was asked.

    Args:
        without_disadvantage: Whether who says no notices nothing of it.
        separate: Whether it was asked apart from other matters.
        proof: How the municipality shows that somebody said yes.
        withdrawal: How somebody takes it back, as easily as it was given.
        representative: For children and others who can't: whether the one who may decides.
    """

    without_disadvantage: Trilean
    separate: Trilean
    proof: str
    withdrawal: str
    representative: Trilean


@dataclass(frozen=True, slots=True)
class Automation:
    """How far a machine decides about a person.

    Args:
        solely: Whether the decision falls without a person.
        profiling: Whether it rests on a profile of the person.
        measures: What protects the person: who explains, hears and corrects.
    """

    solely: Trilean
    profiling: Trilean
    measures: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rights that a plan leaves out of application.

    Args:
        articles: Which articles of the GDPR.
        law: On which law.
        article: On which article.
        reason: Why that is necessary and in proportion.
    """

    articles: tuple[str, ...]
    law: str
    article: str
    reason: str


def further_use_from(raw: Mapping[str, Any]) -> FurtherUse:
    """The answer about one dataset, from a document whose form was checked."""
    return FurtherUse(
        dataset=raw["dataset"],
        route=FurtherUseRoute(raw["route"]),
        factors={factor: raw[factor] for factor in FACTORS if factor in raw},
        law=raw.get("law", ""),
        article=raw.get("article", ""),
    )


def informing_from(raw: Mapping[str, Any] | None) -> Informing | None:
    """How people hear of it, from a document whose form was checked."""
    if raw is None:
        return None
    texts = {name: raw.get(name, "") for name in ("where", "reason", "law", "article")}
    return Informing(way=InformingWay(raw["way"]), **texts)


def consent_from(raw: Mapping[str, Any] | None) -> Consent | None:
    """How consent was asked, from a document whose form was checked."""
    if raw is None:
        return None
    return Consent(
        without_disadvantage=Trilean(raw["without_disadvantage"]),
        separate=Trilean(raw["separate"]),
        proof=raw.get("proof", ""),
        withdrawal=raw.get("withdrawal", ""),
        representative=Trilean(raw.get("representative", Trilean.UNCLEAR)),
    )


def automation_from(raw: Mapping[str, Any] | None) -> Automation | None:
    """How far a machine decides, from a document whose form was checked."""
    if raw is None:
        return None
    return Automation(Trilean(raw["solely"]), Trilean(raw["profiling"]), raw.get("measures", ""))


def set_aside_from(raw: Mapping[str, Any] | None) -> SetAside | None:
    """Rights left out of application, from a document whose form was checked."""
    if raw is None:
        return None
    return SetAside(tuple(raw["articles"]), raw["law"], raw["article"], raw["reason"])
