"""Who a row is about, as one text for one person."""

import pyarrow as pa
import pyarrow.compute as pc

_DIGITS = 9


def person_texts(persons: pa.Array | pa.ChunkedArray, *, national_id: bool) -> pa.Array:
    """Persons as texts that are equal when the persons are.

    A citizen service number has nine digits. A column of whole numbers, and a spreadsheet, take
    the zeros in front away; then the person would not be found among those who object, nor in the
    log, nor in the dataset beside it. So they are put back.

    Args:
        persons: As the source has them.
        national_id: Whether they are citizen service numbers.

    Source:
        Wet algemene bepalingen burgerservicenummer, art. 1: one number for one person.
    """
    texts = persons.cast(pa.string())
    if not national_id:
        return texts
    short = pc.match_substring_regex(texts, f"^[0-9]{{1,{_DIGITS - 1}}}$")
    return pc.if_else(short, pc.utf8_lpad(texts, _DIGITS, "0"), texts)


def person_text(identifier: str) -> tuple[str, ...]:
    """The texts under which a person can stand, for who types a number.

    Args:
        identifier: As somebody typed it.
    """
    identifier = identifier.strip()
    whole = identifier.zfill(_DIGITS)
    is_short = identifier.isascii() and identifier.isdigit() and whole != identifier
    return (identifier, whole) if is_short else (identifier,)
