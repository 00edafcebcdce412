"""Who was in it: one record per person per delivery, and never an official.

    entry      what all records of one delivery share, checked
    writing    a delivery's records into one sorted columnar file
    reading    records in the field names of the standard; the hash of a file
    lookup     in which deliveries was this person

A person stands here as a log pseudonym under a key of that one delivery, derived from the log key
of the year. So the log itself links nobody across deliveries, and shares no pseudonym with any
project. No sampling: who was in a delivery is in its log. May import keys and what lies below.

Source: Logboek Dataverwerkingen 0.8, working version of December 2024; Wet BRP art. 3.11 and 3.22.
"""

from grondslag.processing_log.entry import LogEntry, Status
from grondslag.processing_log.lookup import LogHit, LookupResult, find_person
from grondslag.processing_log.reading import as_ldv, read_entry, verify_file
from grondslag.processing_log.writing import LogFile, write_log

__all__ = [
    "LogEntry",
    "LogFile",
    "LogHit",
    "LookupResult",
    "Status",
    "as_ldv",
    "find_person",
    "read_entry",
    "verify_file",
    "write_log",
]
