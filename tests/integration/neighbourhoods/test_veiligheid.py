"""Crime counted and felt: what is worse is found, many visitors make no area worse."""

from grondslag.analysis import AreaClass

MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def test_the_neighbourhood_where_more_happens_is_found(veiligheid):
    assert veiligheid.verdict("buurt-fair", veiligheid.truth["worse"]) is AreaClass.ALMOST_CERTAIN


def test_the_neighbourhood_with_many_visitors_is_not_called_worse(veiligheid):
    visited = veiligheid.truth["seeming"]

    assert veiligheid.verdict("buurt-plain", visited) is AreaClass.ALMOST_CERTAIN
    assert veiligheid.verdict("buurt-fair", visited) not in MORE


def test_where_residents_feel_unsafe_without_more_crime_both_are_said(veiligheid):
    felt = veiligheid.truth["felt"]

    assert veiligheid.verdict("survey", felt) is AreaClass.ALMOST_CERTAIN
    assert veiligheid.verdict("buurt-fair", felt) not in MORE


def test_residents_of_the_worse_neighbourhood_notice_it_too(veiligheid):
    assert veiligheid.verdict("survey", veiligheid.truth["worse"]) in MORE
    assert "enquête en registratie wijzen dezelfde kant op" in veiligheid.page


def test_years_before_the_change_in_registration_are_shown_apart(veiligheid):
    changed = veiligheid.truth["changed"]

    assert veiligheid.facts.period == (f"{changed}-01-01", "2025-12-31")
    assert f"In {changed} veranderde de registratie" in veiligheid.page
    assert "In 2020 en 2021 golden de coronamaatregelen" in veiligheid.page
    years = next(one for one in veiligheid.figures if one.id == "years")
    assert len(years.cells) == 8


def test_a_survey_with_fewer_than_ten_that_said_yes_is_not_shown(veiligheid):
    survey = next(one for one in veiligheid.figures if one.id == "survey")

    assert survey.cell(veiligheid.truth["seeming"]) is None
    for cell in survey.cells:
        said_yes = cell.derived["direct"] / 100 * cell.count
        assert min(said_yes, cell.count - said_yes) >= 10


def test_every_file_with_numbers_has_a_title_that_a_reader_knows(veiligheid):
    for title in (
        "per buurt, eerlijk vergeleken",
        "per wijk, zonder te letten op wie er woont of komt",
        "per buurt, wat bewoners zeggen",
        "per jaar",
    ):
        assert title in veiligheid.page
