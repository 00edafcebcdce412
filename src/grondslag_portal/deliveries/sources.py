"""Where the files of datasets stand, for a delivery."""

from pathlib import Path, PurePosixPath

from grondslag.approval import needed_contracts
from grondslag.contracts import read_contracts
from grondslag.plan import read_plan
from grondslag_portal.projects.services import Workplace

_PARTS = 2  # the folder of a department and the file in it


def sources_for(place: Workplace) -> dict[str, Path]:
    """Per dataset its file, in a folder from which the municipality lets files be taken.

    A dataset without one stands where its contract says.

    Raises:
        InputError: Plan or contracts cannot be read.
        ApprovalError: A contract is missing.
    """
    plan = read_plan(place.folder / "plan.yaml")
    found: dict[str, Path] = {}
    contracts = read_contracts(place.folder / "contracts")
    for name, contract in needed_contracts(plan, contracts).items():
        tail = PurePosixPath(contract.server.path or "").parts[-_PARTS:]
        for folder in place.installation.settings.source_folders:
            file = Path(folder).joinpath(*tail)
            if tail and ".." not in tail and file.is_file():
                found[name] = file
                break
    return found
