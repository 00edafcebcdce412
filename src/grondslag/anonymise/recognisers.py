"""How personal data looks in Dutch text: one recogniser per kind, with its check digits.

A recogniser errs on the side of finding. Where a number has check digits they decide: one in
eleven numbers of nine digits passes the eleven-test by chance, one in 97 the test of an IBAN.
Names and descriptions of people are not recognised at all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class PatternKind(StrEnum):
    """Kinds of personal data that can be told by their form."""

    IBAN = "iban"
    EMAIL = "email"
    BSN = "bsn"
    PHONE = "phone"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date_of_birth"
    NUMBER_PLATE = "number_plate"


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One kind of personal data.

    Args:
        kind: What it is.
        hint: An RE2 pattern that every text with a find must match: to skip the rest quickly.
        spans: Where it stands in a text.
    """

    kind: PatternKind
    hint: str
    spans: Callable[[str], Iterator[tuple[int, int]]]


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits can be a citizen service number.

    Source:
        Besluit burgerservicenummer, art. 4: weights 9 to 2 and -1, divisible by 11; not all zero.
    """
    if len(digits) != 9 or not digits.isdecimal() or digits == "000000000":
        return False
    total = sum(int(digit) * (9 - at) for at, digit in enumerate(digits[:8])) - int(digits[8])
    return total % 11 == 0


def is_iban(text: str) -> bool:
    """Whether a text without spaces is an account number: known country, its length, mod 97.

    Source:
        ISO 13616-1 (structure, lengths per country) with ISO 7064 mod 97-10.
    """
    code = text.upper()
    if _IBAN_LENGTHS.get(code[:2]) != len(code) or not code.isalnum() or not code.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def _is_old_account(digits: str) -> bool:
    """Whether nine or ten digits can be an account number of a Dutch bank from before IBAN.

    Source:
        The eleven-test of Dutch banks: weights 10 to 1 from the left, divisible by 11.
    """
    return sum(int(one) * at for at, one in enumerate(reversed(digits), start=1)) % 11 == 0


_COUNTRIES_BY_LENGTH = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL",
    19: "MK SI",
    20: "AT BA EE LT LU XK",
    21: "CH HR LI LV",
    22: "BG DE GB GE IE ME RS VA",
    23: "AE GI IL",
    24: "AD CZ ES MD RO SA SE SK TN",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "AL CY HU PL",
    29: "UA",
    31: "MT",
}
_IBAN_LENGTHS = {
    country: length
    for length, countries in _COUNTRIES_BY_LENGTH.items()
    for country in re.findall("[A-Z]{2}", countries)
}
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ .-]?[A-Za-z0-9]){11,30}")


# From before IBAN: no form of its own, so only where the word before it says what it is.
_NAMED_ACCOUNT = re.compile(
    r"\b(?:(?:bank)?rekening(?:nummer)?|rek)(?:[ .-]{0,2}(?:nr|nummer)\.?)?[ :=]{0,3}"
    r"(?P<number>\d(?:[ .]?\d){8,9})(?!\d)",
    re.IGNORECASE,
)


def _iban(text: str) -> Iterator[tuple[int, int]]:
    for named in _NAMED_ACCOUNT.finditer(text):
        if _is_old_account(_digits(named["number"])):
            yield named.span("number")
    at = 0
    while found := _IBAN.search(text, at):
        start, end = found.start(), _end_of_iban(text, found)
        if end:
            yield start, end
        at = end or start + 2


def _end_of_iban(text: str, found: re.Match[str]) -> int:
    """Where the account number ends, by its country's length; 0 when it is none.

    The words after it may look like a part of it, so the length decides and not the pattern.
    """
    length = _IBAN_LENGTHS.get(found.group()[:2].upper(), 0)
    places = [at for at in range(found.start(), found.end()) if text[at].isalnum()][:length]
    if not length or len(places) < length:
        return 0
    end = places[-1] + 1
    runs_on = text[end : end + 1].isalnum()
    return 0 if runs_on or not is_iban("".join(text[at] for at in places)) else end


_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,64}(?:@|\s?(?:\(at\)|\[at\])\s?)"
    r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_]{2,}",
    re.IGNORECASE,
)


def _email(text: str) -> Iterator[tuple[int, int]]:
    for found in _EMAIL.finditer(text):
        yield found.span()


_NINES = (
    re.compile(r"(?<![\w+])(?<!\d[.,-])\d{9}(?![\w-])(?![.,]\d)"),
    re.compile(
        r"(?<![\w+])(?<!\d[ .,-])"
        r"(?:\d{4}\.\d{2}\.\d{3}|\d{4} \d{2} \d{3}|\d{3}([. -])\d{3}\1\d{3})"
        r"(?![\w-])(?![ .,]\d)"
    ),
)
# Also without its leading zero, or digit by digit, where the word before it says what it is.
_NAMED = re.compile(
    r"\b(?:bsn|sofi|burgerservicenummer|sofinummer)(?:[ -]?(?:nr|nummer)\.?)?[ :=]{0,3}"
    r"(?P<number>\d(?:[ .-]?\d){7,8})(?!\d)",
    re.IGNORECASE,
)


def _bsn(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _NINES:
        for found in pattern.finditer(text):
            if passes_eleven_test(_digits(found.group())):
                yield found.span()
    for found in _NAMED.finditer(text):
        if passes_eleven_test(_digits(found["number"]).zfill(9)):
            yield found.span("number")


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


_PHONE = re.compile(
    r"(?<![\w+/-])(?<!\d[.,])(?<![A-Z]{4} )(?:"  # after four capitals: part of an account number
    r"(?:\+|00)31[ -]?(?:\(0\))?[ -]?[1-9](?:[ -]?\d){8}"  # from abroad
    r"|\(0[1-9]\d{1,2}\)[ -]?\d(?:[ -]?\d){5,6}"  # area code between brackets
    r"|(?!\d\d?[-/. ]\d\d?[-/. ](?:19|20)\d\d)0[1-9](?:(?: ?[-/] ?|[ .])?\d){8}"  # ten; no day
    r"|\+(?!31)[1-9]\d{0,2}(?:[ -]?\d){7,11}"  # another country
    r")(?![\w])(?![.,-]\d)"
)
# Information and paid numbers: nobody's own.
_SERVICE = re.compile(r"0(?:800|90\d)")


def _phone(text: str) -> Iterator[tuple[int, int]]:
    for found in _PHONE.finditer(text):
        digits = _digits(found.group())
        national = found.group()[0] in "0("
        dutch_length = not national or digits.startswith("00") or len(digits) == 10
        if dutch_length and not _SERVICE.match(digits):
            yield found.span()


_POSTCODE = (
    r"[1-9]\d{3}(?: ?(?!S[ADS])[A-Z]{2}|(?!s[ads]|kg|km|cm|mm|ml|gb|mb|kb|kw|mw|mg|pk)[a-z]{2})"
)
_HOUSE = (
    r"[1-9]\d{0,4}"
    r"(?:[ -]?[A-Za-z](?![A-Za-z])|[-/]\d{1,4}|[- ](?:bis|hs|huis|zw|rd|rood))?"
    r"(?: (?:\d ?)?hoog| achter| boven)?"
)
_STREET = "straat|laan|weg|plein|kade|gracht|singel|steeg|dreef|plantsoen"
_ADDRESSES = (
    # Havenstraat 12, with or without what follows; no speed, distance or time
    re.compile(
        rf"(?<!\w)[A-Z][\w'-]+(?:{_STREET}) {_HOUSE}(?!\w)(?![.,:]\d)"
        r"(?! ?(?:km|meter|m|uur|procent)\b)(?! ?%)"
        rf"(?:(?:\s{{0,2}}[,;\n]\s{{0,3}}| ){_POSTCODE}(?!\w))?"
    ),
    # Havenstraat 12a, 1234 AB Voorbeeldstad
    re.compile(
        rf"(?<=[A-Za-z.] )(?!(?:19|20)\d\d ){_HOUSE}(?:\s{{0,2}}[,;\n]\s{{0,3}}| ){_POSTCODE}(?!\w)"
    ),
    # 1234AB 12
    re.compile(
        rf"(?<!\w){_POSTCODE}(?:\s{{0,2}}[,;:/-]\s{{0,3}}| )"
        r"(?:(?:huisnummer|huisnr|nummer|nr|no)\.? ?)?"
        rf"{_HOUSE}(?!\w)(?![.,:]\d)(?!-\d)"
    ),
)


def _address(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _ADDRESSES:
        for found in pattern.finditer(text):
            yield found.span()


_MONTH = (
    "jan(?:uari)?|febr?(?:uari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    "|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_BORN = re.compile(
    r"\bgeb(?:oren|oortedatum|oortedag|\.? ?datum|\.|d\b|\b)[^\d\n]{0,25}"
    r"(?P<day>\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}} (?:{_MONTH})\.? '?(?:\d{{4}}|\d{{2}}))(?!\d)",
    re.IGNORECASE,
)


def _born(text: str) -> Iterator[tuple[int, int]]:
    for found in _BORN.finditer(text):
        yield found.span("day")


# Side codes as the vehicle authority numbers them; L a letter, 9 a digit. From the fourth on no
# vowels, C or Q; the first three are older and know more letters.
_OLD_SIDES = ("LL-99-99", "99-99-LL", "99-LL-99")
_SIDES = (
    "LL-99-LL", "LL-LL-99", "99-LL-LL", "99-LLL-9", "9-LLL-99", "LL-999-L", "L-999-LL",
    "LLL-99-L", "L-99-LLL", "9-LL-999", "999-LL-9",
)  # fmt: skip
_LETTER = "[BDFGHJKLMNPRSTVWXZ]"
_OLD_LETTER = "[A-HJ-NP-Z]"


def _sides(sides: tuple[str, ...], letter: str, *, joined: str) -> str:
    written = (side.replace("-", joined).replace("9", r"\d").replace("L", letter) for side in sides)
    return "|".join(written)


_PLATES = (
    # With hyphens, as on the plate; the newer ones also in small letters.
    re.compile(rf"(?<![\w-])(?:{_sides(_OLD_SIDES, _OLD_LETTER, joined='-')})(?![\w-])"),
    re.compile(rf"(?<![\w-])(?i:{_sides(_SIDES, _LETTER, joined='-')})(?![\w-])"),
    # Without hyphens only in capitals, and not the first two: those are codes and postcodes too.
    re.compile(rf"(?<![\w-])(?:{_sides((_OLD_SIDES[2], *_SIDES), _LETTER, joined='')})(?![\w-])"),
)
# Anything of the right form where the word before it says what it is.
_NAMED_PLATE = re.compile(
    r"\bkent(?:eken(?:nummer|plaat)?)?\.?(?: van| is| met|:|=){0,2} ?"
    rf"(?P<plate>{_sides((*_OLD_SIDES, *_SIDES), '[A-Z]', joined='[ -]?')})(?!\w)",
    re.IGNORECASE,
)


_PLATE_HINT = "|".join(
    (
        _sides(_OLD_SIDES, _OLD_LETTER, joined="-"),
        f"(?i:{_sides(_SIDES, _LETTER, joined='-')})",
        _sides((_OLD_SIDES[2], *_SIDES), _LETTER, joined=""),
    )
)


def _plate(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PLATES:
        for found in pattern.finditer(text):
            yield found.span()
    for found in _NAMED_PLATE.finditer(text):
        yield found.span("plate")


RECOGNISERS = (
    Recogniser(PatternKind.IBAN, r"[A-Za-z]{2}[0-9]{2}[ .-]?[A-Za-z0-9]|(?i:rek)", _iban),
    Recogniser(PatternKind.EMAIL, r"@|(?i:\(at\)|\[at\])", _email),
    Recogniser(PatternKind.BSN, r"[0-9](?:[-. ]?[0-9]){7}", _bsn),
    Recogniser(PatternKind.PHONE, r"(?:\+|\(?0)[-0-9()./ ]{8}", _phone),
    Recogniser(
        PatternKind.ADDRESS,
        rf"[1-9][0-9]{{3}}(?: ?[A-Z]{{2}}|[a-z]{{2}})\b|(?:{_STREET}) [1-9]",
        _address,
    ),
    Recogniser(PatternKind.DATE_OF_BIRTH, r"(?i:geb)[^\n]*[0-9]", _born),
    Recogniser(PatternKind.NUMBER_PLATE, rf"{_PLATE_HINT}|(?i:kent)", _plate),
)
"""Every recogniser; where two finds overlap, the kind that stands first here wins."""
