"""A project that asks anonymous records and puts no question to them still has a report."""

import pypdf
import pytest

from commanding import on, works
from grondslag.errors import InputError
from grondslag.report import report_project
from made_records import ASKED
from small_project import AGGREGATE, lawful_plan
from small_town import make_small_town


def delivered(folder, wanted, step):
    """A town that delivered what one plan asks."""
    made = make_small_town(folder, lawful_plan(wanted, step=step))
    made.sign()
    made.deliver()
    return made


@pytest.fixture
def town(tmp_path):
    return delivered(tmp_path, ASKED, "anonymous")


def report(town, **options):
    return report_project(town.project, town.installation, clock=town.clock, **options)


def test_it_says_what_changed_what_it_cost_and_what_risk_is_left(town):
    html, pdf = report(town)

    page = html.read_text(encoding="utf-8")
    assert "In elke groep lijken minstens 10 mensen op elkaar." in page
    assert "Wat ging verloren?" in page
    assert "De kans om iemand te vinden was hooguit" in page
    assert "AVG art. 25 lid 1" in page
    assert "grondslag verify" in page
    assert len(pypdf.PdfReader(pdf).pages) >= 2


def test_no_hash_of_an_answer_stands_under_it(town):
    page = report(town)[0].read_text(encoding="utf-8")

    assert "Levering " + town.visible[-1].name in page
    assert "Vrijgave" not in page


def test_it_stands_in_the_audit_chain(town):
    report(town)

    assert "report.written" in [action for action, _, _ in town.audited()]


def test_it_is_there_in_english(town):
    page = report(town, language="en")[0].read_text(encoding="utf-8")

    assert "In every group at least 10 people look alike." in page


def test_the_command_writes_it_in_the_language_that_was_asked(town):
    with on(town.clock.now()):
        works("report", town.project, "--language", "en", "--home", town.folder / "installation")

    page = (town.project / "report" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "In every group at least 10 people look alike." in page


def test_what_is_only_counted_has_no_report_without_an_answer(tmp_path):
    town = delivered(tmp_path, AGGREGATE, "aggregate")

    with pytest.raises(InputError):
        report(town)

    assert not (town.project / "report").exists()
