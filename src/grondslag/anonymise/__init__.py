"""Techniques of privacy on tables: they measure and change, they judge nothing.

    hierarchies  how values become coarser, level by level, and building, proposing them
    classes      rows grouped once to distinct combinations
    models       what a group must satisfy: k-anonymity and its kin; uniqueness in a population
    measures     what generalising and leaving out costs
    nodes        the groups of one combination of levels, judged
    search       the best combination of levels, with proof
    anonymising  a table in, an anonymous table out; checking looks at it again from its rows
    files        a file larger than memory in, an anonymous file out
    asking       what is asked; choosing the groups that answer it
    describing   what anonymising did, as a document
    recoding     each group as fine as its own people allow; releasing writes the rows
    usefulness   what the columns of an anonymous table can still tell
    numbers      microaggregation, noise and rounding
    averaging    a number averaged over persons, with coarser averages for the search
    sampling     a sample with a proven privacy loss, at levels named beforehand
    risks        how likely it is that someone is found
    groups       the smallest group that looks alike, and what a group gives away
    recognisers  how personal data looks in Dutch text, with check digits
    names        names of people in text, by an extra
    patterns     personal data by its form in columns of text: counted, located, replaced

Tables are Arrow tables. May import keys, vocabulary, wording, errors. Writes no log: the rooms
above do. No result holds a value from a row.
"""

from grondslag.anonymise.anonymising import Anonymised, ColumnChange, Report, anonymise
from grondslag.anonymise.averaging import Averaged, average
from grondslag.anonymise.building import (
    areas,
    dates,
    intervals,
    masking,
    ordered,
    read_hierarchy,
)
from grondslag.anonymise.classes import Classes, classes_of
from grondslag.anonymise.describing import report_mapping
from grondslag.anonymise.files import AnonymisedFile, anonymise_file
from grondslag.anonymise.groups import (
    GroupRisk,
    SensitiveRisk,
    sensitive_disclosure,
    smallest_group,
)
from grondslag.anonymise.hierarchies import Hierarchy, Step, hierarchy_of
from grondslag.anonymise.measures import Measure, cost_of
from grondslag.anonymise.models import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    Model,
    RecursiveDiversity,
    TCloseness,
)
from grondslag.anonymise.names import Names, name_finder, name_finder_version
from grondslag.anonymise.numbers import (
    Microaggregated,
    add_lasting_noise,
    add_noise,
    microaggregate,
    round_to,
)
from grondslag.anonymise.patterns import (
    deidentify,
    deidentify_column,
    find_patterns,
    pattern_kinds,
    pattern_places,
    pattern_word,
)
from grondslag.anonymise.proposing import propose
from grondslag.anonymise.recognisers import PatternKind, is_iban, passes_eleven_test
from grondslag.anonymise.risks import Attack, Risks, risks_of, risks_of_table
from grondslag.anonymise.sampling import Sampled, SampleLoss, anonymise_sample, sample_loss
from grondslag.anonymise.uniqueness import PopulationUniqueness
from grondslag.anonymise.usefulness import ColumnUse, closeness, column_uses

__all__ = [
    "Anonymised",
    "AnonymisedFile",
    "Attack",
    "Averaged",
    "Classes",
    "ColumnChange",
    "ColumnUse",
    "DeltaPresence",
    "DistinctDiversity",
    "EntropyDiversity",
    "GroupRisk",
    "Hierarchy",
    "KAnonymity",
    "KMap",
    "Measure",
    "Microaggregated",
    "Model",
    "Names",
    "PatternKind",
    "PopulationUniqueness",
    "RecursiveDiversity",
    "Report",
    "Risks",
    "SampleLoss",
    "Sampled",
    "SensitiveRisk",
    "Step",
    "TCloseness",
    "add_lasting_noise",
    "add_noise",
    "anonymise",
    "anonymise_file",
    "anonymise_sample",
    "areas",
    "average",
    "classes_of",
    "closeness",
    "column_uses",
    "cost_of",
    "dates",
    "deidentify",
    "deidentify_column",
    "find_patterns",
    "hierarchy_of",
    "intervals",
    "is_iban",
    "masking",
    "microaggregate",
    "name_finder",
    "name_finder_version",
    "ordered",
    "passes_eleven_test",
    "pattern_kinds",
    "pattern_places",
    "pattern_word",
    "propose",
    "read_hierarchy",
    "report_mapping",
    "risks_of",
    "risks_of_table",
    "round_to",
    "sample_loss",
    "sensitive_disclosure",
    "smallest_group",
]
