"""The output gate: a `Figure` goes in, a `ReleasedFigure` or a refusal comes out.

    figure     a table of counts as an analysis made it, nothing hidden yet
    released   the same table, safe to show; made only in this room
    profile    smallest group per audience, as dated settings
    region     which rows a cell is about: when one cell lies inside another
    inference  what a reader can work out from everything that is visible
    ledger     what was released before, over all tables, projects and users
    gate       `release`: withhold, check, write down
    record     a release as a file, read back against the ledger

May import vocabulary, canonical, wording, clock, errors, numpy and scipy; no data engine. The
ledger and the record hold released values only. No error names a count.
"""

from grondslag.release.figure import ALL, DERIVED, Cell, Figure, Rests, Scope
from grondslag.release.gate import FourEyes, release, would_disclose
from grondslag.release.ledger import Ledger, LedgerEntry
from grondslag.release.profile import Profile, profile_on
from grondslag.release.record import ReleaseRecord, read_release, write_release
from grondslag.release.released import ReleasedCell, ReleasedFigure

__all__ = [
    "ALL",
    "DERIVED",
    "Cell",
    "Figure",
    "FourEyes",
    "Ledger",
    "LedgerEntry",
    "Profile",
    "ReleaseRecord",
    "ReleasedCell",
    "ReleasedFigure",
    "Rests",
    "Scope",
    "profile_on",
    "read_release",
    "release",
    "would_disclose",
    "write_release",
]
