"""Before and after: one line per way of reckoning on one axis, with "no difference" marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.intervals import Axis, IntervalRow, interval_chart
from grondslag.documents.svg import Caption
from grondslag.wording import sentence


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What a measure did, by one way of reckoning.

    Args:
        label: Which way, in plain words.
        low: Lower limit of the change, in percent: -35 is 35 percent less.
        value: Best estimate.
        high: Upper limit; ``inf`` is drawn as an arrow that leaves the chart.
        misleads: The bare difference, which takes a lucky year for an effect: greyed and said so.

    Raises:
        InputError: Limits and estimate are not in order, or not numbers.
    """

    label: str
    low: float
    value: float
    high: float
    misleads: bool = False


def effect_chart(rows: Sequence[EffectRow], *, counted: str, caption: Caption) -> Markup:
    """Draw what changed, in percent, by each way of reckoning.

    Args:
        rows: From top to bottom; at least one. The bare difference is drawn too: who sees it
            beside the fair ones sees how far it misleads.
        counted: What became more or less, such as "ongevallen".
        caption: Name and description.

    Raises:
        InputError: No rows.
    """

    def say(code: str, **fields: object) -> str:
        return sentence(code, language=caption.language, **fields)

    axis = Axis(
        label=say("documents.effect-axis", counted=counted),
        reference=0.0,
        reference_label=say("documents.effect-none"),
        ends=(say("documents.effect-less"), say("documents.effect-more")),
        digits=0,
        unit="%",
    )
    drawn = [
        IntervalRow(
            label=say("documents.effect-misleads", way=row.label) if row.misleads else row.label,
            low=row.low,
            value=row.value,
            high=row.high if math.isfinite(row.high) else math.inf,
            muted=row.misleads,
        )
        for row in rows
    ]
    return interval_chart(drawn, axis=axis, caption=caption)
