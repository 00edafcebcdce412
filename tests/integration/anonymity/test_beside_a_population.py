"""Anonymous records beside a population that the plan reads: what changes, and what is refused."""

import pytest

from grondslag.delivery import look_up
from grondslag.errors import GrondslagError
from made_population import POPULATION, make_town_with_residents, records
from small_project import number
from small_town import refused

EVERYBODY = {"population": "inwoners"}


def told(town):
    """What the manifest says of how the reports became anonymous."""
    tables = {one["name"]: one for one in town.deliver().manifest["tables"]}
    return tables["meldingen"]["anonymisation"]


def level(found):
    """How coarse neighbourhoods became: 0 exact, 1 districts."""
    return next(one["level"] for one in found["columns"] if one["column"] == "buurt")


def test_without_a_population_nobody_knows_the_chance_of_an_outsider(tmp_path):
    found = told(make_town_with_residents(tmp_path, records()))

    assert (level(found), found["population"], found["after"]["journalist"]) == (0, None, None)


def test_seventy_people_are_enough_to_be_one_of_seventy(tmp_path):
    models = [{"kmap": {"k": 70} | EVERYBODY}]

    found = told(make_town_with_residents(tmp_path, records(*models), POPULATION))

    assert level(found) == 0
    assert found["after"]["journalist"]["highest"] == pytest.approx(1 / 70)
    assert found["models"][-1] == {"model": "k_map", "k": 70}


def test_to_be_one_of_eighty_the_smaller_neighbourhoods_join_in_their_district(tmp_path):
    models = [{"kmap": {"k": 80} | EVERYBODY}]

    found = told(make_town_with_residents(tmp_path, POPULATION, records(*models)))

    assert level(found) == 1
    assert found["after"]["journalist"]["highest"] == pytest.approx(1 / 160)  # B11 and B12: 90 + 70
    assert found["population"]["persons"] == 560


def test_a_highest_chance_to_be_in_the_table_is_kept(tmp_path):
    """Of B12 55 of 70 (0.79), of B11 59 of 90 (one objects): together 114 of 160, which is 0.71."""
    models = [{"presence": {"high": 0.75} | EVERYBODY}]

    found = told(make_town_with_residents(tmp_path, records(*models), POPULATION))

    assert level(found) == 1


def test_an_estimate_needs_the_size_of_a_population_and_its_source(tmp_path):
    models = [{"uniqueness": {"share": 0.01, "people": 9000, "source": "CBS, bevolking 2026."}}]

    found = told(make_town_with_residents(tmp_path, records(*models)))

    assert found["models"][-1] == {
        "model": "population_uniqueness", "share": 0.01, "people": 9000, "estimator": "pitman",
    }  # fmt: skip


def test_who_is_only_in_the_population_finds_that_in_the_processing_log(tmp_path):
    models = [{"kmap": {"k": 70} | EVERYBODY}]
    town = make_town_with_residents(tmp_path, records(*models), POPULATION)

    town.deliver()

    somebody = look_up(
        town.installation, identifier=number(500), reason="Verzoek om inzage", actor="balie"
    )
    assert len(somebody.hits) == 1  # of 200 reports none is theirs


def test_a_population_that_the_plan_does_not_read_is_refused(tmp_path):
    with pytest.raises(GrondslagError):
        make_town_with_residents(tmp_path, records({"kmap": {"k": 70} | EVERYBODY}))


def test_somebody_who_stands_in_it_twice_is_not_counted_for_two(tmp_path):
    models = [{"kmap": {"k": 70} | EVERYBODY}]
    town = make_town_with_residents(tmp_path, records(*models), POPULATION, twice=True)

    with refused("delivery.person-twice"):
        town.deliver()


def test_the_same_steps_hierarchical_closeness_follows_are_those_of_the_owner(tmp_path):
    """Nothing is sensitive in these reports: a promise about a column that is known is refused."""
    closeness = {"closeness": {"column": "buurt", "t": 0.3, "distance": "hierarchical"}}
    town = make_town_with_residents(tmp_path, records(closeness))

    with refused("delivery.promise-about-no-secret"):
        town.deliver()
