"""What an analysis asks of a delivery: an opened delivery has it, a test makes it."""

from collections.abc import Mapping
from typing import Any, Protocol

import pyarrow as pa

from grondslag.contracts import Contract
from grondslag.plan import Plan


class DeliveredData(Protocol):
    """The tables of a delivery, with the documents under them."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was delivered, and what was left out."""
        ...

    @property
    def plan(self) -> Plan:
        """The approved plan."""
        ...

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts by name."""
        ...

    def table(self, dataset: str) -> pa.Table:
        """One delivered table."""
        ...
