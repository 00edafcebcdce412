"""Who sits at the keyboard may try again; a new passphrase is typed twice."""

import io

import pytest

from commanding import call
from grondslag.cli import asking
from grondslag.cli.asking import Asking, new_passphrase
from grondslag.cli.output import Output
from grondslag.errors import InputError
from grondslag.plan import read_plan

FIRST = "vier losse gewone woorden"


class Keyboard(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self):
        return True


@pytest.fixture
def _somebody_there(monkeypatch):
    monkeypatch.delenv("GRONDSLAG_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", Keyboard())


def typing(monkeypatch, *answers):
    """Answer each prompt in turn."""
    left = iter(answers)
    monkeypatch.setattr("typer.prompt", lambda *_said, **_how: next(left))


@pytest.mark.usefixtures("_somebody_there")
def test_a_new_passphrase_is_typed_twice(monkeypatch):
    typing(monkeypatch, FIRST, FIRST)

    assert new_passphrase(Output(), None) == FIRST


@pytest.mark.usefixtures("_somebody_there")
def test_two_passphrases_that_differ_make_no_key(monkeypatch):
    typing(monkeypatch, FIRST, FIRST + " ")

    with pytest.raises(InputError) as caught:
        new_passphrase(Output(), None)

    assert caught.value.code == "cli.passphrases-differ"


def test_a_person_may_answer_again(tmp_path, monkeypatch):
    monkeypatch.setattr(Asking, "is_person", property(lambda _self: True))
    lines = [
        "Te kort", "Ouderen in Noord komen niet meer bij de winkels.",
        "Hoeveel mensen in Noord wonen ver van een bushalte?",
        "We willen meer inzicht in Noord.", "We besluiten of er een extra buurtbus komt.",
        "Dan rijdt er een extra bus.", "Dan gaat het geld naar de fietspaden.",
        "de wethouder", "1", "morgen", "2027-06-01", *["?"] * 8, "9", "1",
        "Zonder antwoord kiest de gemeente op gevoel.",
    ]  # fmt: skip

    said = call("new", tmp_path / "project", lines=lines)

    plan = read_plan(tmp_path / "project" / "plan.yaml")
    assert said.status == 0
    assert plan.question.problem.startswith("Ouderen")
    assert plan.question.decision.what == "We besluiten of er een extra buurtbus komt."
    assert plan.question.decision.needed_by.isoformat() == "2027-06-01"
    assert "Antwoord 1 heeft 10 tot 1200 tekens nodig." in said.out


def test_an_answer_that_is_no_text_is_refused(monkeypatch):
    broken = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8")
    monkeypatch.setattr(asking.typer, "get_text_stream", lambda _name: broken)

    with pytest.raises(InputError) as caught:
        Asking(Output()).line()

    assert caught.value.code == "cli.answer-not-text"


def test_signs_that_steer_a_terminal_are_never_shown(capsys):
    Output().text("Advies: \x1b[2Jdoe het niet")

    assert "\x1b" not in capsys.readouterr().out
