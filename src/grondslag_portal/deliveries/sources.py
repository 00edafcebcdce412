"""Where the files of datasets stand, for a delivery."""

from pathlib import Path

from grondslag.approval import needed_contracts
from grondslag.contracts import read_contracts
from grondslag.plan import read_plan
from grondslag_portal.catalogue.places import file_of
from grondslag_portal.projects.services import Workplace


def sources_for(place: Workplace) -> dict[str, Path]:
    """Per dataset its file, in a folder from which the municipality lets files be taken.

    A dataset without one stands where its contract says.

    Raises:
        InputError: Plan or contracts cannot be read, or a file stands in two source folders.
        ApprovalError: A contract is missing.
    """
    plan = read_plan(place.folder / "plan.yaml")
    contracts = read_contracts(place.folder / "contracts")
    found = {
        name: file_of(contract) for name, contract in needed_contracts(plan, contracts).items()
    }
    return {name: file for name, file in found.items() if file is not None}
