"""Bad input: one clear sentence on standard error, the family's exit status, nothing written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commanding import call, works
from grondslag.cli.output import Output

EXAMPLE = Path(__file__).parents[3] / "examples" / "voorbeeldstad-verkeer"


@pytest.fixture
def project(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "project")


def everything_in(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def replace(path, before, after):
    raw = path.read_bytes()
    assert before in raw
    path.write_bytes(raw.replace(before, after, 1))


WRONG_CALLS = [
    # arguments                                         status  part of the sentence
    (["nonsense"], 2, "Deze opdracht begrijpen we niet."),
    (["check"], 2, "PROJECT ontbreekt bij grondslag check."),
    (["check", "x", "--foo"], 2, "De optie --foo bestaat niet bij grondslag check."),
    (["check", "a", "b"], 2, "Deze opdracht begrijpen we niet."),
    (["approve", "x", "--role"], 2, "De optie --role heeft een waarde nodig."),
    (["approve", "x", "--key", "k"], 2, "--role ontbreekt bij grondslag approve."),
    (["approve", "x", "--role", "burgemeester", "--key", "k"], 2, "owner, privacy_officer"),
    (["approve", "x", "--role", "owner", "--key", "k"], 2, "Een eigenaar tekent voor"),
    (["approve", "x", "--role", "decider", "--dataset", "d", "--key", "k"], 2, "Een eigenaar"),
    (["audit", "show", "--last", "veel"], 2, "De waarde van --last past niet"),
    (["audit", "show", "--last", "0"], 2, "De waarde van --last past niet"),
    (["check", "x", "--language", "fy"], 2, "De taal fy spreken we niet."),
    (["check", "er-is-niets.yaml"], 2, "er-is-niets.yaml"),
    (["status", "er-is-niets"], 2, "De map er-is-niets bestaat niet."),
    (["policy", "show", "no.such-rule"], 2, "De regel no.such-rule kennen we niet."),
    (["policy", "list", "--date", "gisteren"], 2, "gisteren is geen datum."),
    (["audit", "verify", "--home", "er-is-niets"], 2, "er-is-niets"),
    (["approve", "x", "--role", "decider", "--key", "k", "--home", "er-is-niets"], 2, "er-is-niet"),
    (["identity", "show", "er-is-niets"], 2, "er-is-niets.pub"),
    (["identity", "home", "--root", "er-is-niets.pub", "--home", "h"], 2, "er-is-niets.pub"),
    (["identity", "new", "A. Naam", "--to", "sleutel"], 2, "Er is geen toetsenbord"),
    (["identity", "sign-authorities", "lijst.yaml", "--key", "geen"], 2, "Het sleutelbestand geen"),
    (["identity", "accept", "lijst.yaml", "--home", "er-is-niets"], 2, "er-is-niets"),
    (["contract", "definitions", "er-is-niets"], 2, "er-is-niets"),
    (["contract", "definitions", "."], 2, "geen gegevensafspraak"),
    (["contract", "sign", "geen.yaml", "--key", "k", "--until", "2027-01-01"], 2, "geen.yaml"),
]


@pytest.mark.parametrize(("arguments", "status", "sentence"), WRONG_CALLS)
def test_a_wrong_call_gets_one_sentence(tmp_path, monkeypatch, arguments, status, sentence):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRONDSLAG_PASSPHRASE", raising=False)

    said = call(*arguments)

    assert said.status == status
    assert sentence in said.complaint
    assert said.out == ""
    assert everything_in(tmp_path) == {}


BROKEN_PROJECTS = [
    # file                          before             after               part of the sentence
    ("plan.yaml", b"plan: grondslag/1", b"plan: [grondslag/1", "dit is geen geldige YAML"),
    ("plan.yaml", b"id: lindelaan", b"id: lindelaan\nid: ander", "id"),
    ("plan.yaml", b"id: lindelaan", b"id: lindelaan\ngeheim: ja", "geheim"),
    ("plan.yaml", b"id: lindelaan", b"id: Linde Laan", "plan.yaml, regel"),
    ("plan.yaml", b"id: lindelaan", b"id: &a lindelaan", "verwijzingen met &"),
    ("plan.yaml", b"title: Is", b"title: \xff Is", "dit is geen UTF-8-tekst"),
    ("plan.yaml", b"form: exact", b"form: precies", "de vorm precies kennen we niet"),
    ("plan.yaml", b"title: Is de", "title: Is d\u0435".encode(), "plan.yaml, regel"),
    ("contracts/ongevallen.odcs.yaml", b"apiVersion: v3.1.0", b"apiVersion: v2.0.0", "regel"),
    ("contracts/ongevallen.odcs.yaml", b"name: ongevallen", b"name: wegen", "wegen"),
    ("accountability/dpia-lindelaan.yaml", b"title:", b"titel:", "titel"),
]


@pytest.mark.parametrize(("file", "before", "after", "sentence"), BROKEN_PROJECTS)
def test_a_broken_document_gets_one_sentence_with_its_place(project, file, before, after, sentence):
    replace(project / file, before, after)
    stood = everything_in(project)

    said = call("check", project, "--write", project / "beter.yaml")

    assert said.status == 2
    assert sentence in said.complaint
    assert said.out == ""
    assert everything_in(project) == stood


@pytest.mark.parametrize(("file", "before", "after", "sentence"), BROKEN_PROJECTS)
def test_status_tells_a_broken_document_as_a_step(project, file, before, after, sentence):
    replace(project / file, before, after)

    said = works("status", project, "--home", project.parent / "geen")

    assert "Er klopt iets niet" in said.out
    assert "Doe nu dit" in said.out


def test_an_unknown_column_is_a_finding_with_its_line(project):
    replace(project / "plan.yaml", b"name: slachtoffers", b"name: slaghtoffers")

    said = call("check", project)

    assert said.status == 3
    assert "slaghtoffers" in said.out


def test_a_project_without_contracts_is_told_so(project):
    shutil.rmtree(project / "contracts")

    said = call("check", project)
    status = works("status", project, "--home", project.parent / "geen")

    assert said.status == 2
    assert "contracts" in said.complaint
    assert "Er zijn nog geen gegevensafspraken." in status.out


def test_an_empty_folder_has_no_plan_yet(tmp_path):
    said = works("status", tmp_path, "--home", tmp_path / "geen")

    assert "Er is nog geen plan." in said.out
    assert "grondslag new" in said.out


def test_a_fault_of_ours_shows_where_and_never_what(monkeypatch):
    def fail(*_arguments, **_options):
        raise ValueError("123456782 woont in de Lindelaan")

    monkeypatch.setattr("grondslag.cli.plans.project_state", fail)
    said = call("status", EXAMPLE)

    assert said.status == 70
    assert "ValueError" in said.complaint
    assert "123456782" not in said.err + said.out


def test_stopping_says_so(monkeypatch):
    def stop(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("grondslag.cli.plans.project_state", stop)
    said = call("status", EXAMPLE)

    assert said.status == 130
    assert said.complaint == Output().words("cli.interrupted")


@pytest.mark.parametrize("arguments", [[], ["identity"], ["policy"], ["contract"], ["audit"]])
def test_without_a_command_the_help_is_shown(arguments):
    said = call(*arguments)

    assert said.status == 2
    assert "Usage" in said.out + said.err


def test_the_real_program_has_the_same_exit_status():
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "grondslag", *arguments],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "GRONDSLAG_LANGUAGE": "en"},
        )  # fmt: skip

    version = run("--version")
    wrong = run("check", "--foo")

    assert (version.returncode, version.stderr) == (0, "")
    assert wrong.returncode == 2
    assert (
        wrong.stderr == "grondslag check has no option --foo. Look with grondslag check --help.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["--language", "en"], "nl", "The folder geen does not exist."),
        (["--language=en"], "nl", "The folder geen does not exist."),
        ([], "en", "The folder geen does not exist."),
        (["--language", "nl"], "en", "De map geen bestaat niet."),
        (["--language", "fy"], "en", "De taal fy spreken we niet."),
        ([], "fy", "De taal fy spreken we niet."),
    ],
)
def test_an_error_speaks_the_language_that_was_asked_for(
    tmp_path, monkeypatch, arguments, environment, sentence
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRONDSLAG_LANGUAGE", environment)

    said = call("status", "geen", *arguments)

    assert said.status == 2
    assert sentence in said.complaint
