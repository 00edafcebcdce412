"""The right to open data: made in this room only, and not to be made, copied or changed elsewhere.

A mandate is a handle without content: what it gives stands in this module, per handle. So there is
nothing on it to overwrite, a copy is the same handle, and what was made in any other way gives
nothing. `isinstance` is answered here too: a stand-in that pretends its class is no mandate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NoReturn, Self
from weakref import WeakKeyDictionary

from grondslag.approval.bundle import Bundle
from grondslag.approval.scope import allowed_columns
from grondslag.approval.seal import SealReport
from grondslag.approval.signatures import Signature
from grondslag.clock import Clock, today
from grondslag.contracts import Contract
from grondslag.errors import ApprovalError
from grondslag.plan import Plan


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed approval gives; only `verification` makes one."""

    plan: Plan
    contracts: Mapping[str, Contract] = field(repr=False)
    bundle: Bundle
    report: SealReport


@dataclass(frozen=True, slots=True)
class Checking:
    """What a check mandate gives; only `checking` makes one."""

    contract: Contract
    holder: str
    until: date
    is_owner: bool = False


_KINDS: tuple[type, ...] = ()


class _MandateType(type):
    """Answers `isinstance` by what this room made, not by what a thing says it is."""

    def __instancecheck__(cls, instance: object) -> bool:
        kind = type(instance)
        return kind in _KINDS and issubclass(kind, cls) and instance in _ISSUED

    def __setattr__(cls, name: str, value: object) -> None:
        # The machinery of classes writes names with underscores; nobody else writes on these.
        if not name.startswith("_"):
            raise ApprovalError("approval.mandate-not-made-here")
        super().__setattr__(name, value)


class Mandate(metaclass=_MandateType):
    """The right to open data: a `SealedApproval` or a `CheckMandate`; there is no third kind.

    Raises:
        ApprovalError: On every attempt to make one outside this room, to inherit from one, to
            write on one or to store one.
    """

    __slots__ = ("__weakref__",)

    def __new__(cls, *_args: object, **_facts: object) -> Self:
        """Refuse: a mandate comes from `verified_approval` or `check_mandate`."""
        raise ApprovalError("approval.mandate-not-made-here")

    def __init_subclass__(cls) -> None:
        if _KINDS:  # both kinds stand: there is no third
            raise ApprovalError("approval.mandate-not-made-here")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise ApprovalError("approval.mandate-not-made-here")

    def __delattr__(self, name: str) -> NoReturn:
        raise ApprovalError("approval.mandate-not-made-here")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise ApprovalError("approval.mandate-not-made-here")

    @property
    def expires(self) -> date:
        """The last day on which it opens anything."""
        raise ApprovalError("approval.mandate-not-made-here")

    def check_open(self, clock: Clock) -> None:
        """Check that the last day has not passed.

        Raises:
            ApprovalError: It has.
        """
        if today(clock) > self.expires:
            raise ApprovalError("approval.mandate-over", date=self.expires)

    def check_covers(self, contract: Contract) -> None:
        """Check that this contract, exactly so, is one the mandate is about.

        Raises:
            ApprovalError: It is another dataset, or the contract is not the approved one.
        """
        own = self._contracts.get(contract.name)
        if own is None:
            raise ApprovalError("approval.dataset-not-covered", dataset=contract.name)
        if own is not contract and own != contract:
            raise ApprovalError("approval.contract-changed", dataset=contract.name)

    def allowed_columns(self, dataset: str) -> tuple[str, ...]:
        """The columns of a dataset that may be read.

        Raises:
            ApprovalError: The mandate is not about this dataset.
        """
        raise ApprovalError("approval.dataset-not-covered", dataset=dataset)

    @property
    def _contracts(self) -> Mapping[str, Contract]:
        raise ApprovalError("approval.mandate-not-made-here")


class SealedApproval(Mandate):
    """A plan that was approved: verified just now against everything `verification` knows."""

    __slots__ = ()

    @property
    def plan(self) -> Plan:
        """The approved plan."""
        return _sealed(self).plan

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The approved contracts by name."""
        return _sealed(self).contracts

    @property
    def bundle(self) -> Bundle:
        """What was signed."""
        return _sealed(self).bundle

    @property
    def report(self) -> SealReport:
        """What the seal shows to anyone."""
        return _sealed(self).report

    @property
    def seal_sha256(self) -> str:
        """Hash over the bytes that everybody signed."""
        return _sealed(self).bundle.sha256

    @property
    def lane(self) -> str:
        """``signed`` or ``fast``."""
        return _sealed(self).bundle.lane

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Who signed, in which role, under which mandate; none in the fast lane."""
        return _sealed(self).report.signatures

    @property
    def expires(self) -> date:
        """The end date of the plan."""
        return _sealed(self).bundle.end_date

    def allowed_columns(self, dataset: str) -> tuple[str, ...]:
        """The columns that are wanted, and those that their protections need.

        Raises:
            ApprovalError: The approval is not about this dataset.
        """
        content = _sealed(self)
        if dataset not in content.contracts:
            raise ApprovalError("approval.dataset-not-covered", dataset=dataset)
        return allowed_columns(content.plan, content.contracts, dataset)

    @property
    def _contracts(self) -> Mapping[str, Contract]:
        return _sealed(self).contracts


class CheckMandate(Mandate):
    """An owner's leave to check one dataset of their own: counts and column names, never a row."""

    __slots__ = ()

    @property
    def contract(self) -> Contract:
        """The one contract it is about."""
        return _checking(self).contract

    @property
    def holder(self) -> str:
        """Who checks."""
        return _checking(self).holder

    @property
    def is_owner(self) -> bool:
        """Whether the owner checks, and not somebody with the owner's grant."""
        return _checking(self).is_owner

    @property
    def expires(self) -> date:
        """The last day."""
        return _checking(self).until

    def allowed_columns(self, dataset: str) -> tuple[str, ...]:
        """All columns of the one dataset.

        Raises:
            ApprovalError: It is another dataset.
        """
        contract = _checking(self).contract
        if dataset != contract.name:
            raise ApprovalError("approval.dataset-not-covered", dataset=dataset)
        return contract.column_names

    @property
    def _contracts(self) -> Mapping[str, Contract]:
        contract = _checking(self).contract
        return {contract.name: contract}


_KINDS = (SealedApproval, CheckMandate)
_ISSUED: WeakKeyDictionary[Mandate, Sealed | Checking] = WeakKeyDictionary()


def issue_sealed(content: Sealed) -> SealedApproval:
    """A sealed approval; for `verification` only, a test of this room holds that."""
    frozen = MappingProxyType(dict(content.contracts))
    made = object.__new__(SealedApproval)
    _ISSUED[made] = Sealed(content.plan, frozen, content.bundle, content.report)
    return made


def issue_check(content: Checking) -> CheckMandate:
    """A check mandate; for `checking` only, a test of this room holds that."""
    made = object.__new__(CheckMandate)
    _ISSUED[made] = content
    return made


def _sealed(mandate: Mandate) -> Sealed:
    content = _ISSUED.get(mandate)
    if not isinstance(content, Sealed):
        raise ApprovalError("approval.mandate-not-made-here")
    return content


def _checking(mandate: Mandate) -> Checking:
    content = _ISSUED.get(mandate)
    if not isinstance(content, Checking):
        raise ApprovalError("approval.mandate-not-made-here")
    return content
