"""What anonymising did and what risk is left, in sentences: for a page and for a terminal alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grondslag.wording import number, sentence

_KINDS = {
    "exact": "anonymity.step-exact",
    "intervals": "anonymity.step-intervals",
    "ordered": "anonymity.step-ordered",
    "areas": "anonymity.step-areas",
    "bands": "anonymity.step-bands",
    "averaged": "anonymity.step-averaged",
    "noisy": "anonymity.step-noisy",
    "rounded": "anonymity.step-rounded",
    "presence": "anonymity.step-presence",
    "by_hand": "anonymity.step-by-hand",
    "nothing": "anonymity.step-nothing",
}
_PERIODS = {
    "day": "anonymity.step-day",
    "month": "anonymity.step-month",
    "quarter": "anonymity.step-quarter",
    "year": "anonymity.step-year",
    "lustrum": "anonymity.step-lustrum",
    "decade": "anonymity.step-decade",
}
_MASKS = {"left": "anonymity.step-first-signs", "right": "anonymity.step-last-signs"}
_MODELS = {
    "k_anonymity": "anonymity.model-k",
    "k_map": "anonymity.model-k-map",
    "delta_presence": "anonymity.model-presence",
    "distinct_diversity": "anonymity.model-distinct",
    "entropy_diversity": "anonymity.model-entropy",
    "recursive_diversity": "anonymity.model-recursive",
    "t_closeness": "anonymity.model-close",
    "population_uniqueness": "anonymity.model-uniqueness",
}
_NOT_COMPARED = {
    "no_question": "anonymity.use-no-question",
    "other_table": "anonymity.use-other-table",
    "no_answer_before": "anonymity.use-no-answer-before",
    "no_answer_after": "anonymity.use-no-answer-after",
    "coarser_answer": "anonymity.use-coarser-answer",
    "not_measured": "anonymity.use-not-measured",
}
_BLURS = ("noisy", "rounded")
_LIMITS = ("anonymity.limit-knowledge", "anonymity.limit-missing", "anonymity.limit-other")
_SHARES = ("loss", "precision")
"""Measures that are a share of what there was, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class AnonymityWords:
    """Says what stands in the description of an anonymous table.

    Args:
        told: The block of `report_mapping`.
        titles: What people call each column.
        language: ``nl`` or ``en``.
    """

    told: Mapping[str, Any]
    titles: Mapping[str, str]
    language: str

    def say(self, code: str, /, **fields: object) -> str:
        """A sentence or word."""
        return sentence(code, language=self.language, **fields)

    def title(self, column: str) -> str:
        """What people call a column."""
        return self.titles.get(column, column)

    def step(self, step: Mapping[str, Any]) -> str:
        """What a step does to values."""
        fields = {name: value for name, value in step.items() if name != "kind"}
        if step["kind"] == "dates":
            return self.say(_PERIODS[step["period"]])
        if step["kind"] == "masking":
            return self.say(_MASKS[step["side"]], keep=step["keep"])
        if step["kind"] == "intervals":
            width = number(step["width"], language=self.language, digits=2)
            return self.say(_KINDS["intervals"], width=width)
        if step["kind"] in _BLURS:
            amount = number(step["amount"], language=self.language, digits=4)
            return self.say(_KINDS[step["kind"]], amount=amount)
        return self.say(_KINDS[step["kind"]], **fields)

    def models(self) -> list[str]:
        """What every group satisfies."""
        said = []
        for model in self.told["models"]:
            fields = dict(model)
            if "column" in fields:
                fields["column"] = self.title(str(fields["column"]))
            for name in ("low", "high", "share"):
                if name in fields:
                    fields[name] = self.percent(float(fields[name]))
            said.append(self.say(_MODELS[fields.pop("model")], **fields))
        return said

    @property
    def numbers(self) -> Sequence[Mapping[str, Any]]:
        """What was done to numbers that are no averages; descriptions of before have none."""
        found: Sequence[Mapping[str, Any]] = self.told.get("numbers", ())
        return found

    def limits(self) -> list[str]:
        """What is not promised."""
        kinds = {one["levels"][one["level"]]["kind"] for one in self.told["columns"]}
        said = ["anonymity.limit-averages"] if "averaged" in kinds else []
        said += ["anonymity.limit-noise"] if self.numbers else []
        return [self.say(code) for code in (*_LIMITS, *said)]

    def columns(self) -> list[str]:
        """What became of each column, in a sentence each."""
        numbers = [
            self.say(
                "anonymity.number-became",
                column=self.title(one["column"]),
                step=self.step(one["levels"][one["level"]]),
            )
            for one in self.numbers
        ]
        return [*map(self._column, self.told["columns"]), *numbers]

    def _column(self, one: Mapping[str, Any]) -> str:
        return self.say(
            "anonymity.column-became",
            column=self.title(one["column"]),
            step=self.now(one),
            before=one["before"],
            after=one["after"],
        )

    @property
    def is_local(self) -> bool:
        """Whether each group has steps of its own."""
        return self.told["local_loss"] is not None

    def now(self, one: Mapping[str, Any]) -> str:
        """How precise a column now is; of groups with steps of their own, how much of it is."""
        if "spread" not in one:
            return self.step(one["levels"][one["level"]])
        if one["spread"] is None:
            return self.say("anonymity.per-group")
        pairs = zip(one["levels"], one["spread"], strict=True)
        return ", ".join(
            self.say("anonymity.part-of", step=self.step(step), share=self.percent(share))
            for step, share in pairs
            if share
        )

    def locally(self) -> list[str]:
        """What it means that each group has steps of its own; nothing where one holds for all."""
        if not self.is_local:
            return []
        return [self.say("anonymity.locally"), self.say("anonymity.locally-mixed")]

    def cost(self) -> list[str]:
        """What was lost: rows, and precision; and whether that could be less."""
        said = [*self.locally(), self._rows(), self._loss(), self.proof()]
        return [*said, self.say("anonymity.blind")] if self.told["blind"] else said

    def in_short(self) -> str:
        """What it cost, in one breath."""
        return f"{self._rows()} {self._loss()}"

    def _rows(self) -> str:
        left_out, minimum = self.told["suppressed"], self.told["minimum"]
        if left_out is None:
            return self.say("anonymity.few-rows-left-out", minimum=minimum)
        if not left_out:
            return self.say("anonymity.no-rows-left-out")
        return self.say("anonymity.rows-left-out", count=left_out, total=self.told["rows_before"])

    def _loss(self) -> str:
        value, local = float(self.told["value"]), self.told["local_loss"]
        if local is not None:
            share = self.percent(float(local))
            if self.told["measure"] != "loss":
                return self.say("anonymity.lost-locally", share=share)
            return self.say("anonymity.lost-less", share=share, whole=self.percent(value))
        if all(one["level"] == 0 for one in self.told["columns"]):
            finest = {one["levels"][0]["kind"] for one in self.told["columns"]}
            is_whole = not self.numbers and "averaged" not in finest
            return self.say("anonymity.nothing-coarser" if is_whole else "anonymity.only-numbers")
        if self.told["measure"] in _SHARES:
            return self.say("anonymity.lost", share=self.percent(value))
        return self.say("anonymity.lost-by-measure", measure=self.told["measure"], value=value)

    def proof(self) -> str:
        """Whether other steps could lose less, and how much at most."""
        if self.is_local:
            return self.say("anonymity.local-not-proven")
        if self.told["optimal"]:
            return self.say("anonymity.optimal")
        value, bound = float(self.told["value"]), float(self.told["bound"])
        gap = (value - bound) / value if value else 0.0
        return self.say("anonymity.not-optimal", share=self.percent(gap))

    def risk(self) -> list[str]:
        """The chances before and after, and what groups still give away."""
        before, after = self.told["before"], self.told["after"]
        was, now = (one["prosecutor"]["highest"] for one in (before, after))
        code = "anonymity.chance-from-certain" if was == 1 else "anonymity.chance-before-after"
        said = [self.say(code, before=self.chance(was), after=self.chance(now))]
        if after["journalist"] is not None:
            chance = self.chance(after["journalist"]["highest"])
            said.append(self.say("anonymity.journalist", chance=chance))
        return [*said, *map(self.gives_away, self.told["gives_away"])]

    def alone(self, one: Mapping[str, Any]) -> str:
        """The share of people who are probably alone in a population, by two estimates."""
        return self.say(
            "anonymity.alone",
            people=one["people"],
            low=self.percent(min(one["pitman"], one["zayatz"])),
            high=self.percent(max(one["pitman"], one["zayatz"])),
        )

    def gives_away(self, one: Mapping[str, Any]) -> str:
        """In how many groups everybody has one value of a sensitive column, now."""
        after, column = one["after"], self.title(one["column"])
        if not after["giving_away"]:
            return self.say("anonymity.gives-nothing-away", column=column)
        return self.say(
            "anonymity.gives-away",
            column=column,
            count=after["giving_away"],
            groups=after["groups"],
        )

    def use(self, answer: Mapping[str, Any], uses: Sequence[Mapping[str, Any]]) -> list[str]:
        """Whether the plan's question still gets its answer, and what has shifted.

        Args:
            answer: Of `AnswerUse.to_mapping`.
            uses: What is left of each column.
        """
        said = self._answer(answer)
        most = max(uses, key=lambda one: one["shifted"] or 0.0, default=None)
        if most is not None and most["shifted"]:
            column, share = self.title(most["column"]), self.percent(most["shifted"])
            said.append(self.say("anonymity.use-shifted", column=column, share=share))
        return said

    def _answer(self, answer: Mapping[str, Any]) -> list[str]:
        if answer["comparable"] != "compared":
            return [self.say(_NOT_COMPARED[answer["comparable"]])]
        code = "anonymity.use-changed" if answer["changed"] else "anonymity.use-same"
        said = [self.say(code, changed=answer["changed"], areas=answer["areas"])]
        if answer["largest"]:
            share = self.percent(answer["largest"])
            said.append(self.say("anonymity.use-largest", share=share))
        return said

    def smallest(self, count: int) -> str:
        """How many people are in the smallest group."""
        code = "anonymity.smallest-group-one" if count == 1 else "anonymity.smallest-group"
        return self.say(code, count=count)

    def shown(self, share: float | None) -> str:
        """A share, or that it is not shown."""
        return self.say("anonymity.not-shown") if share is None else self.percent(share)

    def whole(self, count: int) -> str:
        """A whole number."""
        return number(count, language=self.language)

    def percent(self, share: float) -> str:
        """A share as a percentage; never 0% for what is more than nothing."""
        digits = 1 if 0 < share < 0.1 else 0
        return self.say("anonymity.percent", share=number(100 * share, language=self.language,
                                                          digits=digits))  # fmt: skip

    def chance(self, highest: float) -> str:
        """A chance as people say it: 1 in so many."""
        if not highest:
            return self.say("anonymity.no-chance")
        return self.say("anonymity.one-in", number=round(1 / highest))


def said_of_anonymisation(
    description: Mapping[str, Any], answer: Mapping[str, Any], *, language: str = "nl"
) -> list[str]:
    """What was done to a table, in sentences.

    Args:
        description: Of an anonymous table.
        answer: How the plan's own answer fares; of `AnswerUse.to_mapping`.
        language: ``nl`` or ``en``.
    """
    words = AnonymityWords(description["anonymisation"], description["titles"], language)
    use = words.use(answer, description["columns_use"])
    return [*words.models(), *words.columns(), *words.cost(), *words.risk(), *use]


def risk_sentences(found: Mapping[str, Any], *, language: str = "nl") -> list[str]:
    """How likely it is that somebody is found in a table as it is, in sentences.

    Args:
        found: Of `risk_of_table`.
        language: ``nl`` or ``en``.
    """
    words = AnonymityWords({}, found["titles"], language)
    risks, titles = found["risks"], [words.title(name) for name in found["quasi"]]
    said = [
        words.say("anonymity.who-knows", columns=titles),
        words.smallest(risks["smallest_group"]),
        words.say(
            "anonymity.prosecutor",
            highest=words.chance(risks["prosecutor"]["highest"]),
            average=words.percent(risks["prosecutor"]["average"]),
        ),
        words.say("anonymity.marketer", share=words.percent(risks["marketer"])),
    ]
    if risks["journalist"] is None:
        said.append(words.say("anonymity.no-journalist"))
    else:
        chance = words.chance(risks["journalist"]["highest"])
        said.append(words.say("anonymity.journalist", chance=chance))
    if found["alone"] is not None:
        said.append(words.alone(found["alone"]))
    said += [_up_to(one, words) for one in risks["prosecutor"]["up_to"] if one["share"] != 0]
    return said + [_given_away(one, found["minimum"], words) for one in found["gives_away"]]


def _up_to(one: Mapping[str, Any], words: AnonymityWords) -> str:
    if one["share"] is None:
        return words.say("anonymity.share-hidden", size=one["size"])
    return words.say("anonymity.share-up-to", size=one["size"], share=words.percent(one["share"]))


def _given_away(one: Mapping[str, Any], minimum: int, words: AnonymityWords) -> str:
    column = words.title(one["column"])
    if not one["giving_away"]:
        return words.say("anonymity.gives-nothing-away", column=column)
    if one["persons"] is None:
        return words.say("anonymity.gives-away-few", column=column, minimum=minimum)
    return words.say("anonymity.gives-away-persons", column=column, count=one["persons"])
