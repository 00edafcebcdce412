"""Numbers, ranges and keys of ours as a reader sees them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from grondslag.analysis import AreaClass, Facts, unit
from grondslag.methods import Certainty
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.wording import number, sentence

_LEVELS = {
    "straat": "report.level-straat",
    "buurt": "report.level-buurt",
    "wijk": "report.level-wijk",
}
_VERDICTS = {
    AreaClass.ALMOST_CERTAIN: Certainty.ALMOST_CERTAIN.value,
    AreaClass.PROBABLE: Certainty.PROBABLE.value,
    AreaClass.UNCLEAR: Certainty.UNCLEAR.value,
    AreaClass.PROBABLY_NOT: Certainty.PROBABLY_NOT.value,
    AreaClass.NO_ANSWER: AreaClass.NO_ANSWER.value,
}
PER = {
    "residents": "report.per-residents",
    "traffic": "report.per-traffic",
    "alike": "report.per-alike",
}


OWN_LANGUAGE = "nl"
"""In which people write plans, contracts and decisions; these hold each text once, in Dutch."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in one language.

    Args:
        language: ``nl`` or ``en``.
    """

    language: str

    def say(self, code: str, /, **fields: object) -> str:
        """A sentence or word."""
        return sentence(code, language=self.language, **fields)

    def theirs(self, text: str) -> str:
        """Words of a plan, a contract or a decision: as they were written, in their language."""
        if self.language == OWN_LANGUAGE:
            return text
        return Markup('<span lang="{}">{}</span>').format(OWN_LANGUAGE, text)

    def level(self, name: str) -> str:
        """A level of areas in the singular, as the head of a column."""
        return self.say(_LEVELS[name]) if name in _LEVELS else name

    def unit(self, facts: Facts) -> str:
        """What was counted: the owner's word where a fair comparison has one."""
        counted = facts.parts.get("fair", {}).get("counted")
        return str(counted) if counted else self.say(unit(facts).code)

    def head(self, name: str) -> str:
        """A level of areas at the head of a column."""
        word = self.level(name)
        return word[:1].upper() + word[1:]

    def per(self, exposure: str) -> str:
        """Against what it was counted."""
        return self.say(PER[exposure])

    def period(self, facts: Facts) -> str:
        """The period, in years when it is whole years."""
        return self.span(facts.period) if facts.period else self.say("report.period-unknown")

    def span(self, period: tuple[str, str]) -> str:
        """From one day (ISO) to another, in years when it is whole years."""
        first, last = (date.fromisoformat(day) for day in period)
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if whole and first.year == last.year:
            return str(first.year)
        if whole:
            return self.say("report.period-years", first=first.year, last=last.year)
        return self.say("report.period-days", first=first, last=last)

    def count(self, cell: ReleasedCell, figure: ReleasedFigure) -> str:
        """A count, or the words for one that is not shown."""
        if cell.count is None:
            return self.not_shown(figure)
        return number(cell.count, language=self.language)

    def not_shown(self, figure: ReleasedFigure) -> str:
        """The words for a cell that is withheld."""
        return self.say("report.not-shown", minimum=figure.minimum)

    def decimal(self, value: float) -> str:
        """A ratio as picture and table give it, both to two decimals."""
        return str(format_decimal(value, format="0.00", locale=Locale(self.language)))

    def interval(self, low: float | None, high: float | None) -> str:
        """A range of a ratio; without an end when the data set none."""
        if low is None:
            return self.say("report.no-range")
        if high is None:
            return self.say("report.range-open", low=self.decimal(low))
        return self.say("report.range", low=self.decimal(low), high=self.decimal(high))

    def klass(self, klass: AreaClass) -> str:
        """How an area stands against the rest, in a legend."""
        return self.say(klass.value)

    def verdict(self, klass: AreaClass) -> str:
        """The fixed word of certainty under "more than elsewhere?"."""
        return self.say(_VERDICTS[klass])

    def whole(self, value: float) -> str:
        """A number without decimals."""
        return number(value, language=self.language)

    def whole_range(self, derived: Mapping[str, float]) -> str:
        """The exact range of a count, outward to whole numbers."""
        low, high = math.floor(derived["low"]), math.ceil(derived["high"])
        return self.say("report.range", low=self.whole(low), high=self.whole(high))
