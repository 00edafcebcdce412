"""What counts as personal data by its form, and what only looks like it."""

import pytest

from grondslag.anonymise import (
    PatternKind,
    deidentify,
    is_iban,
    passes_eleven_test,
    pattern_kinds,
)

IBAN, EMAIL, BSN, PHONE = (
    PatternKind.IBAN,
    PatternKind.EMAIL,
    PatternKind.BSN,
    PatternKind.PHONE,
)
ADDRESS, BORN, PLATE = PatternKind.ADDRESS, PatternKind.DATE_OF_BIRTH, PatternKind.NUMBER_PLATE

# Numbers from the range 9999xxxxx, which is never given out; the sums were made by hand.
ELEVEN = [
    ("999900006", True),  # 9*9+9*8+9*7+9*6+0+0+0+0-6 = 264 = 24 * 11
    ("999900018", True),
    ("999990019", True),
    ("999900007", False),
    ("999900060", False),  # the last two digits swapped
    ("000000000", False),
    ("99990000", False),
    ("9999000060", False),
    ("99990000x", False),
    ("", False),
]


@pytest.mark.parametrize(("digits", "passes"), ELEVEN)
def test_the_eleven_test(digits, passes):
    assert passes_eleven_test(digits) is passes


def test_one_in_eleven_numbers_passes_by_chance():
    passing = sum(passes_eleven_test(f"9999{number:05d}") for number in range(100_000))

    assert passing == pytest.approx(100_000 / 11, rel=0.01)


# The examples that the registry itself publishes per country.
IBANS = [
    ("NL91ABNA0417164300", True),
    ("nl91abna0417164300", True),
    ("DE89370400440532013000", True),
    ("BE68539007547034", True),
    ("GB29NWBK60161331926819", True),
    ("FR1420041010050500013M02606", True),
    ("NL92ABNA0417164300", False),  # other check digits
    ("NL91ABNA0417164301", False),  # last digit changed
    ("NL91ABNA0471164300", False),  # two digits swapped
    ("NL91ABNA041716430", False),  # too short
    ("XX91ABNA0417164300", False),  # no such country
    ("NL91ABNA041716430!", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "right"), IBANS)
def test_the_check_digits_of_an_account_number(text, right):
    assert is_iban(text) is right


FOUND = [
    # text                                                     kinds
    ("999900006", {BSN}),
    ("Zijn bsn is 999900006.", {BSN}),
    ("bsn: 9999.00.006", {BSN}),
    ("(999900006)", {BSN}),
    ("999 900 006", {BSN}),
    ("999.900.006 en verder", {BSN}),
    ("999-900-006", {BSN}),
    ("9999 00 006", {BSN}),
    ("BSN999900006", {BSN}),
    ("A999900006", set()),  # glued to a letter: a code
    ("bsn 99990003", {BSN}),  # a leading zero that a spreadsheet ate
    ("burgerservicenummer: 99990003", {BSN}),
    ("99990003", set()),
    ("９９９９００００６", {BSN}),  # digits from another keyboard
    ("999\u00a0900\u00a0006", {BSN}),  # spaces that do not break
    ("order 999900007", set()),  # nine digits that fail the test
    ("zaak 1999900006", set()),
    ("0999900006000", set()),
    ("999900006,50", set()),
    ("12.999900006", set()),
    ("ordernummer 2024-999900006", set()),
    ("999900006-12", set()),
    ("rekening NL91 ABNA 0417 1643 00 graag", {IBAN}),
    ("NL91ABNA0417164300", {IBAN}),
    ("nl91abna0417164300.", {IBAN}),
    ("iban:NL91ABNA0417164300,", {IBAN}),
    ("NL91-ABNA-0417-1643-00", {IBAN}),
    ("BE68 5390 0754 7034", {IBAN}),
    ("NL92 ABNA 0417 1643 00", set()),
    ("NL91ABNA0417164300X", set()),
    ("XNL91ABNA0417164300", set()),
    ("mail naar j.jansen@voorbeeld.example", {EMAIL}),
    ("<info+wijk@mail.voorbeeld.example>", {EMAIL}),
    ("josé@voorbeeld.example", {EMAIL}),
    ("j.jansen (at) voorbeeld.example", {EMAIL}),
    ("j.jansen[at]voorbeeld.example", {EMAIL}),
    ("@voorbeeld", set()),
    ("prijs @ 5,00", set()),
    ("a@b", set()),
    ("twee@@voorbeeld.example", set()),
    ("bel 06-12345678", {PHONE}),
    ("06 12 34 56 78", {PHONE}),
    ("0612345678", {PHONE}),
    ("+31612345678", {PHONE}),
    ("+31 6 12345678", {PHONE}),
    ("+31 (0)6 12345678", {PHONE}),
    ("0031612345678", {PHONE}),
    ("(010) 123 45 67", {PHONE}),
    ("010-1234567", {PHONE}),
    ("0182-123456", {PHONE}),
    ("tel.0182 123 456", {PHONE}),
    ("+32 470 12 34 56", {PHONE}),
    ("06\u201112345678", {PHONE}),  # a hyphen that does not break
    ("01-02-2027 10:30", set()),  # a day and an hour
    ("05/12/2026 14", set()),
    ("06 / 12345678", {PHONE}),
    ("0800-1234567", set()),
    ("0900-1234", set()),
    ("14 030", set()),
    ("bel 112", set()),
    ("061234567", set()),  # nine digits
    ("06123456789", set()),  # eleven digits
    ("0612345678901234", set()),
    ("artikel 0012345678", set()),
    ("12-34-AB", {PLATE}),
    ("AB-12-34", {PLATE}),
    ("12-AB-34", {PLATE}),
    ("KL-34-BX", {PLATE}),
    ("KL-BX-34", {PLATE}),
    ("34-KL-BX", {PLATE}),
    ("34-KLB-5", {PLATE}),
    ("5-KLB-34", {PLATE}),
    ("KL-345-B", {PLATE}),
    ("K-345-LB", {PLATE}),
    ("KLB-34-X", {PLATE}),
    ("K-34-LBX", {PLATE}),
    ("5-KL-345", {PLATE}),
    ("345-KL-5", {PLATE}),
    ("5-klb-34 reed te hard", {PLATE}),
    ("5KLB34 reed te hard", {PLATE}),
    ("kenteken ab 12 34", {PLATE}),
    ("kenteken: AB1234", {PLATE}),
    ("GM0344", set()),  # a code of a municipality
    ("WK0344", set()),
    ("1234AB", set()),
    ("5-AEI-34", set()),  # vowels
    ("5-KLB-345", set()),
    ("A5-KLB-34", set()),
    ("10-12-24", set()),
    ("5klb34", set()),
    ("Havenstraat 12, 1234 AB Voorbeeldstad", {ADDRESS}),
    ("Havenstraat 12a 1234AB", {ADDRESS}),
    ("Havenstr. 12-3\n1234 AB", {ADDRESS}),
    ("1234AB 12", {ADDRESS}),
    ("1234 AB, nr. 12", {ADDRESS}),
    ("1234ab huisnummer 12", {ADDRESS}),
    ("postcode 1234 AB", set()),
    ("1234 AB Voorbeeldstad", set()),
    ("In 2024 1234 AB kreeg een park", set()),
    ("1500kg 20", set()),
    ("2000 en 12", set()),
    ("1234 SS 12", set()),  # letters that no postcode has
    ("0123 AB 12", set()),
    ("geboren 3-4-1987", {BORN}),
    ("geb. 03-04-1987 te Voorbeeldstad", {BORN}),
    ("geboortedatum: 1987-04-03", {BORN}),
    ("geboren op 3 april 1987", {BORN}),
    ("Geb.datum 03/04/87", {BORN}),
    ("gebeld op 3-4-1987", set()),
    ("gebied 3-4-1987", set()),
    ("geboren in Voorbeeldstad", set()),
    ("ongeval op 3-4-1987", set()),
    ("", set()),
    ("Er reed een auto te hard door de straat.", set()),
    ("De drempel is 12 cm hoog en 3,50 m breed.", set()),
    ("Tussen 07:30 en 08:45 op 12-03-2027.", set()),
]


@pytest.mark.parametrize(("text", "kinds"), FOUND)
def test_what_is_found_in_a_text(text, kinds):
    assert pattern_kinds(text) == kinds


REPLACED = [
    ("Bel 06-12345678 of mail a@b.example.", "Bel [telefoonnummer] of mail [e-mailadres]."),
    ("bsn 999900006, NL91ABNA0417164300", "bsn [burgerservicenummer], [rekeningnummer]"),
    ("NL91 ABNA 0417 1643 00 en dan", "[rekeningnummer] en dan"),
    ("Havenstraat 12, 1234 AB Voorbeeldstad", "[adres] Voorbeeldstad"),
    ("geboren 3-4-1987, kenteken 5-KLB-34", "geboren [geboortedatum], kenteken [kenteken]"),
    ("06-12345678 06-87654321", "[telefoonnummer] [telefoonnummer]"),
    ("999\u00a0900\u00a0006 — één café", "[burgerservicenummer] — één café"),
    ("Niets te zien hier.", "Niets te zien hier."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "left"), REPLACED)
def test_a_find_is_replaced_by_what_it_is(text, left):
    assert deidentify(text) == left


def test_the_words_that_take_the_place_can_be_english():
    assert deidentify("06-12345678", language="en") == "[telephone number]"
