"""What anonymising costs as rows and combinations grow; two plots for docs/images.

Run by hand:

    python benchmarks/growth.py                     up to 10 million made-up rows
    python benchmarks/growth.py --most 1000000

One line has new people all the time, so that combinations grow with the rows. The other has the
same hundred thousand people again and again: only rows grow. Processor seconds, medians, with the
survey of `anonymise.py`: of a whole run, which reads and writes every row, and of the search alone,
which sees combinations only.
"""

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from anonymise import MODEL, levels, made_up, medians

from grondslag.anonymise import Measure, anonymise, classes_of, cost_of
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.search import Search
from grondslag.documents.palette import ACCENT, RULE, SIGNAL
from grondslag.documents.svg import SMALL, Canvas, Caption, fixed

STEPS = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
SAME = 100_000
LIMIT = 0.02
LEFT, RIGHT, TOP, BOTTOM = 70.0, 580.0, 34.0, 330.0
IMAGES = Path(__file__).parent.parent / "docs" / "images"


@dataclass(frozen=True)
class Point:
    """One size, measured."""

    rows: int
    combinations: int
    whole: float
    search: float


def cost(table: pa.Table, rounds: int) -> Point:
    """What one size takes."""
    hierarchies = levels()
    _, whole, _ = medians(
        lambda: anonymise(table, hierarchies=hierarchies, model=MODEL, suppression=LIMIT), rounds
    )
    classes = classes_of(table, hierarchies)
    heights = [hierarchy.height for hierarchy in hierarchies]

    def search() -> Any:
        cost = cost_of(Measure.LOSS, classes, [MODEL])
        return Search(
            Nodes(classes, [MODEL]), cost, math.floor(LIMIT * classes.rows), heights
        ).run()

    _, alone, _ = medians(search, rounds)
    return Point(table.num_rows, classes.count, whole, alone)


def measured(most: int) -> dict[str, list[Point]]:
    """Both lines, smallest first."""
    anonymise(made_up(20_000), hierarchies=levels(), model=MODEL, suppression=LIMIT)  # compiles
    lines: dict[str, list[Point]] = {"new": [], "same": []}
    same = made_up(SAME)
    for rows in (step for step in STEPS if step <= most):
        rounds = 5 if rows <= 1_000_000 else 3
        lines["new"].append(cost(made_up(rows), rounds))
        if rows >= SAME:
            again = pa.concat_tables([same] * (rows // SAME))
            lines["same"].append(cost(again, rounds))
        for name, line in lines.items():
            if line and line[-1].rows == rows:
                at = line[-1]
                print(
                    f"{name}: {rows:,} rows, {at.combinations:,} combinations, "
                    f"whole run {at.whole:.3f} s, search {at.search:.3f} s"
                )
    return lines


def place(value: float, low: float, high: float, start: float, end: float) -> float:
    """Where a value stands on a logarithmic axis."""
    return start + (math.log10(value) - low) / (high - low) * (end - start)


def plot(lines: dict[str, list[Point]], *, across: str, caption: Caption) -> str:
    """One plot with logarithmic axes; *across* is ``rows`` or ``combinations``."""
    points = [point for line in lines.values() for point in line]
    x_axis = span([getattr(point, across) for point in points])
    y_axis = span([taken for point in points for taken in (point.whole, point.search)])
    canvas = Canvas(caption)
    for power in range(x_axis[0], x_axis[1] + 1):
        x = place(10.0**power, *x_axis, LEFT, RIGHT)
        canvas.draw("line", x1=x, x2=x, y1=TOP, y2=BOTTOM, stroke=RULE)
        canvas.write(x, BOTTOM + 20, fixed(10**power, 0, "en"), text_anchor="middle")
    for power in range(y_axis[0], y_axis[1] + 1):
        y = place(10.0**power, *y_axis, BOTTOM, TOP)
        canvas.draw("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, stroke=RULE)
        said = f"{fixed(10.0**power, max(0, -power), 'en')} s"
        canvas.write(LEFT - 8, y + 4, said, text_anchor="end")
    for line, colour in zip(lines.values(), (ACCENT, SIGNAL), strict=True):
        for part, dashes in (("whole", "none"), ("search", "6 4")):
            drawn = [
                (
                    place(getattr(point, across), *x_axis, LEFT, RIGHT),
                    place(getattr(point, part), *y_axis, BOTTOM, TOP),
                )
                for point in line
            ]
            path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in drawn)
            canvas.draw("path", d=path, fill="none", stroke=colour, stroke_width=2,
                        stroke_dasharray=dashes)  # fmt: skip
            for x, y in drawn:
                canvas.draw("circle", cx=x, cy=y, r=4, fill=colour)
    titles = {"rows": "rows", "combinations": "distinct combinations"}
    canvas.write((LEFT + RIGHT) / 2, BOTTOM + 42, titles[across], text_anchor="middle")
    canvas.write(8, 16, "processor seconds", font_size=SMALL)
    key(canvas, BOTTOM + 70)
    return str(canvas.finish(BOTTOM + 130))


def key(canvas: Canvas, top: float) -> None:
    """What each line is."""
    words = {
        "new people, whole run": (ACCENT, "none"),
        "new people, search alone": (ACCENT, "6 4"),
        f"the same {SAME:,} people again, whole run": (SIGNAL, "none"),
        f"the same {SAME:,} people again, search alone": (SIGNAL, "6 4"),
    }
    for at, (said, (colour, dashes)) in enumerate(words.items()):
        x, y = LEFT + (at // 2) * 220, top + (at % 2) * 24
        canvas.draw("line", x1=x, x2=x + 34, y1=y, y2=y, stroke=colour, stroke_width=2,
                    stroke_dasharray=dashes)  # fmt: skip
        canvas.write(x + 42, y + 4, said, font_size=SMALL)


def span(values: list[float]) -> tuple[int, int]:
    """Whole powers of ten around the values."""
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--most", type=int, default=STEPS[-1])
    given = asked.parse_args()
    found = measured(given.most)
    seen = "; ".join(
        f"{at.rows:,} rows with {at.combinations:,} combinations take {at.whole:.2f} s, "
        f"of which the search {at.search:.2f} s"
        for at in (line[-1] for line in found.values())
    )
    for name in ("rows", "combinations"):
        title = f"Cost of anonymising against {name}"
        caption = Caption(f"cost-{name}", title, f"Both axes are logarithmic. {seen}.", "en")
        (IMAGES / f"cost-{name}.svg").write_text(
            plot(found, across=name, caption=caption) + "\n", encoding="utf-8"
        )
