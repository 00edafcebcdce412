"""Datasets as their owners describe them: ODCS 3.1 (3.2 read too) with our privacy profile.

    model        what a contract says, as values
    areas        fixed lists of areas
    profile      our parts in an ODCS file, and the two schemas it is held against
    columns      the columns and their privacy entries
    hierarchies  how a column may become coarser in anonymous records, as values
    hierarchy_reading  those words read and checked; building makes the levels from them
    dataset      the privacy entry of the dataset as a whole
    observation  how people were seen, when something or somebody looked
    breaks       from when it is not the same thing as before
    keeping      where it stands, how it is read, who keeps it, for how long
    hierarchy_proposing  parameters out of the data; hierarchy_writing puts them in the text
    reading      an ODCS file to a Contract, every fault with its line
    schemas      the published JSON Schema of the privacy profile
    definitions  one term defined differently in two contracts

May import anonymise (building only, so that reading a contract loads no tables), vocabulary, law,
canonical, wording, errors. Opens no data.
Descriptions in a contract are untrusted text: shown, never obeyed.
"""

from grondslag.contracts.areas import Area, AreaList, read_areas
from grondslag.contracts.breaks import ToldBreak, ToldKind
from grondslag.contracts.definitions import (
    Aspect,
    Conflict,
    Saying,
    Severity,
    definition_conflicts,
    word_for,
)
from grondslag.contracts.hierarchies import ColumnHierarchy, HierarchyKind
from grondslag.contracts.hierarchy_reading import known_hierarchy
from grondslag.contracts.model import (
    Column,
    ColumnPrivacy,
    CompatiblePurpose,
    Contract,
    Contributors,
    DataKind,
    DatasetPrivacy,
    LegalBasis,
    Linking,
    LogicalType,
    Objections,
    PeriodBasis,
    Reading,
    Retention,
    SecrecyMark,
    Server,
    Waivers,
)
from grondslag.contracts.observation import Observation
from grondslag.contracts.profile import privacy_profile
from grondslag.contracts.reading import contract_from, read_contract, read_contracts

__all__ = [
    "Area",
    "AreaList",
    "Aspect",
    "Column",
    "ColumnHierarchy",
    "ColumnPrivacy",
    "CompatiblePurpose",
    "Conflict",
    "Contract",
    "Contributors",
    "DataKind",
    "DatasetPrivacy",
    "HierarchyKind",
    "LegalBasis",
    "Linking",
    "LogicalType",
    "Objections",
    "Observation",
    "PeriodBasis",
    "Reading",
    "Retention",
    "Saying",
    "SecrecyMark",
    "Server",
    "Severity",
    "ToldBreak",
    "ToldKind",
    "Waivers",
    "contract_from",
    "definition_conflicts",
    "known_hierarchy",
    "privacy_profile",
    "read_areas",
    "read_contract",
    "read_contracts",
    "word_for",
]
