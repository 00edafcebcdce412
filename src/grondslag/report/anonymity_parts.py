"""The parts of a page about anonymous records: what changed, what it cost, what risk is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grondslag.documents import Caption, ColumnSpec, data_file, figure_html, render, table_html
from grondslag.documents.bars import BarPair, paired_bars
from grondslag.documents.ladders import Ladder, ladder_chart
from grondslag.report.anonymity_words import AnonymityWords

_HEADINGS = (
    "anonymity.heading-short",
    "anonymity.heading-columns",
    "anonymity.heading-cost",
    "anonymity.heading-risk",
    "anonymity.heading-use",
    "anonymity.heading-limits",
)

_FIGURES = {False: "anonymity.figure-steps", True: "anonymity.figure-spread"}


@dataclass(frozen=True, slots=True)
class OnPage:
    """Where the parts about one table stand.

    Args:
        place: Start of all ids, unique on its page.
        heading: Which heading stands above each part: ``h2``, ``h3`` or ``h4``.
        data: Address of a file with the numbers, beside the page; empty without one.
    """

    place: str = "anonymity"
    heading: str = "h2"
    data: str = ""


def parts_html(
    words: AnonymityWords,
    answer: Mapping[str, Any],
    uses: Sequence[Mapping[str, Any]],
    *,
    left_out: Sequence[str] = (),
    on: OnPage | None = None,
) -> Markup:
    """All that a data owner wants to know of one anonymous table.

    Args:
        words: What is told.
        answer: How the plan's own answer fares; of `AnswerUse.to_mapping`.
        uses: What is left of each column.
        left_out: Columns that are not in the table.
        on: Where the parts stand; on a page of their own when left out.
    """
    here = on or OnPage()
    chance, *given_away = words.risk()
    columns = [words.title(name) for name in left_out]
    return render(
        __package__,
        "anonymity.html",
        words={code.removeprefix("anonymity.heading-"): words.say(code) for code in _HEADINGS},
        heading=here.heading,
        place=here.place,
        short=words.models(),
        chance=chance,
        cost_in_short=words.in_short(),
        given_away=given_away,
        columns=columns_html(words, uses, place=here.place, data=here.data),
        left_out=words.say("anonymity.left-out-columns", columns=columns) if columns else "",
        cost=words.cost(),
        risk=risk_html(words, place=here.place, data=here.data),
        use=words.use(answer, uses),
        limits=words.limits(),
    )


def columns_html(
    words: AnonymityWords,
    uses: Sequence[Mapping[str, Any]] = (),
    *,
    place: str = "anonymity",
    data: str = "",
) -> Markup:
    """The steps of each column as a picture, with a table beside it that says the same.

    Args:
        words: What is told.
        uses: What is left of each column, when that was measured.
        place: Start of the picture's id, unique on its page.
        data: Address of a file with its numbers, beside the page.
    """
    columns = [*words.told["columns"], *words.numbers]
    ladders = [_ladder(words, one) for one in columns]
    told = " ".join(
        words.say("anonymity.figure-spread-told", column=ladder.name, now=words.now(one))
        if ladder.shares
        else words.say(
            "anonymity.figure-steps-told",
            column=ladder.name,
            step=ladder.chosen + 1,
            steps=len(ladder.steps),
            name=ladder.steps[ladder.chosen],
        )
        for ladder, one in zip(ladders, columns, strict=True)
    )
    caption = Caption(f"{place}-steps", words.say(_FIGURES[words.is_local]), told, words.language)
    ends = (words.say("anonymity.end-fine"), words.say("anonymity.end-coarse"))
    chart = figure_html(ladder_chart(ladders, caption, ends=ends), caption, data=data)
    return chart + _columns_table(words, {one["column"]: one["kept"] for one in uses})


def _ladder(words: AnonymityWords, one: Mapping[str, Any]) -> Ladder:
    shares = one.get("spread") or ()
    steps = tuple(map(words.step, one["levels"]))
    said = tuple(words.percent(share) for share in shares)
    return Ladder(words.title(one["column"]), steps, one["level"], tuple(shares), said)


def _columns_table(words: AnonymityWords, kept: Mapping[str, float]) -> Markup:
    specs = [
        ColumnSpec("name", words.say("anonymity.column-name")),
        ColumnSpec("now", words.say("anonymity.column-now")),
        ColumnSpec("before", words.say("anonymity.column-before"), numeric=True),
        ColumnSpec("after", words.say("anonymity.column-after"), numeric=True),
    ]
    if kept:
        specs.append(ColumnSpec("kept", words.say("anonymity.column-kept"), numeric=True))
    rows = [
        {
            "name": words.title(one["column"]),
            "now": words.now(one),
            "before": words.whole(one["before"]) if "before" in one else "",
            "after": words.whole(one["after"]) if "after" in one else "",
            "kept": words.percent(kept[one["column"]]) if one["column"] in kept else "",
        }
        for one in (*words.told["columns"], *words.numbers)
    ]
    return table_html(words.say("anonymity.table-columns"), specs, rows, language=words.language)


def risk_html(words: AnonymityWords, *, place: str = "anonymity", data: str = "") -> Markup:
    """The chances before and after as bars with their numbers; arguments as of `columns_html`."""
    rows = [
        BarPair(label, was, now, (words.shown(was), words.shown(now)))
        for label, was, now in _chances(words)
    ]
    told = " ".join(
        words.say(
            "anonymity.figure-risk-told", label=row.label, before=row.said[0], after=row.said[1]
        )
        for row in rows
    )
    caption = Caption(f"{place}-risk", words.say("anonymity.figure-risk"), told, words.language)
    names = (words.say("anonymity.before"), words.say("anonymity.after"))
    return figure_html(paired_bars(rows, caption, names=names), caption, data=data)


def numbers_csv(words: AnonymityWords, uses: Sequence[Mapping[str, Any]]) -> str:
    """What both pictures show, as a file: a row per column, and a row per chance.

    Of the groups it has the whole distribution, where the picture has one size.

    Args:
        words: What is told.
        uses: What is left of each column.
    """
    kept = {one["column"]: one["kept"] for one in uses}
    heads = [
        words.say(code)
        for code in (
            "anonymity.column-name",
            "anonymity.column-now",
            "anonymity.column-before",
            "anonymity.column-after",
            "anonymity.column-kept",
        )
    ]
    rows: list[list[str | float | None]] = [
        [
            words.title(one["column"]),
            words.now(one),
            one.get("before"),
            one.get("after"),
            kept.get(one["column"]),
        ]
        for one in (*words.told["columns"], *words.numbers)
    ]
    chances = [*_chances(words)[:2], *_sizes(words)]
    rows += [[label, "", _rounded(was), _rounded(now), None] for label, was, now in chances]
    return data_file(heads, rows, language=words.language)


def _rounded(share: float | None) -> float | None:
    """As many digits as the page has, of which a percentage has two fewer."""
    return None if share is None else round(share, 3)


def _chances(words: AnonymityWords) -> list[tuple[str, float | None, float | None]]:
    """Each chance with its name, before and after."""
    before, after = words.told["before"], words.told["after"]
    size = _small(words)
    pairs = [
        ("anonymity.bar-highest", *_of(before, after, "highest")),
        ("anonymity.bar-average", *_of(before, after, "average")),
        ("anonymity.bar-small", _share(before, size), _share(after, size)),
    ]
    return [(words.say(code, size=size), was, now) for code, was, now in pairs]


def _sizes(words: AnonymityWords) -> list[tuple[str, float | None, float | None]]:
    """Per size the share of people in groups of at most that size, before and after."""
    before, after = words.told["before"], words.told["after"]
    sizes = [int(one["size"]) for one in after["prosecutor"]["up_to"]]
    return [
        (words.say("anonymity.bar-small", size=size), _share(before, size), _share(after, size))
        for size in sizes
    ]


def _small(words: AnonymityWords) -> int:
    """The largest size in the distribution below the *k* that was asked."""
    asked = max((int(one["k"]) for one in words.told["models"] if "k" in one), default=2)
    sizes = [int(one["size"]) for one in words.told["after"]["prosecutor"]["up_to"]]
    return max((size for size in sizes if size < asked), default=sizes[0])


def _share(risks: Mapping[str, Any], size: int) -> float | None:
    found = (one["share"] for one in risks["prosecutor"]["up_to"] if one["size"] == size)
    share: float | None = next(found)
    return share


def _of(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> tuple[float, float]:
    return float(before["prosecutor"][name]), float(after["prosecutor"][name])
