"""Techniques of privacy on tables: they measure and change, they judge nothing.

    recognisers  how personal data looks in Dutch text, with check digits
    patterns     personal data by its form in columns of text: counted, located, replaced
    groups       the smallest group that looks alike, and what a group gives away

Tables are Arrow tables. May import keys, vocabulary, wording, errors. Writes no log: the rooms
above do. No result holds a value from a row.
"""

from grondslag.anonymise.groups import (
    GroupRisk,
    SensitiveRisk,
    sensitive_disclosure,
    smallest_group,
)
from grondslag.anonymise.patterns import (
    deidentify,
    deidentify_column,
    find_patterns,
    pattern_kinds,
    pattern_places,
    pattern_word,
)
from grondslag.anonymise.recognisers import PatternKind, is_iban, passes_eleven_test

__all__ = [
    "GroupRisk",
    "PatternKind",
    "SensitiveRisk",
    "deidentify",
    "deidentify_column",
    "find_patterns",
    "is_iban",
    "passes_eleven_test",
    "pattern_kinds",
    "pattern_places",
    "pattern_word",
    "sensitive_disclosure",
    "smallest_group",
]
