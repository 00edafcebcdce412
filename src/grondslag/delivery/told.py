"""What a manifest says was left out, as values for whoever tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grondslag.wording import Word


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a protection kept out of a delivery.

    Args:
        what: What was left out.
        dataset: Of which dataset.
        count: How many; None when so few that the number itself would tell.
        minimum: Fewer than this, when there is no count.
        provision: By which article.
    """

    what: Word
    dataset: str
    count: int | None
    minimum: int
    provision: str


def left_out(manifest: Mapping[str, Any]) -> Iterator[LeftOut]:
    """Everything that was left out of a delivery; what was not there is not told.

    Args:
        manifest: Of the delivery.
    """
    for table in manifest["tables"]:
        for item in table["removed"]:
            if item["count"] == 0:
                continue
            count = item["count"]
            yield LeftOut(
                what=Word(f"tell.left-out-{item['protection'].replace('_', '-')}"),
                dataset=str(item["dataset"]),
                count=None if isinstance(count, Mapping) else int(count),
                minimum=int(table["minimum_group"]),
                provision=str(item["provision"]),
            )
