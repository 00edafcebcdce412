"""What a page says of numbers that were averaged, moved by chance or rounded."""

import pyarrow as pa
import pytest

from grondslag.anonymise import KAnonymity, Step, anonymise, average, report_mapping
from grondslag.anonymise.describing import number_mapping
from grondslag.report.anonymity_parts import columns_html, numbers_csv
from grondslag.report.anonymity_words import AnonymityWords

NUMBERS = [
    number_mapping("schade", Step("noisy", {"amount": 1000.0})),
    number_mapping("uren", Step("rounded", {"amount": 0.5})),
]
USES = [{"column": "schade", "kept": 0.93, "shifted": None}]
TITLES = {"leeftijd": "Leeftijd", "schade": "Schade", "uren": "Uren"}


def words(numbers, *, k=20, language="nl"):
    """What is told of ages averaged over twenty, and of these numbers."""
    table = pa.table({"leeftijd": [*range(200)]})
    averaged = average(table, "leeftijd", k=20)
    table = pa.table({"leeftijd": averaged.column})
    made = anonymise(table, hierarchies=[averaged.hierarchy], model=KAnonymity(k))
    told = report_mapping(made, models=[KAnonymity(k)], minimum=10) | {"numbers": numbers}
    return AnonymityWords(told, TITLES, language)


SAID = [
    ("nl", ["Leeftijd: gemiddeld over minstens 20 mensen. Eerst 10 verschillende waarden, nu 10.",
            "Schade: ongeveer 1.000 verschoven.", "Uren: afgerond op 0,5."]),
    ("en", ["Leeftijd: averaged over at least 20 people. 10 different values before, 10 now.",
            "Schade: moved by about 1,000.", "Uren: rounded to 0.5."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said"), SAID)
def test_each_number_is_told_in_a_sentence(language, said):
    assert words(NUMBERS, language=language).columns()[1:] == said[1:]
    assert words(NUMBERS, language=language).columns()[0].startswith(said[0].partition(".")[0])


def test_an_average_over_more_people_is_told_with_how_many():
    assert "gemiddeld over minstens 40 mensen" in words([], k=40).columns()[0]


def test_averages_at_their_finest_are_not_called_as_precise_as_they_were():
    assert "Alleen getallen zijn minder precies dan ze waren." in words([]).cost()


def test_what_is_not_promised_follows_from_what_was_done():
    averages = "Wie bijna een hele groep kent, rekent het laatste getal uit het gemiddelde."
    noise = (
        "Verschuiven of afronden verbergt een getal een beetje. "
        "Niemand wordt er minder herkenbaar door."
    )

    assert averages in words([]).limits()
    assert noise not in words([]).limits()
    assert noise in words(NUMBERS).limits()


def test_the_picture_and_its_table_have_numbers_beside_the_other_columns():
    page = columns_html(words(NUMBERS), USES)

    assert page.count("ongeveer 1.000 verschoven") >= 2  # in the picture and in the table
    assert "Schade: stap 2 van 2, ongeveer 1.000 verschoven." in page
    assert "93%" in page


def test_the_file_of_numbers_has_them_without_a_count_of_values():
    line = next(
        one for one in numbers_csv(words(NUMBERS), USES).splitlines() if one.startswith("Schade")
    )

    assert line.split(";")[1:] == ["ongeveer 1.000 verschoven", "", "", "0,93"]
