"""What the guards say of a decision."""

from dataclasses import replace

import pytest

from grondslag.decision.warning import warnings_of
from grondslag.plan import Analysis
from grondslag.wording import sentence
from made_decisions import made_decision
from made_plans import made_plan

TEMPTING = "Door hardrijders gebeuren in de Lindelaan meer ongevallen."


@pytest.mark.parametrize("field", ["sentence", "data_say"])
def test_a_decision_that_says_why_is_warned_about(tmp_path, field):
    said = TEMPTING if field == "sentence" else [TEMPTING]
    decision = made_decision(tmp_path, **{field: said})

    found = warnings_of(decision, made_plan(tmp_path))

    (told,) = [sentence(note.code, **note.fields) for note in found]
    assert told.startswith(f"Bij ‘{field}’ staat “door”. De cijfers zeggen waar het misgaat")


def test_a_decision_that_says_what_was_seen_hears_nothing(tmp_path):
    assert warnings_of(made_decision(tmp_path), made_plan(tmp_path)) == ()


def test_a_before_after_may_say_what_a_measure_did(tmp_path):
    asked = Analysis("before_after", "ongevallen", "straat", (), "", "", "", None, None, None)
    plan = replace(made_plan(tmp_path), analysis=asked)

    assert warnings_of(made_decision(tmp_path, sentence=TEMPTING), plan) == ()
