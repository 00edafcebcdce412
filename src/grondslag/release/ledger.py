"""What was released before, over all tables, projects and users.

One file per dataset and population in the installation's ledger folder: JSON lines, each with the
hash of the line before. A lock keeps two releases from being judged beside each other unseen. It
holds released values only.
"""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.release.chained import add_line, chained_lines
from grondslag.release.released import ReleasedFigure, released_from


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One release, as far as it is about this dataset and population.

    Args:
        number: From 1, in the order of release.
        release: Id of the release.
        project: In which project.
        at: When (RFC 3339).
        figures: The tables as they were shown.
        sha256: Hash of the line.
    """

    number: int
    release: str
    project: str
    at: str
    figures: tuple[ReleasedFigure, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of an installation.

    Args:
        folder: Outside every project; made when absent.
    """

    folder: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other release waiting until this one is written down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def entries(self, dataset: str, population: str) -> tuple[LedgerEntry, ...]:
        """All earlier releases of a dataset and population, oldest first.

        Raises:
            IntegrityError: A line was changed, left out or put elsewhere.
        """
        lines = chained_lines(self._path(dataset, population))
        return tuple(_entry(line) for line in lines)

    def append(
        self,
        figures: Mapping[tuple[str, str], list[ReleasedFigure]],
        *,
        release: str,
        project: str,
        at: str,
    ) -> None:
        """Write a release down; call it within `locked`, after the checks.

        Raises:
            IntegrityError: The ledger is damaged.
            SourceError: It cannot be written.
        """
        for (dataset, population), tables in figures.items():
            earlier = self.entries(dataset, population)
            if any(entry.release == release for entry in earlier):
                continue  # the same tables again: nothing new is said
            content = {
                "release": release,
                "project": project,
                "at": at,
                "figures": [table.to_mapping() for table in tables],
            }
            add_line(self._path(dataset, population), content)

    def holds(self, figure: ReleasedFigure, *, release: str) -> bool:
        """Whether exactly this table was released under this id."""
        return any(
            entry.release == release and any(one.sha256 == figure.sha256 for one in entry.figures)
            for entry in self.entries(figure.dataset, figure.population)
        )

    def _path(self, dataset: str, population: str) -> Path:
        # A hash, so that no name of a dataset or population can point outside the folder.
        name = sha256_hex(canonical_bytes([dataset, population]))[:32]
        return self.folder / f"{name}.jsonl"


def _entry(content: Mapping[str, Any]) -> LedgerEntry:
    return LedgerEntry(
        number=content["number"],
        release=content["release"],
        project=content["project"],
        at=content["at"],
        figures=tuple(released_from(figure) for figure in content["figures"]),
        sha256=content["sha256"],
    )
