"""The page as PDF: tagged, the same each time, and nothing fetched."""

import builtins
import io
import sys
from datetime import UTC, datetime

import pypdf
import pytest
from markupsafe import Markup

from grondslag.documents import page, to_pdf
from grondslag.errors import InputError, SourceError
from made_page import made_page

MOMENT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def made():
    return to_pdf(made_page(), title="Rapport", moment=MOMENT)


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def with_image(address):
    return page(
        title="Titel",
        language="nl",
        body_html=Markup('<p><img alt="x" src="{}"></p>').format(address),
    )


def structure(node, found):
    """Tags of a PDF with their alternative texts, from the root down."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for part in node:
            structure(part, found)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        found.append((node.get("/S"), node.get("/Alt")))
        if "/K" in node:
            structure(node["/K"], found)
    return found


def test_a_pdf_is_tagged_and_says_its_language_and_title(made):
    document = read(made)

    assert document.root_object["/MarkInfo"]["/Marked"]
    assert document.root_object["/Lang"] == "nl"
    assert document.metadata.title == "Rapport"
    assert document.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in document.root_object["/Metadata"].get_data().decode()


def test_headings_tables_and_figures_are_tagged_and_figures_have_words(made):
    found = structure(read(made).root_object["/StructTreeRoot"], [])

    kinds = {kind for kind, _ in found}
    figures = [words for kind, words in found if kind == "/Figure"]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert len(figures) == 6
    assert all(figures)


def test_pages_are_a4_and_numbered(made):
    document = read(made)

    width, height = document.pages[0].mediabox.width, document.pages[0].mediabox.height
    assert (round(float(width)), round(float(height))) == (595, 842)
    assert f"Pagina 1 van {len(document.pages)}" in document.pages[0].extract_text()


def test_the_mark_is_on_every_page(made):
    assert all("verzonnen gegevens" in sheet.extract_text() for sheet in read(made).pages)


def test_equal_pages_at_equal_moments_give_equal_bytes(made):
    assert to_pdf(made_page(), title="Rapport", moment=MOMENT) == made


def test_what_is_in_the_page_itself_is_drawn():
    content = to_pdf(with_image(PIXEL), title="Titel")

    assert len(read(content).pages[0].images) == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "http://127.0.0.1:9/x.png",
        "https://elders.example/x.png",
        "ftp://elders.example/x.png",
    ],
)
def test_nothing_outside_the_page_is_fetched(address):
    with pytest.raises(InputError) as refused:
        to_pdf(with_image(address), title="Titel")

    assert refused.value.code == "documents.outside-address"


@pytest.mark.parametrize(
    "style",
    ["@import url(file:///etc/hostname);", "main { background: url(http://127.0.0.1:9/x) }",
     "@font-face { font-family: x; src: url(file:///etc/hostname) } body { font-family: x }"],
)  # fmt: skip
def test_a_style_cannot_fetch_either(style):
    made = page(title="Titel", language="nl", body_html=Markup("<p>x</p>"), styles="")

    with pytest.raises(InputError):
        to_pdf(made.replace("<style>", f"<style>{style}"), title="Titel")


def test_a_machine_without_the_libraries_is_told_what_to_run(monkeypatch, capsys):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "weasyprint":
            sys.stdout.write("a page of advice")
            raise OSError
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(SourceError) as refused:
        to_pdf("<p>x</p>", title="Titel")

    assert refused.value.code == "documents.no-pdf-libraries"
    assert capsys.readouterr().out == ""
