"""The page about an anonymous table: what a data owner reads, on one page."""

import re
import zlib
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import (
    DistinctDiversity,
    KAnonymity,
    anonymise,
    areas,
    dates,
    intervals,
    propose,
    report_mapping,
)
from grondslag.documents import Caption
from grondslag.documents.ladders import Ladder, ladder_chart
from grondslag.errors import InputError
from grondslag.report.anonymity import anonymity_html, write_anonymity

DISTRICTS = [{"B1": "W1", "B2": "W1", "B3": "W2"}, dict.fromkeys(["B1", "B2", "B3"], "G")]
SAME = {"comparable": "compared", "areas": 6, "changed": 0, "largest": 0.0}
MOMENT = datetime(2027, 3, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def description():
    draw = np.random.default_rng(1)
    table = pa.table(
        {
            "leeftijd": draw.integers(18, 90, 2000),
            "buurt": draw.choice(["B1", "B2", "B3"], 2000),
            "geslacht": draw.choice(["m", "v"], 2000),
            "dag": pa.array(draw.integers(19000, 20200, 2000), pa.int32()).cast(pa.date32()),
            "schuld": draw.choice(["geen", "hoge-achterstand"], 2000),
        }
    )
    models = [KAnonymity(5), DistinctDiversity("schuld", 2)]
    made = anonymise(
        table,
        hierarchies=[
            intervals("leeftijd", table["leeftijd"], widths=[5, 10, 20, 40]),
            areas("buurt", DISTRICTS, names=["wijk", "gemeente"]),
            propose("geslacht", table["geslacht"]),
            dates("dag", table["dag"], steps=["month", "quarter", "year", "lustrum"]),
        ],
        model=models,
        sensitive=["schuld"],
        suppression=0.02,
    )
    return {
        "delivery": "2027-03-02-dd94305d",
        "title": "Meldingen",
        "titles": {"leeftijd": "Leeftijd <jaren>", "bsn": "Persoon"},
        "left_out": ["bsn"],
        "made_by": "data-analist (voorbeeld)",
        "anonymisation": report_mapping(made, models=models, minimum=10),
        "columns_use": [{"column": "leeftijd", "kept": 0.4, "shifted": 0.012}],
    }


def test_the_page_says_what_changed_what_it_cost_and_what_is_left(description):
    page = anonymity_html(description, SAME, sha256="ab" * 32, moment=MOMENT)

    assert "In elke groep lijken minstens 5 mensen op elkaar." in page
    assert "Eerst was iemand met zekerheid te vinden." in page
    assert "In geen van de 6 gebieden is de conclusie anders." in page
    assert "Leeftijd &lt;jaren&gt; het meest: 1,2%." in page
    assert page.count('role="img"') == 2
    assert "<script" not in page


def test_no_value_of_a_row_stands_on_the_page(description):
    page = anonymity_html(description, SAME, sha256="ab" * 32, moment=MOMENT)

    assert "achterstand" not in page
    assert "B1" not in page


def test_a_changed_conclusion_is_a_warning(description):
    changed = SAME | {"changed": 2, "largest": 0.08}

    page = anonymity_html(description, changed, sha256="ab" * 32, moment=MOMENT)

    assert "Let op: in 2 van de 6 gebieden verandert de conclusie of verdwijnt die." in page
    assert "hooguit 8% af" in page


def test_four_columns_are_one_sheet_of_paper(description, tmp_path):
    html, pdf = write_anonymity(
        tmp_path / "verslag.html", description, SAME, sha256="ab" * 32, moment=MOMENT
    )

    assert html.is_file()
    assert len(re.findall(rb"/Type\s*/Page\b", _plain(pdf))) == 1


def _plain(pdf):
    """The objects of a PDF, those in streams of objects too."""
    content, found = pdf.read_bytes(), []
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return content + b"".join(found)


def test_a_page_has_a_name_for_a_page(description, tmp_path):
    with pytest.raises(InputError) as refused:
        write_anonymity(tmp_path / "verslag", description, SAME, sha256="", moment=MOMENT)

    assert refused.value.code == "anonymity.report-not-html"
    assert list(tmp_path.iterdir()) == []


def test_a_step_that_is_not_there_is_refused():
    with pytest.raises(InputError):
        Ladder("leeftijd", ("precies", "niets"), 2)
    with pytest.raises(InputError):
        Ladder("leeftijd", ("precies", "niets"), 0, (0.5,), ("50%",))


def test_a_ladder_of_groups_shows_which_part_stands_at_each_step():
    ladder = Ladder("wijk", ("precies", "niets"), 0, (0.75, 0.25), ("75%", "25%"))
    caption = Caption("wijk", "Stappen", "wijk: precies 75%, niets 25%.", "nl")

    drawn = ladder_chart([ladder], caption, ends=("precies", "niets"))

    bars = [float(width) for width in re.findall(r'width="([0-9.]+)" height="7"', drawn)]
    assert bars[0] == pytest.approx(3 * bars[1], rel=0.01)
    assert ">75%<" in drawn
    assert ">25%<" in drawn
