"""The parts of a page around its text: tables, figures, call-outs. All text is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from markupsafe import Markup, escape

from grondslag.documents.data_file import is_file_name
from grondslag.documents.svg import Caption
from grondslag.errors import InputError
from grondslag.wording import sentence


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a table.

    Args:
        key: Of its cells in each row.
        label: Its heading.
        numeric: Figures: set right, digits of one width.
    """

    key: str
    label: str
    numeric: bool = False


class Callout(Enum):
    """A box that stands out: the answer, what is not known, or a note."""

    ANSWER = "answer"
    UNKNOWN = "unknown"
    NOTE = "note"


def table_html(
    caption: str,
    columns: Sequence[ColumnSpec],
    rows: Sequence[Mapping[str, str]],
    footnotes: Sequence[str] = (),
    *,
    language: str = "nl",
) -> Markup:
    """A table that a screen reader can walk through and that never widens the page.

    Args:
        caption: What it shows, with unit and period.
        columns: From left to right; the first names the row.
        rows: Cells by column key, already written the way the language writes numbers.
        footnotes: Under the table.
        language: For the name of the part that scrolls.

    Raises:
        InputError: No columns, or a row without a cell for one of them.
    """
    if not columns:
        raise InputError("documents.table-without-columns")
    for row in rows:
        missing = [column.key for column in columns if column.key not in row]
        if missing:
            raise InputError("documents.cell-missing", column=missing[0])
    heads = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_numeric(column), column.label)
        for column in columns
    )
    body = Markup("\n").join(_row(columns, row) for row in rows)
    table = Markup(
        "<table><caption><span>{}</span></caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>"
    ).format(caption, heads, body)
    name = sentence("documents.table-named", language=language, title=caption)
    notes = Markup("").join(Markup("<li>{}</li>").format(note) for note in footnotes)
    under = Markup('\n<ul class="footnotes">{}</ul>').format(notes) if notes else Markup("")
    return _scrolling(table, name) + under


def figure_html(svg: Markup, caption: Caption, *, data: str = "") -> Markup:
    """A figure with its title above it; on a narrow screen the figure scrolls, not the page.

    Args:
        svg: From one of the charts.
        caption: The one it was drawn with.
        data: Address of a file with its numbers, beside the page; not in print.

    Raises:
        InputError: The address is more than a folder of ours and a CSV file.
    """
    name = sentence("documents.figure-named", language=caption.language, title=caption.title)
    return Markup('<figure class="figure">\n<figcaption>{}</figcaption>\n{}{}\n</figure>').format(
        caption.title, _scrolling(svg, name), _data_link(data, caption.language)
    )


def _data_link(address: str, language: str) -> Markup:
    if not address:
        return Markup("")
    folder, _, file = address.rpartition("/")
    if not is_file_name(file) or not (folder == "" or folder.isalpha()):
        raise InputError("documents.bad-file-name")
    text = sentence("documents.data-file", language=language, file=file)
    return Markup('\n<p class="data"><a href="{}" download>{}</a></p>').format(address, text)


def callout(kind: Callout, heading: str, body: Markup | str, *, level: int = 2) -> Markup:
    """A box with a heading.

    Args:
        kind: Answer, unknown or note.
        heading: Its heading.
        body: Markup from a template, or plain text, which becomes one paragraph.
        level: Of the heading in the page, 2 to 4.

    Raises:
        InputError: The level is another.
    """
    if level not in (2, 3, 4):
        raise InputError("documents.heading-level")
    inner = body if isinstance(body, Markup) else Markup("<p>{}</p>").format(body)
    return Markup('<section class="callout {}">\n<h{}>{}</h{}>\n{}\n</section>').format(
        kind.value, level, heading, level, inner
    )


def _row(columns: Sequence[ColumnSpec], row: Mapping[str, str]) -> Markup:
    first, *others = columns
    cells = [Markup('<th scope="row"{}>{}</th>').format(_numeric(first), row[first.key])]
    cells += [Markup("<td{}>{}</td>").format(_numeric(one), row[one.key]) for one in others]
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _numeric(column: ColumnSpec) -> Markup:
    return Markup(' class="number"') if column.numeric else Markup("")


def _scrolling(inner: Markup, name: str) -> Markup:
    """A part that scrolls sideways by itself, also by keyboard."""
    return Markup(
        '<div class="scroll" role="region" aria-label="{}" tabindex="0">\n{}\n</div>'
    ).format(escape(name), inner)
