"""What is odd about the data, and what they do not say. No note holds a count."""

from collections.abc import Collection

from grondslag.analysis.exposure import Denominator
from grondslag.analysis.quality import Identical
from grondslag.analysis.question import AreaQuestion
from grondslag.analysis.result import Note


def warnings_of(
    question: AreaQuestion, identical: Identical | None, shown: Collection[str]
) -> tuple[Note, ...]:
    """What a reader must know about the data before believing the numbers."""
    notes = []
    if question.unit == "party":
        notes.append(Note("analysis.warning-parties", {"said": question.granularity}))
        if question.party_number:
            said = {"said": question.party_number}
            notes.append(Note("analysis.warning-party-number", said))
    notes += _identical(question, identical, shown)
    notes += _years(question)
    notes += _traffic_gaps(question)
    if not question.material.person and question.unit != "person":
        notes.append(Note("analysis.warning-rows-not-persons", {"minimum": question.minimum}))
    return tuple(notes)


def _identical(
    question: AreaQuestion, identical: Identical | None, shown: Collection[str]
) -> list[Note]:
    if identical is None:
        return [] if question.material.is_aggregate else [Note("analysis.identical-not-measured")]
    if "identical" not in shown:
        return [Note("analysis.identical-few", {"minimum": question.minimum})]
    return [identical.note]


def _years(question: AreaQuestion) -> list[Note]:
    """Counts of one period beside residents of another."""
    if question.scope.period is None:
        return []
    first, last = (int(day[:4]) for day in question.scope.period)
    notes = []
    for one in question.denominators:
        if one.kind != "residents":
            continue
        if one.year is None:
            notes.append(Note("analysis.warning-residents-year-unknown", {"source": one.title}))
        elif not first <= one.year <= last:
            notes.append(
                Note(
                    "analysis.warning-residents-year",
                    {"year": one.year, "first": first, "last": last},
                )
            )
    return notes


def _traffic_gaps(question: AreaQuestion) -> list[Note]:
    return [
        Note("analysis.warning-traffic-gaps", {"percent": round(one.share_unknown * 100)})
        for one in question.denominators
        if one.kind == "traffic" and one.share_unknown > 0
    ]


def unknowns_of(question: AreaQuestion, finest: str, shown: Collection[str]) -> tuple[Note, ...]:
    """What the data do not say, the most important first."""
    kinds = {one.kind: one for one in question.denominators}
    codes = ["analysis.unknown-registered", "analysis.unknown-cause"]
    if "traffic" not in kinds:
        codes.append("analysis.unknown-traffic")
    elif not _at(kinds["traffic"], question, finest):
        codes.append("analysis.unknown-traffic-level")
    if f"{finest}-residents" in shown:
        codes.append("analysis.unknown-residents-drive")
    codes += ["analysis.unknown-cyclists", "analysis.unknown-chosen"]
    if any(name.startswith("severity-rare") for name in shown):
        codes.append("analysis.unknown-severity")
    if question.unit == "person":
        codes.append("analysis.unknown-persons-twice")
    if not any(name in shown for name in (f"{finest}-residents", f"{finest}-traffic")):
        codes.insert(0, "analysis.unknown-comparison")
    return tuple(Note(code) for code in codes)


def _at(one: Denominator, question: AreaQuestion, level: str) -> bool:
    return len(one.per_area(question.places, level)) > 1
