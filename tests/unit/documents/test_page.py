"""Tables, call-outs, templates and the page around them."""

import sys
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from grondslag.documents import ColumnSpec, PageFrame, callout, page, render, table_html
from grondslag.documents.table import Callout
from grondslag.errors import InputError
from made_page import made_page

HOSTILE = '"><script>alert(1)</script>'
COLUMNS = [ColumnSpec("a", "Wijk"), ColumnSpec("b", "Aantal", numeric=True)]


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def named(self, name):
        return [attributes for tag, attributes in self.seen if tag == name]


def test_a_table_names_its_columns_and_rows():
    tags = Tags(table_html("Titel", COLUMNS, [{"a": "Noord", "b": "12"}]))

    assert [head.get("scope") for head in tags.named("th")] == ["col", "col", "row"]
    assert tags.named("td") == [{"class": "number"}]
    assert tags.named("div")[0] == {
        "class": "scroll", "role": "region", "aria-label": "Tabel: Titel", "tabindex": "0",
    }  # fmt: skip


def test_no_text_in_a_table_is_taken_as_markup():
    columns = [ColumnSpec("a", HOSTILE), ColumnSpec("b", HOSTILE)]

    made = table_html(HOSTILE, columns, [{"a": HOSTILE, "b": HOSTILE}], [HOSTILE])

    assert "<script" not in made
    assert made.count("alert(1)") == 7


def test_a_row_without_a_cell_is_refused():
    with pytest.raises(InputError) as refused:
        table_html("Titel", COLUMNS, [{"a": "Noord"}])

    assert refused.value.code == "documents.cell-missing"
    assert refused.value.fields == {"column": "b"}


def test_a_table_without_columns_is_refused():
    with pytest.raises(InputError) as refused:
        table_html("Titel", [], [])

    assert refused.value.code == "documents.table-without-columns"


def test_plain_text_in_a_callout_is_escaped_and_markup_is_kept():
    plain = callout(Callout.NOTE, HOSTILE, HOSTILE)
    rich = callout(Callout.ANSWER, "Kort", Markup("<p>al <em>opgemaakt</em></p>"), level=3)

    assert "<script" not in plain
    assert "<em>opgemaakt</em>" in rich
    assert rich.startswith('<section class="callout answer">\n<h3>')


@pytest.mark.parametrize("level", [1, 5])
def test_a_callout_does_not_take_the_heading_of_the_page(level):
    with pytest.raises(InputError) as refused:
        callout(Callout.NOTE, "Kop", "tekst", level=level)

    assert refused.value.code == "documents.heading-level"


def test_a_page_is_whole_in_itself():
    tags = Tags(made_page())

    names = [tag for tag, _ in tags.seen]
    assert tags.named("html") == [{"lang": "nl"}]
    assert [names.count(name) for name in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert {"script", "link", "img", "iframe", "form", "object"}.isdisjoint(names)
    assert names.index("a") < names.index("header")
    policy = next(m["content"] for m in tags.named("meta") if "http-equiv" in m)
    assert policy.startswith("default-src 'none'")
    assert not [attributes for _, attributes in tags.seen if "style" in attributes]


def test_ids_on_a_page_are_unique():
    ids = [attributes["id"] for _, attributes in Tags(made_page()).seen if "id" in attributes]

    assert ids
    assert len(ids) == len(set(ids))


def test_what_stands_around_the_text_is_escaped():
    made = page(
        title=HOSTILE,
        language="nl",
        body_html=Markup("<p>tekst</p>"),
        frame=PageFrame(kicker=HOSTILE, mark=HOSTILE, footer=HOSTILE),
    )

    assert "<script" not in made
    assert made.count("alert(1)") == 5


def test_a_text_that_is_no_markup_is_escaped():
    assert "<script" not in page(title="Titel", language="nl", body_html=HOSTILE)


@pytest.mark.parametrize(("language", "word"), [("nl", "Pagina"), ("en", "Page")])
def test_page_numbers_are_in_the_language_of_the_page(language, word):
    made = page(title="Titel", language=language, body_html=Markup("<p>x</p>"))

    assert f'content: "{word} " counter(page)' in made


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"title": " "}, "documents.page-without-title"),
        ({"language": "fr"}, "documents.unknown-language"),
        ({"styles": "</style><script>"}, "documents.style-with-tags"),
    ],
)
def test_what_makes_no_page_is_refused(options, code):
    with pytest.raises(InputError) as refused:
        page(**{"title": "Titel", "language": "nl", "body_html": Markup(""), **options})

    assert refused.value.code == code


@pytest.fixture
def letters(tmp_path, monkeypatch):
    """A package with templates, made for one test."""
    home = tmp_path / "made_letters"
    (home / "templates").mkdir(parents=True)
    (home / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    def write(text):
        (home / "templates" / "letter.html").write_text(text, encoding="utf-8")
        return "made_letters"

    yield write
    sys.modules.pop("made_letters", None)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ name }}", "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ amount|number }}", "12.345"),
        ("{{ size|number(digits=1) }}", "0,5"),
    ],
)
def test_a_template_is_filled_in_and_escaped(letters, template, text):
    from grondslag.documents import html

    html._environment.cache_clear()

    made = render(letters(template), "letter.html", name=HOSTILE, amount=12345, size=0.5)

    assert made == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ missing }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ rows.append(1) }}",
        "{{ rows.__init__.__globals__ }}",
        "{% include '../secret.html' %}",
    ],
)
def test_a_template_that_reaches_too_far_is_refused(letters, template):
    from grondslag.documents import html

    html._environment.cache_clear()

    with pytest.raises(InputError) as refused:
        render(letters(template), "letter.html", rows=[])

    assert refused.value.code == "documents.broken-template"
    assert refused.value.fields["file"] == "letter.html"


def test_a_template_that_is_not_there_is_refused(letters):
    with pytest.raises(InputError) as refused:
        render(letters(""), "other.html")

    assert refused.value.fields["file"] == "other.html"
