"""The page: the answer first, every number released, nothing small, all of it readable."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest

from grondslag.decision import NextStep, Review, ReviewRecord, Worked
from grondslag.report import report_html, write_report
from made_delivery import DISTRICTS, STREETS
from made_report import EVEN, made_report

SMALL = EVEN | {"S12": [("UMS", 7)], "S13": [("LET", 8)], "S22": [("UMS", 7)]}
DEADLY = EVEN | {f"S{n}1": [("UMS", 20), ("LET", 12), ("DOD", 4)] for n in range(1, 7)}


class Reader(HTMLParser):
    """Texts per tag, and tables as lists of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.captions: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag, _attributes):
        self._open.append(tag)
        if tag == "table":
            self.tables.append([])
            self.captions.append("")
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        elif tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if {"style", "title"} & set(self._open) and "svg" not in self._open:
            return
        self.text += data
        if "caption" in self._open:
            self.captions[-1] += data
        if {"th", "td"} & set(self._open):
            self.tables[-1][-1][-1] += data
        if self._open and self._open[-1] in ("h1", "h2", "h3"):
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def pages(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def counts_in(reader, start):
    """Per area its count in the table whose caption starts so; None when it is not shown."""
    table = next(
        t for t, c in zip(reader.tables, reader.captions, strict=True) if c.startswith(start)
    )
    shown = {}
    for row in table[1:]:
        number = re.match(r"[\d.]+", row[1])
        shown[row[0]] = int(number.group().replace(".", "")) if number else None
    return shown


def test_the_answer_comes_first_and_doubt_before_the_pictures(tmp_path):
    page = report_html(made_report(tmp_path))

    order = [page.index(word) for word in ("Kort antwoord", "Wat weten we niet?", "<svg")]
    assert order == sorted(order)
    headings = [text for tag, text in read(page).headings if tag == "h2"]
    assert headings[0] == "Kort antwoord"
    assert headings[-1] == "Zo controleer je dit"
    assert {"Wat is weggelaten en waarom?", "Welke wet?", "Hoe goed zijn de gegevens?"} <= set(
        headings
    )


def test_one_h1_and_a_table_with_the_numbers_of_every_picture(tmp_path):
    given = made_report(tmp_path)

    reader = read(report_html(given))

    assert [tag for tag, _ in reader.headings].count("h1") == 1
    cells = [" ".join(row) for table in reader.tables for row in table]
    compared = given.figure("wijk-traffic")
    for cell in compared.cells:
        ratio = f"{cell.derived['ratio']:.2f}".replace(".", ",")
        line = next(one for one in cells if one.startswith(given.facts.name(cell.keys[0])))
        assert ratio in line


@pytest.mark.parametrize(("per_street", "focus"), [(SMALL, []), (SMALL, ["S12"]), (SMALL, ["S11"])])
def test_no_small_count_stands_in_the_page_or_follows_from_it(tmp_path, per_street, focus):
    given = made_report(tmp_path, per_street, focus=focus)

    files = write_report(tmp_path / "report", given)

    reader = read(files.html.read_text(encoding="utf-8"))
    text = re.sub(r"Pagina \d+ van \d+", "", "\n".join(pages(files.pdf.read_bytes())))
    truth = {STREETS[s]: sum(count for _, count in per) for s, per in per_street.items()}
    district = {
        name: sum(n for s, n in truth.items() if s.startswith(f"Straat {code[1]}"))
        for code, name in DISTRICTS.items()
    }
    wards = counts_in(reader, "De cijfers per wijk")
    assert wards == district
    if "De cijfers per straat" in reader.text:
        streets = counts_in(reader, "De cijfers per straat")
        for name, count in streets.items():
            assert count is None or count == truth[name] >= 10
        for code, name in DISTRICTS.items():
            mine = {s: n for s, n in streets.items() if s.startswith(f"Straat {code[1]}")}
            hidden = [name for name, count in mine.items() if count is None]
            left = wards[name] - sum(count or 0 for count in mine.values())
            # One hidden street would be what is left; of two, each keeps half of what it can be.
            assert len(hidden) != 1 or len(mine) < 3
            assert len(hidden) != 2 or len(mine) < 3 or 4 <= left <= 14
    for small in (7, 8):
        for said in (reader.text, text):
            assert not re.search(rf"(?<![\w,.:-]){small}(?![\w,.:%-])", said), small


def test_deaths_per_district_are_shown_nowhere_and_the_page_says_so(tmp_path):
    given = made_report(tmp_path, DEADLY)

    reader = read(report_html(given))

    assert "Ernst DOD komt in geen van de wijken vaak genoeg voor." in reader.text
    assert counts_in(reader, "Ernst in de hele stad") == {"UMS": 360, "LET": 216, "DOD": 24}


def test_what_was_left_out_has_its_article_and_a_sealed_count_stays_sealed(tmp_path):
    reader = read(report_html(made_report(tmp_path)))

    table = next(t for t, c in zip(reader.tables, reader.captions, strict=True) if "levering" in c)
    assert table[1:] == [
        ["kolommen die niet nodig zijn", "Geregistreerde ongevallen",
         "AVG art. 5 lid 1 onder c", "14"],
        ["mensen die bezwaar maakten", "Geregistreerde ongevallen",
         "AVG art. 21 lid 1", "minder dan 10"],
    ]  # fmt: skip
    assert "gesloten" not in reader.text


def test_an_example_is_marked_on_every_page_and_a_real_project_on_none(tmp_path):
    given = made_report(tmp_path)

    made_up = write_report(tmp_path / "a", given)
    real = write_report(tmp_path / "b", replace(given, plan=replace(given.plan, example=False)))

    assert all("VOORBEELD met" in text for text in pages(made_up.pdf.read_bytes()))
    assert not any("VOORBEELD" in text for text in pages(real.pdf.read_bytes()))
    assert "VOORBEELD" not in real.html.read_text(encoding="utf-8")


def test_the_decision_with_its_options_or_that_there_is_none(tmp_path):
    decided = read(report_html(made_report(tmp_path / "a")))
    open_yet = read(report_html(made_report(tmp_path / "b", decided=False)))

    assert "De Lindelaan krijgt in 2027 drempels en een nieuwe oversteek." in decided.text
    assert "(niets doen)" in decided.text
    assert "Dit advies is gevolgd." in decided.text
    assert "Er is nog geen besluit." in open_yet.text


def test_what_came_of_it_is_on_the_page(tmp_path):
    given = made_report(tmp_path)
    looked = Review(
        outcome="Er zijn minder ongevallen.",
        worked=Worked.PARTLY,
        learned="Tel ook het verkeer.",
        next_step=NextStep.KEEP,
        why="De bewoners zijn tevreden.",
        by="adviseur verkeer",
        day=given.moment.date(),
    )
    record = ReviewRecord(looked, given.decision.sha256, "2029-03-20T09:00:00.000Z")

    reader = read(report_html(replace(given, review=record)))

    assert "Heeft het gewerkt?" in reader.text
    assert "voor een deel" in reader.text


def test_everything_to_verify_it_is_on_the_page(tmp_path):
    given = made_report(tmp_path)

    text = read(report_html(given)).text

    proof = given.proof
    for fact in (proof.manifest_sha256, proof.analysis_sha256, proof.rule_set, proof.command,
                 proof.root_fingerprint, given.plan.sha256, given.decision.sha256):  # fmt: skip
        assert fact in text


def test_texts_of_others_are_shown_and_never_run(tmp_path):
    given = made_report(tmp_path)
    hostile = "<script>alert('x')</script> & \"aanhaling\""

    page = report_html(replace(given, plan=replace(given.plan, title=hostile)))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_equal_input_gives_equal_files(tmp_path):
    given = made_report(tmp_path)

    one, other = write_report(tmp_path / "a", given), write_report(tmp_path / "b", given)

    assert one.html.read_bytes() == other.html.read_bytes()
    assert one.pdf.read_bytes() == other.pdf.read_bytes()


def test_the_page_also_speaks_english(tmp_path):
    given = made_report(tmp_path, focus=["S11"])

    page = report_html(replace(given, language="en"))

    assert 'lang="en"' in page
    assert "Short answer" in page
    assert not re.search(r"\b(report|analysis|methods|approval)\.[a-z-]+\b", read(page).text)


def test_an_english_page_marks_the_words_of_others_as_dutch_and_says_so(tmp_path):
    """A screen reader then speaks them as Dutch, and nobody takes them for a mistake."""
    given = replace(made_report(tmp_path), language="en")

    page = report_html(given)

    assert f'<h1 lang="nl">{given.plan.title}</h1>' in page
    assert f'<span lang="nl">{given.decision.decision.sentence}</span>' in page
    for option in given.decision.decision.options:
        assert f'<span lang="nl">{option.advantages}</span>' in page
    assert "stands here as they wrote it, in Dutch." in page


def test_a_dutch_page_marks_nothing_as_dutch(tmp_path):
    page = report_html(made_report(tmp_path))

    assert '<span lang="nl">' not in page
    assert "<h1>" in page
    assert "zoals zij het schreven" not in page
