"""People who do not exist: their numbers pass the real tests, and are given to nobody."""

import pytest

from grondslag.synthetic.names import (
    SURNAMES,
    bank_account,
    number_plate,
    person_numbers,
    postcode,
    telephone,
)


def passes_eleven_test(number):
    digits = [int(sign) for sign in str(number)]
    weighed = sum(w * d for w, d in zip(range(9, 1, -1), digits[:8], strict=True)) - digits[8]
    return len(digits) == 9 and weighed % 11 == 0


def test_person_numbers_pass_the_eleven_test_and_differ():
    numbers = person_numbers(20_000).tolist()

    assert len(set(numbers)) == 20_000
    assert all(passes_eleven_test(number) for number in numbers)


def test_the_first_numbers_are_those_of_the_test_range_known_in_test_sets():
    numbers = person_numbers(9_000).tolist()

    assert all(str(number).startswith("9999") for number in numbers)
    assert 999_990_019 in numbers  # a test number of the register of persons


@pytest.mark.long
def test_a_town_of_five_million_gets_numbers_that_begin_with_nine():
    numbers = person_numbers(5_000_000)

    assert len(numbers) == 5_000_000
    assert str(numbers[-1]).startswith("9")
    assert passes_eleven_test(numbers[-1])


@pytest.mark.parametrize("at", [0, 1, 77, 123_456, 9_999_999_999])
def test_bank_accounts_have_right_check_digits_at_a_bank_that_does_not_exist(at):
    account = bank_account(at)

    turned = account[4:] + account[:4]
    assert int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
    assert account[4:8] == "TEST"


def test_postcodes_have_letters_that_are_never_given_out():
    letters = {postcode(street, house)[-2:] for street in (0, 255) for house in (1, 2, 101)}

    assert letters == {"SA", "SD", "SS"}


def test_plates_and_telephone_numbers_are_not_given_out():
    assert all(number_plate(at).startswith("SS-") for at in range(0, 20_000, 331))
    assert all(telephone(at).startswith("06-000") for at in range(0, 200_000, 3331))


def test_no_surname_stands_in_the_list_twice():
    assert len(set(SURNAMES)) == len(SURNAMES)
