"""A page as tagged PDF, with nothing fetched from anywhere."""

import contextlib
import io
from datetime import UTC, datetime
from typing import Any

from grondslag.errors import InputError, SourceError


def to_pdf(html: str, *, title: str, moment: datetime | None = None) -> bytes:
    """The page as PDF that assistive technology can read.

    Args:
        html: A page from `html.page`; its style is inside it.
        title: Of the document, as readers of PDF show it.
        moment: When it was made; equal pages with equal moments give equal bytes. None when left
            out: the file then carries no time.

    Raises:
        InputError: The page asks for something outside itself: only ``data:`` is allowed.
        SourceError: The system libraries that draw PDF are missing.

    Source:
        PDF/UA-1, ISO 14289-1.
    """
    weasyprint = _weasyprint()
    fetcher = _no_fetching()
    from weasyprint.urls import FatalURLFetchingError

    try:
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render()
    except FatalURLFetchingError as error:
        raise InputError("documents.outside-address") from error
    document.metadata.title = title
    if moment is not None:
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        document.metadata.created = document.metadata.modified = stamp
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return content


def _weasyprint() -> Any:
    """The library, or one sentence about what it misses."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints a page of advice before failing
            import weasyprint
    except OSError as error:
        raise SourceError("documents.no-pdf-libraries") from error
    return weasyprint


def _no_fetching() -> Any:
    """A fetcher that hands over what is in the page itself, and refuses all else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class OnlyData(URLFetcher):  # type: ignore[misc]  # the library ships no types
        """Refuses every address but ``data:``, before anything is opened."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.lower().startswith("data:"):
                raise FatalURLFetchingError
            return super().fetch(url, headers)

    return OnlyData(allowed_protocols=["data"], allow_redirects=False)
