"""Did it work? Crashes after a measure against those to be expected without it.

Places get a measure after bad years, and then better years follow by themselves. So what a place
had is drawn to what its like have, and how the other places went on is taken off. The bare
difference is kept beside it, to show how far it misleads. When nothing can be learned of the like,
and the places were chosen for their counts, there is no answer.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from grondslag.analysis.comparing import rounded
from grondslag.analysis.computed_by import VERSION, computed_by
from grondslag.analysis.counting import Tally
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.findings import figure
from grondslag.analysis.guarding import BeforeAfterNotes, before_after_notes
from grondslag.analysis.guards import BeforeAfter, Chosen, Situation
from grondslag.analysis.protecting import Gathering
from grondslag.analysis.question import AreaQuestion, question_of
from grondslag.analysis.result import AnalysisResult, Facts, Note
from grondslag.analysis.sites import Sites, counted_in, sites_of
from grondslag.analysis.speed_change import speed_change
from grondslag.errors import InputError
from grondslag.methods import (
    Periods,
    Trend,
    before_after,
    compare_rates,
    dispersion_of_changes,
    fit_performance,
    trend_of_others,
)
from grondslag.methods.before_after import Effect
from grondslag.plan import ChosenFor, MonthlyCounts
from grondslag.release import Cell, Figure, Profile, Scope, profile_on

SITES, OTHERS, MONTHS = "sites", "others", "months"
_ENOUGH = 30
"""So many places at least, to learn what their like have."""


def measure_effect(delivered: DeliveredData, *, profile: Profile | None = None) -> AnalysisResult:
    """What a measure did at the places that got it.

    Args:
        delivered: An opened delivery whose plan puts the question ``before_after``.
        profile: For which audience the answer is meant. Left out: the open profile as it held on
            the day of the plan.

    Raises:
        InputError: The plan names no measure, has no whole years on both sides, or the places were
            chosen for their counts and nothing says what was to be expected there.
    """
    audience = profile or profile_on("open", delivered.plan.dated)
    question = question_of(delivered, minimum=audience.minimum)
    sites = sites_of(delivered, question)
    known = _known(question, sites)
    said = _guarded(delivered, question, known, (sites.before[0], sites.after[1]))
    gathered = Gathering((), question.minimum).with_each(_figures(question, sites, known))
    speeds = speed_change(delivered, question, sites, minimum=question.minimum)
    beside = [
        speeds,
        _months(delivered, question.ask.monthly if said.months_stand else None, question),
    ]
    gathered = gathered.with_each([one for one in beside if one is not None])
    taken = question.ask.taken
    part: dict[str, Any] = {
        "name": taken.name if taken else "",
        "chosen": taken.chosen.value if taken else "",
        "sites": len(sites.since),
        "used": len(known.sites),
        "first": sites.first.isoformat(),
        "last": sites.last.isoformat(),
        "before": list(sites.before),
        "after": list(sites.after),
    }
    facts = Facts(
        dataset=question.contract.name,
        unit=question.unit,
        granularity=question.granularity,
        period=question.scope.period,
        delivered_level=question.places.levels[0],
        names={code: question.places.name(code) for code in sorted(sites.since)},
        exposures=tuple(one.kind for one in question.denominators),
        warnings=said.notes,
        unknowns=_unknowns(known),
        methods=computed_by(gathered.figures),
        version=VERSION,
        tables=tuple(need.dataset for need in delivered.plan.data),
        question="before_after",
        parts={"taken": part},
    )
    return AnalysisResult(gathered.figures, facts)


@dataclass(frozen=True, slots=True)
class _Known:
    """Counts of places with and without the measure, and what was to be expected at the first.

    Args:
        sites: Codes of the places with the measure that are used.
        counts: Per group (sites, others) crashes before and after.
        effect: None when nothing was learned of the like.
        trend: How the other places went on; None when nothing was learned.
        scatter: How much more than chance the others differed in how they went on, at least 1; None
            when they are too few to say.
    """

    sites: Sequence[str]
    counts: Mapping[str, tuple[int, int]]
    effect: Effect | None
    trend: Trend | None
    scatter: float | None


def _known(question: AreaQuestion, sites: Sites) -> _Known:
    before, after = counted_in(question, sites.before), counted_in(question, sites.after)
    level = question.places.levels[0]
    traffic = next((one for one in question.denominators if one.kind == "traffic"), None)
    driven = traffic.per_area(question.places, level) if traffic else {}
    length = question.length.per_area(question.places, level) if question.length else {}
    fair = [code for code in before if code in driven and code in length]
    codes = fair if len(fair) >= _ENOUGH and set(fair) & set(sites.since) else list(before)
    first, second = _numbers(before, codes), _numbers(after, codes)
    chosen = np.array([code in sites.since for code in codes])
    counts = {
        name: (int(first[group].sum()), int(second[group].sum()))
        for name, group in ((SITES, chosen), (OTHERS, ~chosen))
    }
    used = [code for code in codes if code in sites.since]
    scatter = _scatter(first[~chosen].tolist(), second[~chosen].tolist())
    if codes is not fair or not chosen.any() or chosen.all():
        return _Known(used, counts, None, None, scatter)
    busy = [math.log(driven[code] / length[code]) for code in codes]
    sizes = [length[code] * sites.years_before for code in codes]
    try:
        learned = fit_performance(first.tolist(), {"traffic": busy}, sizes)
        onward = sites.years_after / sites.years_before
        like, spread = learned.predicted, learned.dispersion
        years = (float(sites.years_before), float(sites.years_after))
        others = Periods(
            first[~chosen], second[~chosen], like[~chosen], like[~chosen] * onward, *years
        )
        trend = trend_of_others(others, spread)
        mine = Periods(
            first[chosen],
            second[chosen],
            like[chosen],
            like[chosen] * onward * trend.ratio,
            *years,
            trend.error,
        )
        return _Known(used, counts, before_after(mine, spread), trend, scatter)
    except InputError:  # one traffic everywhere, nothing counted: nothing can be learned of it
        return _Known(used, counts, None, None, scatter)


def _scatter(before: Sequence[int], after: Sequence[int]) -> float | None:
    """Less scatter than chance is luck, and narrows no limits."""
    try:
        return max(1.0, dispersion_of_changes(before, after))
    except InputError:
        return None


def _numbers(tallies: Mapping[str, Tally], codes: Sequence[str]) -> Any:
    counts = [tallies[code].count for code in codes]
    if any(count is None for count in counts):
        raise InputError("traffic.counts-withheld")
    return np.array(counts, dtype=np.int64)


def _guarded(
    delivered: DeliveredData, question: AreaQuestion, known: _Known, years: tuple[int, int]
) -> BeforeAfterNotes:
    """What the guards say of the comparison that can be made; they refuse the unfair one."""
    taken = question.ask.taken
    counts = taken is not None and taken.chosen is ChosenFor.FOR_THEIR_COUNTS
    monthly = question.ask.monthly
    return before_after_notes(
        delivered,
        Situation(
            question="before_after",
            chosen=Chosen.FOR_THEIR_COUNTS if counts else Chosen.OTHERWISE,
            set_against=BeforeAfter.EXPECTED if known.effect else BeforeAfter.OTHER_SITES,
            expected=known.effect.expected if known.effect else None,
            alike=min(known.counts[OTHERS]) > 0,
        ),
        years,
        months=monthly.dataset if monthly else "",
    )


def _figures(question: AreaQuestion, sites: Sites, known: _Known) -> list[Figure]:
    """Crashes before and after, at the places with the measure and at the others."""
    keys = [f"{first}-01-01/{last}-12-31" for first, last in (sites.before, sites.after)]
    years = (float(sites.years_before), float(sites.years_after))
    found = []
    for name, (before, after) in known.counts.items():
        derived = _derived(known, years) if name == SITES else {}
        cells = (Cell((keys[0],), before), Cell((keys[1],), after, derived))
        found.append(
            figure(
                question,
                name,
                ("period",),
                cells,
                where={"places": name},
                covers=False,
                total=before + after,
                # No crash is about nobody; of persons who are counted it would tell that none did.
                zeros_disclose=question.unit == "person",
            )
        )
    return found


def _derived(known: _Known, years: tuple[float, float]) -> dict[str, float]:
    """Every way of reckoning, the fair one last; as ratios of after over without."""
    (before, after), (others, then) = known.counts[SITES], known.counts[OTHERS]
    found: dict[str, float] = {}
    if before and after:
        bare = compare_rates(
            count=after, exposure=years[1], other_count=before, other_exposure=years[0]
        )
        found |= {
            "naive": bare.ratio,
            "naive_low": bare.interval.low,
            "naive_high": bare.interval.high,
        }
    if before and after and others and then and known.scatter:
        ratio = (after / before) / (then / others)
        chance = 1 / before + 1 / after + 1 / others + 1 / then
        width = 1.959964 * math.sqrt(known.scatter * chance)
        found |= {
            "beside": ratio,
            "beside_low": ratio * math.exp(-width),
            "beside_high": ratio * math.exp(width),
        }
    if known.effect is not None:
        effect = known.effect
        found |= {
            "expected": effect.expected,
            "ratio": effect.ratio,
            "ratio_low": effect.interval.low,
            "ratio_high": effect.interval.high,
            "certainty": effect.certainty_fewer,
            "stands": 1.0,
        }
    return rounded(found)


def _months(
    delivered: DeliveredData, asked: MonthlyCounts | None, question: AreaQuestion
) -> Figure | None:
    """Crashes in the whole town, per month, as they were delivered."""
    if asked is None:
        return None
    need, contract = delivered.plan.need(asked.dataset), delivered.contracts.get(asked.dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=asked.dataset)
    for name in (asked.month, asked.value):
        if need.wants(name) is None:
            raise InputError(
                "analysis.column-not-delivered", dataset=asked.dataset, column=name[:63]
            )
    table: pa.Table = delivered.table(asked.dataset)
    rows = sorted(zip(table[asked.month].to_pylist(), table[asked.value].to_pylist(), strict=True))
    cells = tuple(Cell((f"{day:%Y-%m-%d}/{_last_of(day):%Y-%m-%d}",), count) for day, count in rows)
    if not cells:
        return None
    return Figure(
        id=MONTHS,
        title_code="analysis.title",
        dataset=contract.name,
        population=question.unit,
        scope=Scope((cells[0].keys[0][:10], cells[-1].keys[0][11:])),
        dimensions=("period",),
        cells=cells,
        minimum=max(question.minimum, contract.privacy.minimum_group),
    )


def _last_of(day: date) -> date:
    """The last day of the month."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _unknowns(known: _Known) -> tuple[Note, ...]:
    codes = ["analysis.unknown-registered", "traffic.unknown-other-things"]
    if known.effect is None:
        codes.insert(0, "traffic.unknown-expected")
    else:
        codes.append("traffic.unknown-traffic-after")
    codes += ["traffic.unknown-shifted", "analysis.unknown-cyclists"]
    return tuple(Note(code) for code in codes)
