"""Keys of the delivery room that outlive a delivery: for small counts, log, ledger and persons."""

from grondslag.approval import Installation
from grondslag.keys import KeyKind, derive

SEALED_COUNTS = "sealed-counts"
LEDGER = "anonymous-records"
RECORD_KEYS = "record-keys"
NOISE = "noise"


def sealed_counts_key(installation: Installation, delivery: str) -> bytes:
    """The key under which small counts of a delivery are sealed, for the officer and auditor."""
    return derive(_lasting(installation, SEALED_COUNTS), purpose=SEALED_COUNTS, context=delivery)


def ledger_key(installation: Installation) -> bytes:
    """The key of the ledger of anonymous records; it stays as long as anybody may know them."""
    return derive(_lasting(installation, LEDGER), purpose=LEDGER, context=LEDGER)


def record_key_of(installation: Installation, dataset: str) -> bytes:
    """The key from which each person of a dataset has a number; outlives projects and deliveries.

    Counts in which the number counts stay the same for as long as this key is there.
    """
    return derive(_lasting(installation, RECORD_KEYS), purpose=RECORD_KEYS, context=dataset)


def noise_key(installation: Installation, dataset: str, made: str) -> bytes:
    """The key from which the noise on one column of a dataset follows; outlives projects.

    Another column, or another spread, has another key: of two spreads on one draw the number
    itself could be solved.
    """
    return derive(_lasting(installation, NOISE), purpose=NOISE, context=f"{dataset}/{made}")


def log_key(installation: Installation, year: int) -> bytes:
    """The log key of a year; it stands apart from all project keys and outlives them."""
    return _lasting(installation, f"{year}")


def _lasting(installation: Installation, name: str) -> bytes:
    if not installation.vault.has(KeyKind.LOG, name):
        installation.vault.create(KeyKind.LOG, name)
    return installation.vault.read(KeyKind.LOG, name)
