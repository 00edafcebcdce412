"""The chain of the portal is verified where it stands, and as files by the engine."""

import importlib
import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from grondslag.cli.app import app
from grondslag_portal.shared import engine
from grondslag_portal.shared.models import ChainRecord

GUARD = importlib.import_module("grondslag_portal.shared.migrations.0002_chain_only_grows")


@pytest.fixture(autouse=True)
def two_records(home):
    engine.installation().record("somebody", "something.done", "a thing", count=1)
    engine.installation().record("somebody", "something.done", "a thing", count=2)


def test_a_whole_chain_is_told_with_its_length(home, capsys):
    call_command("audit_verify")
    assert str(ChainRecord.objects.count()) in capsys.readouterr().out


def test_a_record_changed_behind_the_guard_is_found_and_ends_with_six(home):
    GUARD.unguard(connection)
    record = ChainRecord.objects.get(number=2)
    changed = json.loads(bytes(record.line)) | {"actor": "somebody else"}
    record.line = json.dumps(changed).encode()
    record.save()
    with pytest.raises(CommandError) as refused:
        call_command("audit_verify")
    assert refused.value.returncode == 6


def test_the_files_are_verified_by_the_command_line_of_the_engine(home, tmp_path, capsys):
    from typer.testing import CliRunner

    call_command("audit_export", str(tmp_path / "out"))
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    shutil.rmtree(copy / "audit", ignore_errors=True)
    shutil.copytree(tmp_path / "out", copy / "audit")
    told = CliRunner().invoke(app, ["audit", "verify", "--home", str(copy)])
    assert told.exit_code == 0, told.output
    assert str(ChainRecord.objects.count()) in told.output


def test_the_files_are_never_written_over_others(home, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("audit_export", str(tmp_path))
    assert refused.value.returncode == 2
