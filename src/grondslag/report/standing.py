"""What every report stands on: the plan, what was delivered, and its proof."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from grondslag.decision import DecisionRecord
from grondslag.plan import Plan
from grondslag.policy import Outcome
from grondslag.report.model import Proof


class Standing(Protocol):
    """The documents under a report, with or without an answer to a question."""

    @property
    def plan(self) -> Plan:
        """The approved plan."""
        ...

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was delivered, and what was left out."""
        ...

    @property
    def outcome(self) -> Outcome:
        """What the rules said of the plan."""
        ...

    @property
    def proof(self) -> Proof:
        """For who wants to verify."""
        ...

    @property
    def decision(self) -> DecisionRecord | None:
        """What was decided, if anybody did."""
        ...

    @property
    def moment(self) -> datetime:
        """When the report is made."""
        ...

    @property
    def language(self) -> str:
        """``nl`` or ``en``."""
        ...
