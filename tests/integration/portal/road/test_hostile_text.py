"""What somebody sends to hurt is refused at its field: what was typed stays, nothing is written."""

import pytest

from portal_road import address, answer, form_of, plan_in, plans_of


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


REFUSED = {
    "turned around": "Veilig \u202egevaarlijk\u202c verkeer in de straat",
    "hidden": "Veilig\u200b verkeer in de straat",
    "look-alike": "V\u0435ilig verkeer in de straat",
    "a null": "Veilig\x00 verkeer in de straat",
    "too short": "Kort",
    "a long text": "x" * 1_000_000,
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_text_that_cannot_stand_in_a_plan_is_told_at_its_field(portal, adviser, kind):
    project = portal.add_project()
    versions, records = plans_of(project), len(portal.audited())

    refused = answer(adviser, "question-problem", project, {"problem": REFUSED[kind]})

    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == ["problem"]
    assert refused.context["form"]["problem"].value() == REFUSED[kind]
    assert (plans_of(project), len(portal.audited())) == (versions, records)


def test_ten_megabytes_are_refused_at_their_field_and_stay(portal, adviser):
    project = portal.add_project()
    versions = plans_of(project)
    sent = form_of(adviser.get(address("question-problem", project)))

    typed = "x" * (10 << 20)
    refused = adviser.post(address("question-problem", project), {**sent, "problem": typed})

    assert refused.status_code in (400, 413)
    assert list(refused.context["form"].errors) == ["problem"]
    assert refused.context["form"]["problem"].value() == typed
    assert plans_of(project) == versions


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> in onze straat",
        '"><img src=x onerror=alert(1)> in onze straat',
        "{{ settings.SECRET_KEY }} {% load x %} in onze straat",
        "=HYPERLINK(1) staat vooraan in de straat",
        "- a: &b !!python/object [x, *b] in de straat",
        "titel: iets\n  anders: 'ja' # in de straat",
    ],
)
def test_markup_is_text_and_nothing_else(portal, adviser, text):
    project = portal.add_project()

    kept = answer(adviser, "question-problem", project, {"problem": text})

    assert kept.status_code == 302
    assert plan_in(project)["question"]["problem"] == text
    for name in ("question", "question-problem"):
        page = adviser.get(address(name, project)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("question-decision", {"decider": "koning"}, "decider"),
        ("question-decision", {"needed-by": "morgen"}, "needed-by"),
        ("question-decision", {"needed-by": "2027-02-30"}, "needed-by"),
        ("ground-basis", {"gdpr": "6.1.z"}, "gdpr"),
        ("ground-purpose", {"purpose": "Twee Woorden"}, "purpose"),
        ("ground-basis", {"law": "x" * 41}, "law"),
        ("ground-assessment", {"criteria": ["alles"]}, "criteria"),
        ("data-term", {"end-date": "0"}, "end-date"),
        ("data-access", {"access-why-0": "kort"}, "access-why-0"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_told_at_its_field(portal, adviser, name, given, field):
    project = portal.add_project()
    versions = plans_of(project)

    refused = answer(adviser, name, project, given)

    assert refused.status_code == 400
    assert list(refused.context["form"].errors) == [field]
    assert plans_of(project) == versions


def test_dates_that_contradict_each_other_are_told_by_the_engine(portal, adviser):
    project = portal.add_project()
    versions = plans_of(project)

    refused = answer(
        adviser,
        "data-rows",
        project,
        {"period-from": "2026-12-31", "period-until": "2022-01-01"},
        dataset="meldingen",
    )

    assert refused.status_code == 400
    assert plans_of(project) == versions


def test_columns_that_do_not_exist_are_refused(portal, adviser):
    project = portal.add_project()
    place = address("data-columns", project, dataset="meldingen")
    base = adviser.get(place).context["base"]

    refused = adviser.post(place, {"base": base, "column": ["buurt", "../../etc"]})

    assert refused.status_code == 400
    assert [item["name"] for item in plan_in(project)["data"][0]["columns"]] == ["buurt", "soort"]


@pytest.mark.parametrize(
    "more",
    [
        {"dataset": "bestaat-niet", "column": "x"},
        {"dataset": "meldingen", "column": "bestaat_niet"},
        {"dataset": "meldingen", "column": "bsn"},
    ],
)
def test_a_column_that_was_not_chosen_has_no_page(portal, adviser, more):
    project = portal.add_project()

    assert adviser.get(address("data-column", project, **more)).status_code == 404


def test_more_rows_than_a_screen_holds_are_not_read(portal, adviser):
    project = portal.add_project()
    page = adviser.get(address("ground-parties", project))
    sent = {**form_of(page), "rows": "999999999"}

    kept = adviser.post(address("ground-parties", project), sent)

    assert kept.status_code == 302
    assert "parties" not in plan_in(project)
