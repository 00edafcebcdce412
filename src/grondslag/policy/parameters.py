"""Dated settings, and the articles that a jurist of the municipality confirmed.

A setting has a first day; the one that began last counts. A setting without a value on a day is
not known, and what rests on it is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from grondslag.canonical import Document, canonical_bytes, check_schema, read_document, sha256_hex
from grondslag.errors import InputError
from grondslag.law import Provision, Statute, cited, statute, tasks_of
from grondslag.policy.settings_schema import OWN_SCHEMA, SETTINGS_SCHEMA, STRICTER_WHEN_HIGHER


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting from one day on, with where it comes from.

    Args:
        name: Which setting.
        value: What it is.
        valid_from: The first day it counts.
        source: Where it stands.
        mark: How sure it is.
        reason: Why a municipality asks less than the engine does; empty when it does not.
    """

    name: str
    value: int
    valid_from: date
    source: str
    mark: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Adequacy:
    """A country that the Commission found to protect data well enough (GDPR art. 45).

    Args:
        country: ISO 3166 code of two letters.
        valid_from: The first day it counts.
        valid_until: The last day; None when it has no end.
        limits: What it does not cover, or what must still be looked at; empty when nothing.
        source: Where that stands.
    """

    country: str
    valid_from: date
    valid_until: date | None
    limits: str
    source: str


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day on which a change of the law begins, as it is known from a day on.

    Args:
        name: Which change.
        day: When it begins.
        valid_from: From when this was known.
        source: Where that stands.
        mark: How sure it is: ``secondary`` was not read in the law itself.
    """

    name: str
    day: date
    valid_from: date
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class ChangeAhead:
    """A change of a law that is known before it begins.

    Args:
        law: Key or name of the law.
        article: Which article; empty for the whole law.
        day: When it begins; None when that is not known.
        valid_from: From when this was known.
        source: Where that stands.
    """

    law: str
    article: str
    day: date | None
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class ConfirmedTask:
    """A task that a jurist of the municipality read and confirmed."""

    provision: Provision
    bodies: frozenset[str]
    opens: frozenset[frozenset[str]] = frozenset()
    observing: bool = False


@dataclass(frozen=True, slots=True)
class Parameters:
    """All settings and confirmations.

    Args:
        settings: Every setting ever, in the order of the file.
        confirmed: Articles confirmed by a jurist of the municipality.
        adequate: Countries outside the EEA with an adequacy decision.
        dates: Days on which a change of the law begins.
        sha256: Hash over the canonical content.
        ahead: Known changes of laws.
        base: The settings of the engine, under those of a municipality.
        document: As read, for lines in messages.
    """

    settings: tuple[Setting, ...]
    confirmed: tuple[ConfirmedTask, ...] = ()
    sha256: str = ""
    adequate: tuple[Adequacy, ...] = ()
    dates: tuple[ComingDay, ...] = ()
    document: Document | None = field(default=None, repr=False, compare=False)
    ahead: tuple[ChangeAhead, ...] = ()
    base: "Parameters | None" = field(default=None, repr=False)

    def value(self, name: str, day: date) -> int | None:
        """The setting that counts on a day; None when there is none.

        Of a municipality's own and the engine's the stricter counts, unless a reason is named.
        """
        begun = [item for item in self.settings if item.name == name and item.valid_from <= day]
        last = max(begun, key=lambda item: item.valid_from) if begun else None
        under = None if self.base is None else self.base.value(name, day)
        if last is None or under is None:
            return under if last is None else last.value
        return last.value if last.reason else _stricter(name, last.value, under)

    def adequacy(self, country: str, day: date) -> Adequacy | None:
        """The adequacy decision about a country that counts on a day, if any."""
        return next(
            (
                item
                for item in self.adequate
                if item.country == country
                and item.valid_from <= day
                and (item.valid_until is None or day <= item.valid_until)
            ),
            None,
        )

    def day_of(self, name: str, day: date) -> date | None:
        """The day a change of the law begins, as known on a day; None when nobody set it."""
        known = [item for item in self.dates if item.name == name and item.valid_from <= day]
        return max(known, key=lambda item: item.valid_from).day if known else None

    def changes_of(self, provision: Provision, day: date) -> tuple[ChangeAhead, ...]:
        """Changes of an article that are known on a day, and that its text as read has not."""
        law, read = provision.statute, provision.statute.version_read
        names = (law.key.casefold(), law.name.casefold())
        return tuple(
            item
            for item in self.ahead
            if item.valid_from <= day
            and item.law.casefold() in names
            and item.article in ("", provision.article)
            and (item.day is None or read is None or read < item.day)
        )

    def provision(self, law: str, article: str) -> Provision | None:
        """The provision that a plan or contract cites, when somebody read it; None otherwise."""
        known = [task.provision.statute for task in self.confirmed]
        ours = statute(law)
        for candidate in known if ours is None else [*known, ours]:
            names = (candidate.key.casefold(), candidate.name.casefold())
            found = cited(candidate, article)
            if law.casefold() in names and found is not None and found.is_confirmed:
                return found
        return None

    def opens(self, domains: Iterable[str], grounds: Iterable[Provision]) -> bool:
        """Whether a jurist confirmed that one of these grounds opens a field, or joins two.

        Args:
            domains: One field of work, or two.
            grounds: What a plan rests on.
        """
        fields = frozenset(domains)
        cited_by = {(ground.statute.key, ground.article) for ground in grounds}
        return any(
            fields in task.opens
            and (task.provision.statute.key, task.provision.article) in cited_by
            for task in self.confirmed
        )

    def bodies(self, provision: Provision) -> frozenset[str]:
        """The bodies that bear the task an article gives; empty when it gives none we know."""
        asked = (provision.statute.key, provision.article)
        tasks = [(task.provision, task.bodies) for task in tasks_of(provision.statute.key)]
        tasks += [(task.provision, task.bodies) for task in self.confirmed]
        return frozenset().union(
            *(bodies for own, bodies in tasks if (own.statute.key, own.article) == asked)
        )


@cache
def default_parameters() -> Parameters:
    """The settings that come with the engine.

    Raises:
        InputError: The file is at fault.
    """
    text = (resources.files(__package__) / "parameters.yaml").read_text(encoding="utf-8")
    return parameters_from(read_document(text, file="parameters.yaml"))


def read_parameters(path: Path) -> Parameters:
    """A municipality's own settings and confirmations, on top of those of the engine.

    Raises:
        InputError: A fault in the file, with its line and what was expected; also a setting that
            asks less than the engine does without a reason.
    """
    document = read_document(path)
    check_schema(document, OWN_SCHEMA)
    own, engine = parameters_from(document), default_parameters()
    for at, item in enumerate(own.settings):
        under = engine.value(item.name, item.valid_from)
        if under is None or item.reason or _stricter(item.name, item.value, under) == item.value:
            continue
        raise InputError(
            "policy.settings.looser",
            file=document.file,
            line=document.line(("settings", at, "value")),
            name=item.name,
            value=item.value,
            under=under,
        )
    return replace(
        own,
        confirmed=(*engine.confirmed, *own.confirmed),
        adequate=engine.adequate,
        dates=engine.dates,
        ahead=(*engine.ahead, *own.ahead),
        sha256=sha256_hex(canonical_bytes({"engine": engine.sha256, "own": own.sha256})),
        base=engine,
    )


def parameters_of(folder: Path) -> Parameters:
    """The settings for a project: those in ``settings.yaml`` in its folder, or the engine's.

    Raises:
        InputError: A fault in the file.
    """
    path = folder / "settings.yaml"
    return read_parameters(path) if path.exists() else default_parameters()


def _stricter(name: str, one: int, other: int) -> int:
    return max(one, other) if name in STRICTER_WHEN_HIGHER else min(one, other)


def parameters_from(document: Document) -> Parameters:
    """Settings from a document that was read already.

    Raises:
        InputError: A fault in the document, with its line and what was expected.
    """
    check_schema(document, SETTINGS_SCHEMA)
    raw = document.content
    return Parameters(
        settings=tuple(
            Setting(
                item["name"],
                item["value"],
                date.fromisoformat(item["from"]),
                item["source"],
                item["mark"],
                item.get("reason", ""),
            )
            for item in raw["settings"]
        ),
        confirmed=tuple(
            task for item in raw["confirmed"] if (task := _confirmed(item)) is not None
        ),
        sha256=sha256_hex(canonical_bytes(raw)),
        adequate=tuple(_adequacy(item) for item in raw.get("adequate", ())),
        dates=tuple(
            ComingDay(
                item["name"],
                date.fromisoformat(item["day"]),
                date.fromisoformat(item["from"]),
                item["source"],
                item["mark"],
            )
            for item in raw.get("dates", ())
        ),
        document=document,
        ahead=tuple(_ahead(item) for item in raw.get("ahead", ())),
    )


def _ahead(raw: Mapping[str, Any]) -> ChangeAhead:
    day = raw.get("day")
    return ChangeAhead(
        law=raw["law"],
        article=raw.get("article", ""),
        day=None if day is None else date.fromisoformat(day),
        valid_from=date.fromisoformat(raw["from"]),
        source=raw["source"],
    )


def _adequacy(raw: Mapping[str, Any]) -> Adequacy:
    until = raw.get("until")
    return Adequacy(
        country=raw["country"],
        valid_from=date.fromisoformat(raw["from"]),
        valid_until=None if until is None else date.fromisoformat(until),
        limits=raw.get("limits", ""),
        source=raw["source"],
    )


def _confirmed(raw: Mapping[str, Any]) -> ConfirmedTask | None:
    """A confirmation; one whose article can't be read confirms nothing."""
    version = date.fromisoformat(raw["version"])
    law = Statute(raw["law"], raw["identifier"], raw["title"], version)
    found = cited(law, raw["article"])
    if found is None:
        return None
    read = Statute(
        raw["law"],
        raw["identifier"],
        raw["title"],
        version,
        articles_read=frozenset({found.article}),
    )
    opens = frozenset(frozenset(pair) for pair in raw.get("opens", ()))
    observing = raw.get("observing", False)
    return ConfirmedTask(read.article(found.article), frozenset(raw["bodies"]), opens, observing)
