"""Names of people in Dutch text, by lists of names and the words around them.

Found by deduce, an extra (``text``): its lists take 80 MB, and minutes to build at first use. It
was made for medical notes and errs on the side of finding: a street or a firm that is named after
somebody can count as a name. What it finds of the rest (addresses, dates, numbers) is left to our
own recognisers.

Source:
    Menger, Scheepers, Van Wijk and Spruit, 2018, DEDUCE: a pattern matching method for automatic
    de-identification of Dutch medical text, doi:10.1016/j.tele.2017.08.002.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from typing import Any

from grondslag.errors import InputError

Names = Callable[[str], list[tuple[int, int]]]
"""From a text to where names stand in it, from left to right."""

_PERSON = {"persoon", "patient"}


def name_finder() -> Names:
    """What finds names; the first call takes ten seconds or more, the very first one minutes.

    Raises:
        InputError: The extra is not installed.
    """
    engine = _engine()

    def places(text: str) -> list[tuple[int, int]]:
        # All of it looks: what turns out to be a street or a firm is then no name.
        found = engine.deidentify(text).annotations
        return sorted((one.start_char, one.end_char) for one in found if one.tag in _PERSON)

    return places


def name_finder_version() -> str:
    """Which finder with which lists, such as ``deduce 3.0.6``, for a manifest.

    Raises:
        InputError: The extra is not installed.
    """
    try:
        return f"deduce {metadata.version('deduce')}"
    except metadata.PackageNotFoundError as error:
        raise InputError("anonymise.no-name-finder") from error


@lru_cache(maxsize=1)
def _engine() -> Any:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        from deduce import Deduce  # eight seconds and 80 MB: only where names are looked for
    except ModuleNotFoundError as error:
        raise InputError("anonymise.no-name-finder") from error
    finally:  # it makes everybody's log loud, and writes it between the output of a command
        root.setLevel(level)
        root.handlers[:] = handlers
    return Deduce()
