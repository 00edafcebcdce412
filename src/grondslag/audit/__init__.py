"""Who did what: a chain of records that cannot be changed without it showing.

    record        one record and its hash; a signed head: a signature over the chain so far
    journal       a file of lines that survives a killed process
    store         where a chain stands: the port, and a folder of files
    log           adding a record, with its signed head and its witness outside the store
    away          newest heads, sent where this machine does not reach: by mail, on paper
    verification  the first fault of a chain, or how far it reaches

May import keys and what lies below. Officials are named here, data subjects never; the processing
log is the other way round. Details are names, counts and hashes, never a value from a row.
"""

from grondslag.audit.away import Channel, MailChannel, PaperChannel, send_newest
from grondslag.audit.log import AuditLog
from grondslag.audit.record import NOTHING, AuditRecord, SignedHead
from grondslag.audit.store import AuditStore, Entry, FileStore, Tail
from grondslag.audit.verification import ChainReport, verify_chain

__all__ = [
    "NOTHING",
    "AuditLog",
    "AuditRecord",
    "AuditStore",
    "ChainReport",
    "Channel",
    "Entry",
    "FileStore",
    "MailChannel",
    "PaperChannel",
    "SignedHead",
    "Tail",
    "send_newest",
    "verify_chain",
]
