"""One town for all checks of a module: what it signs does not depend on the data."""

import pytest

from town import make_town


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make_town(tmp_path_factory.mktemp("town"))
