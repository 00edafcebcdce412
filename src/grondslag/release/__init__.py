"""The output gate: a `Figure` goes in, a `ReleasedFigure` or a refusal comes out.

    figure       a table of counts and amounts as an analysis made it, nothing hidden yet
    released     the same table, safe to show; made only in this room
    profile      smallest group and largest share of one person per audience, as dated settings
    judging      which cells may not be shown for their own sake
    withholding  a table as it would be shown
    region       which rows a cell is about: when one cell lies inside another
    wholes       groups with their true numbers, and the sums between them
    protecting   which other cells must be withheld
    seen         groups as a reader knows them, over all tables
    pieces       those groups cut into pieces that lie apart
    filling      what follows directly
    ranges       between which limits the rest lies
    inference    what a reader can work out from everything that is visible
    ledger       what was released before, over all tables, projects and users
    gate         `release`: withhold, check, write down
    noise        how much noise a promise of differential privacy asks, and what it costs
    budget       what was spent on noise, per dataset, and what is left
    persons      what counts of persons that are not exact have in common
    noisy        counts with noise as a released table
    perturbed    counts that are off by the same in every table, as a released table
    changed      rounded and adjusted tables, which stand alone
    model_output  output of models, judged as output checkers do
    models       those of one release, against each other and all that is out
    model_design  what a model rests on, as numbers that can be judged
    chained      lines with the hash of the line before
    record       a release as a file, read back against the ledger

May import approval (settings and audit chain of the installation), anonymise, vocabulary,
canonical, wording, clock, errors, numpy, scipy and, for noise, OpenDP; no data engine. The
ledger and the record hold released values only. No error names a count.
"""

from grondslag.release.budget import Balance, Spend, balance, spends_of
from grondslag.release.changed import Change, ChangedQuestion, ChangedTable, release_changed
from grondslag.release.figure import ALL, DERIVED, Cell, Figure, Rests, Scope
from grondslag.release.gate import FourEyes, release, would_disclose, would_show
from grondslag.release.ledger import Ledger, LedgerEntry
from grondslag.release.model_design import Fitted, ModelData, model_output
from grondslag.release.model_output import (
    Finding,
    ModelMark,
    ModelOutput,
    ModelTerm,
    judge_model_output,
    mark_of,
)
from grondslag.release.noisy import NoisyQuestion, cells_in, release_noisy
from grondslag.release.perturbed import PerturbedCell, PerturbedQuestion, release_perturbed
from grondslag.release.profile import Profile, default_profiles, profile_on, read_profiles
from grondslag.release.record import ReleaseRecord, read_release, write_release
from grondslag.release.released import (
    ChangeMark,
    NoiseMark,
    PerturbationMark,
    ReleasedCell,
    ReleasedFigure,
)

__all__ = [
    "ALL",
    "DERIVED",
    "Balance",
    "Cell",
    "Change",
    "ChangeMark",
    "ChangedQuestion",
    "ChangedTable",
    "Figure",
    "Finding",
    "Fitted",
    "FourEyes",
    "Ledger",
    "LedgerEntry",
    "ModelData",
    "ModelMark",
    "ModelOutput",
    "ModelTerm",
    "NoiseMark",
    "NoisyQuestion",
    "PerturbationMark",
    "PerturbedCell",
    "PerturbedQuestion",
    "Profile",
    "ReleaseRecord",
    "ReleasedCell",
    "ReleasedFigure",
    "Rests",
    "Scope",
    "Spend",
    "balance",
    "cells_in",
    "default_profiles",
    "judge_model_output",
    "mark_of",
    "model_output",
    "profile_on",
    "read_profiles",
    "read_release",
    "release",
    "release_changed",
    "release_noisy",
    "release_perturbed",
    "spends_of",
    "would_disclose",
    "would_show",
    "write_release",
]
