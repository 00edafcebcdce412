"""What the report of a project tells of anonymous records in its delivery."""

from dataclasses import replace

import pyarrow as pa
import pytest

from grondslag.anonymise import (
    DistinctDiversity,
    KAnonymity,
    anonymise,
    column_uses,
    intervals,
    report_mapping,
)
from grondslag.anonymise.describing import uses_mapping
from grondslag.report import report_html
from grondslag.report.anonymity_told import records_files
from made_report import MANIFEST, made_report

MODELS = [KAnonymity(5), DistinctDiversity("schuld", 2)]


def told(*, blind=False):
    """The part of a manifest about a made-up table of ages and debts."""
    table = pa.table(
        {"leeftijd": [20 + at // 2 % 40 for at in range(160)], "schuld": ["geen", "veel"] * 80}
    )
    steps = [intervals("leeftijd", table["leeftijd"], widths=[5, 10])]
    made = anonymise(table, hierarchies=steps, model=MODELS, sensitive=["schuld"], blind=blind)
    uses = column_uses(table, made, steps, sensitive=["schuld"])
    return report_mapping(made, models=MODELS, minimum=10) | {
        "columns_use": uses_mapping(uses, suppressed=0, minimum=10)
    }


def page_of(folder, anonymisation, *, language="nl"):
    """The page about a delivery with one table of anonymous records."""
    columns = [
        {"name": "leeftijd", "title": "Leeftijd <jaren>"},
        {"name": "schuld", "title": "Schuld"},
    ]
    entry = MANIFEST["tables"][0] | {"columns": columns, "title": "Klanten"}
    if anonymisation:
        entry |= {"anonymisation": anonymisation}
    given = made_report(folder, decided=False)
    return report_html(replace(given, manifest={"tables": [entry]}, language=language))


def test_the_report_says_what_changed_what_it_cost_and_what_risk_is_left(tmp_path):
    page = page_of(tmp_path, told())

    assert "<h3>Klanten</h3>" in page
    assert "In elke groep lijken minstens 5 mensen op elkaar." in page
    assert "Elke groep heeft voor Schuld minstens 2 verschillende waarden." in page
    assert "Leeftijd &lt;jaren&gt;" in page
    assert "Er zijn geen rijen weggelaten." in page
    assert "De kans om iemand te vinden was hooguit" in page
    assert 'id="records-0-steps' in page
    assert 'id="records-0-risk' in page


def test_a_delivery_without_anonymous_records_has_no_such_part(tmp_path):
    page = page_of(tmp_path, None)

    assert "anoniem zijn gemaakt" not in page


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "niet op beide tabellen nagerekend"),
        (
            {"comparable": "compared", "areas": 6, "changed": 2, "largest": 0.08},
            "in 2 van de 6 gebieden verandert de conclusie",
        ),
        (
            {"comparable": "compared", "areas": 6, "changed": 0, "largest": None},
            "In geen van de 6 gebieden is de conclusie anders.",
        ),
    ],
    ids=["not measured", "changed", "how far is not told"],
)
def test_it_is_said_what_it_does_to_the_answer_of_the_plan(tmp_path, answer, sentence):
    measured = {} if answer is None else {"answer_use": answer}

    assert sentence in page_of(tmp_path, told() | measured)


@pytest.mark.parametrize("blind", [True, False])
def test_it_is_said_when_sensitive_values_were_kept_out_of_the_choice(tmp_path, blind):
    page = page_of(tmp_path, told(blind=blind))

    assert ("zonder naar gevoelige kolommen te kijken" in page) is blind


def test_it_is_told_in_english_too(tmp_path):
    page = page_of(tmp_path, told(), language="en")

    assert "How these data were made anonymous" in page
    assert "No rows were left out." in page


def test_the_numbers_of_both_pictures_stand_in_a_file_beside_the_page():
    entry = {
        "name": "klanten",
        "title": "Klanten",
        "columns": [{"name": "leeftijd", "title": "Leeftijd"}, {"name": "schuld", "title": "=1+1"}],
        "anonymisation": told(),
    }

    (file,) = records_files({"tables": [entry]}, "nl")

    rows = [line.split(";") for line in file.content.splitlines()]
    assert file.address == "cijfers/anoniem-klanten.csv"
    assert rows[1][:4] == ["Leeftijd", "per 5", "40", "8"]
    assert [row[0] for row in rows[2:4]] == ["Hoogste kans voor één mens", "Gemiddelde kans"]
    assert rows[2][2:4] == ["0,25", "0,05"]  # groups of four, then of twenty
    shares = {int(row[0].rpartition(" ")[2]): row[2:4] for row in rows[4:]}
    assert shares[3] == ["0", "0"]  # the whole distribution: nobody is in so small a group
    assert shares[5] == ["1", "0"]  # everybody was, nobody is
    assert shares[20] == ["1", "1"]
