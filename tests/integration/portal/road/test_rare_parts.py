"""Parts that few plans have are questions on a screen too; the engine says what is missing."""

import pytest

from portal_road import address, answer, plan_in

PARTS = {
    "ground-consent": (
        "consent",
        {"without-disadvantage": "yes", "separate": "yes", "proof": "Elk ja staat in het dossier."},
        {"without_disadvantage": "yes", "separate": "yes", "proof": "Elk ja staat in het dossier."},
    ),
    "ground-automation": (
        "automation",
        {"solely": "no", "profiling": "no"},
        {"solely": "no", "profiling": "no"},
    ),
    "ground-works-council": (
        "works_council",
        {"works-council": "consented", "council-document": "Brief van de raad, 3 maart 2027."},
        {"answer": "consented", "document": "Brief van de raad, 3 maart 2027."},
    ),
    "ground-algorithm": (
        "algorithm",
        {"algorithm": "benefits", "learning": "no", "registered": "yes"},
        {"use": "benefits", "learning": "no", "registered": "yes"},
    ),
    "ground-rights": (
        "rights_set_aside",
        {"rights": ["15", "16"], "law-behind": "UAVG", "article-behind": "41",
         "rights-reason": "Anders komt een lopend onderzoek naar fraude in gevaar."},
        {"articles": ["15", "16"], "law": "UAVG", "article": "41",
         "reason": "Anders komt een lopend onderzoek naar fraude in gevaar."},
    ),
}  # fmt: skip


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


@pytest.mark.parametrize("screen", PARTS)
def test_a_rare_part_is_answered_and_taken_away_on_its_screen(portal, adviser, screen):
    project = portal.add_project()
    part, given, stored = PARTS[screen]

    assert answer(adviser, screen, project, given).status_code == 302
    assert plan_in(project)[part] == stored

    emptied = dict.fromkeys(given, "") | {name: [] for name in given if name == "rights"}
    assert answer(adviser, screen, project, emptied).status_code == 302
    assert part not in plan_in(project)


def test_half_an_answer_is_told_at_its_question(portal, adviser):
    project = portal.add_project()

    half = answer(adviser, "ground-consent", project, {"without-disadvantage": "yes"})

    assert half.status_code == 400
    assert "separate" in half.context["form"].errors
    assert "consent" not in plan_in(project)


def test_a_rare_part_stands_apart_until_it_plays_a_part(portal, adviser):
    project = portal.add_project()
    before = adviser.get(address("ground", project))
    assert "Gebruik je een algoritme?" in [one.title for one in before.context["rare"]]

    answer(adviser, "ground-algorithm", project, PARTS["ground-algorithm"][1])

    after = adviser.get(address("ground", project))
    assert "Gebruik je een algoritme?" in [one.title for one in after.context["groups"]]
    assert "recht op hulp of geld bepalen" in after.content.decode()
