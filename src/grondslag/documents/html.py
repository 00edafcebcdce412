"""Templates in a sandbox, and the page around what they give.

A page is one file: its style inside it, no script, nothing fetched. It reads from 320 pixels wide,
prints on A4, and says all it has to say without colour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from grondslag.errors import InputError
from grondslag.wording import LANGUAGES, day, number, sentence

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_FILTERS: dict[str, Callable[..., str]] = {"number": number, "day": day}


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the text of a page.

    Args:
        kicker: Above the title: which organisation, what kind of document.
        mark: On every page, also in print, such as "example, made-up data"; none when empty.
        footer: Under the text: version, hashes, where to verify.
        title_language: Of the title, when that is another than the language of the page.
    """

    kicker: str = ""
    mark: str = ""
    footer: str = ""
    title_language: str = ""


def render(package: str, name: str, /, **values: Any) -> Markup:
    """Fill in a template of a package.

    The template runs in a sandbox: it reads the values, cannot change them, and reaches nothing
    else. Every value is escaped unless it is markup already. ``number`` and ``day`` are filters.

    Args:
        package: The package whose folder ``templates`` holds it, such as ``grondslag.report``.
        name: Its file name.
        values: What it may use.

    Raises:
        InputError: There is no such template, it does not parse, or it uses a value that it was not
            given.
    """
    try:
        filled = _environment(package).get_template(name).render(**values)
    except TemplateError as error:
        reason = type(error).__name__
        raise InputError("documents.broken-template", file=name, reason=reason) from error
    return Markup(filled)  # noqa: S704 - the sandbox escaped every value


@cache
def _environment(package: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_FILTERS)
    return environment


_NO_FRAME = PageFrame()


def page(
    *, title: str, language: str, body_html: Markup, frame: PageFrame = _NO_FRAME, styles: str = ""
) -> str:
    """A complete page around a text.

    Args:
        title: Of the document; becomes the one ``h1``, so headings in the text start at 2.
        language: ``nl`` or ``en``.
        body_html: The text, from `render` or the parts of `table`.
        frame: What stands around it.
        styles: CSS of our own, added to that of every page.

    Raises:
        InputError: The title is empty, or there are no words in that language.
    """
    if not title.strip():
        raise InputError("documents.page-without-title")
    if language not in LANGUAGES:
        raise InputError("documents.unknown-language", language=language)
    style = _stylesheet() + _page_numbers(language) + styles
    if "</" in style:
        raise InputError("documents.style-with-tags")
    kicker = Markup('<p class="kicker">{}</p>\n').format(frame.kicker) if frame.kicker else ""
    spoken = frame.title_language
    mark = Markup('<p class="mark">{}</p>\n').format(frame.mark) if frame.mark else ""
    footer = Markup("<p>{}</p>").format(frame.footer) if frame.footer else ""
    return str(
        _PAGE.format(
            language=language,
            policy=_POLICY,
            title=title,
            style=Markup(style),  # noqa: S704 - our own style sheet, held free of tags above
            skip=sentence("documents.skip-to-text", language=language),
            mark=mark,
            kicker=kicker,
            spoken=Markup(' lang="{}"').format(spoken) if spoken not in ("", language) else "",
            body=body_html,
            footer=footer,
        )
    )


_PAGE = Markup("""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<a class="skip" href="#text">{skip}</a>
<header class="masthead">
{mark}{kicker}<h1{spoken}>{title}</h1>
</header>
<main id="text" tabindex="-1">
{body}
</main>
<footer class="colophon">{footer}</footer>
</body>
</html>
""")


@cache
def _stylesheet() -> str:
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _page_numbers(language: str) -> str:
    """Page numbers in print, in the language of the page."""
    page_word = sentence("documents.page", language=language)
    of_word = sentence("documents.page-of", language=language)
    return (
        "@page { @bottom-right { content: "
        f'"{page_word} " counter(page) " {of_word} " counter(pages); }} }}\n'
    )
