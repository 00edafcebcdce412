"""No byte of a sealed approval can change without the approval ending.

JSON files of an approval have one spelling: every other byte is refused. In YAML, which people
write, a comment or a space may differ: then the content, and so what was signed, is the same.
"""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    answer_advice,
    give_advice,
    verify_seal,
)
from grondslag.contracts import read_contracts
from grondslag.errors import GrondslagError
from grondslag.plan import read_plan
from town import make_town


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A sealed project with an advice and an answer: every kind of file an approval has."""
    town = make_town(tmp_path_factory.mktemp("town"))
    opinion = Opinion(AdviceOutcome.DO_WITH_CONDITIONS, "Doe het zonder de toelichting.")
    officer, decider = town.signer("F. Toezicht"), town.signer("D. Beslisser")
    give_advice(town.project, town.installation, opinion, signer=officer, clock=town.clock)
    answer_advice(town.project, town.installation, Reply(True), signer=decider, clock=town.clock)
    town.sign_all()
    assert town.verified()
    return town


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def meaning(project):
    """What the YAML of a project says."""
    contracts = read_contracts(project / "contracts")
    return read_plan(project / "plan.yaml").sha256, {
        name: (contract.sha256, contract.privacy.areas and contract.privacy.areas.sha256)
        for name, contract in contracts.items()
    }


@given(data=st.data())
def test_changing_any_byte_ends_the_approval_or_changes_no_meaning(sealed, data):
    path = data.draw(st.sampled_from(files_of(sealed.project)), label="file")
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before) - 1), label="position")
    other = data.draw(st.integers(1, 255), label="change")
    said = meaning(sealed.project)
    path.write_bytes(before[:at] + bytes([before[at] ^ other]) + before[at + 1 :])

    try:
        verify_seal(sealed.project, root_public_key=sealed.root_public_key)
        sealed.verified()
    except GrondslagError:
        pass
    else:
        assert path.suffix == ".yaml"
        assert meaning(sealed.project) == said
    finally:
        path.write_bytes(before)


@given(data=st.data())
def test_cutting_or_adding_anywhere_ends_the_approval(sealed, data):
    path = data.draw(st.sampled_from(files_of(sealed.approval)), label="file")
    before = path.read_bytes()
    at = data.draw(st.integers(0, len(before)), label="position")
    change = data.draw(st.binary(min_size=1, max_size=3) | st.none(), label="added, or cut off")
    after = before[:at] if change is None else before[:at] + change + before[at:]
    path.write_bytes(after)

    try:
        verify_seal(sealed.project, root_public_key=sealed.root_public_key)
    except GrondslagError:
        pass
    else:
        assert after == before
    finally:
        path.write_bytes(before)


def test_leaving_out_any_file_ends_the_approval(sealed, tmp_path):
    for path in files_of(sealed.project):
        copy = Path(shutil.copytree(sealed.project, tmp_path / path.name))
        (copy / path.relative_to(sealed.project)).unlink()

        with pytest.raises(GrondslagError):
            verify_seal(copy, root_public_key=sealed.root_public_key)
