from datetime import date
from pathlib import Path

import pytest

from grondslag.contracts import Contract, read_contracts
from grondslag.synthetic import Town, make_town

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 2)


@pytest.fixture(scope="session")
def voorbeeldstad(tmp_path_factory) -> Town:
    """A town of 12,000; roads and crashes are those of the town of 60,000."""
    return make_town(tmp_path_factory.mktemp("stad"), today=TODAY, residents=12_000, dirt=True)


@pytest.fixture(scope="session")
def contracts() -> dict[str, Contract]:
    return read_contracts(EXAMPLES / "voorbeeldstad-verkeer" / "contracts")
