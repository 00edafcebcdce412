"""Settings have a first day; what a jurist confirmed counts as read, and only that."""

from dataclasses import replace
from datetime import date

import pytest

from grondslag.canonical import to_yaml
from grondslag.errors import InputError
from grondslag.policy import check, default_parameters, read_parameters
from grondslag.policy.parameters import parameters_from, parameters_of
from grondslag.policy.settings_schema import NAMES
from made_cases import DAY, case
from made_contracts import as_read

SETTING = {
    "name": "minimum_group",
    "value": 5,
    "from": "2020-01-01",
    "source": "Besluit van het college",
    "mark": "own",
}
BY_LAW = {
    "law": "APV",
    "identifier": "CVDR123456",
    "title": "Algemene plaatselijke verordening Voorbeeldstad",
    "article": "2:10",
    "version": "2026-01-01",
    "bodies": ["burgemeester"],
}


def parameters(settings=(SETTING,), confirmed=()):
    content = {
        "parameters": "grondslag/1",
        "settings": list(settings),
        "confirmed": list(confirmed),
    }
    return parameters_from(as_read(content))


def complete(confirmed=()):
    return parameters(default_parameters().document.content["settings"], confirmed)


def test_the_setting_that_began_last_counts():
    known = parameters([SETTING, SETTING | {"value": 10, "from": "2026-01-01"}])

    values = [known.value("minimum_group", day) for day in (
        date(2019, 12, 31), date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1))]  # fmt: skip

    assert values == [None, 5, 5, 10]


def test_every_setting_comes_with_the_engine_and_with_its_source():
    known = default_parameters()

    assert [name for name in NAMES if known.value(name, DAY) is None] == []
    assert all(setting.source and setting.mark for setting in known.settings)


@pytest.mark.parametrize(
    "broken", [{"value": "vijf"}, {"value": 0}, {"name": "onbekend"}, {"from": "ooit"}]
)
def test_an_unreadable_setting_is_refused(broken, tmp_path):
    content = {"parameters": "grondslag/1", "settings": [SETTING | broken], "confirmed": []}
    path = tmp_path / "instellingen.yaml"
    path.write_text(to_yaml(content), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_parameters(path)

    assert caught.value.fields["file"] == "instellingen.yaml"


def test_a_confirmed_by_law_carries_a_plan():
    changes = {
        "plan.legal_basis.law": "APV",
        "plan.legal_basis.article": "2:10 lid 1",
        "plan.controller.body": "burgemeester",
        "plan.question.decision.decider": {"body": "burgemeester"},
    }

    without = check(case(changes, parameters=complete()))
    confirmed = check(case(changes, parameters=complete([BY_LAW])))

    assert [item.code for item in without.findings] == ["policy.ground.law-was-read.unknown-law"]
    assert confirmed.findings == ()


def test_a_confirmation_confirms_its_own_article_only():
    known = parameters(confirmed=[BY_LAW])

    assert known.provision("apv", "2:10") is not None
    assert known.provision("Algemene plaatselijke verordening Voorbeeldstad", "2:10") is not None
    assert known.provision("APV", "2:11") is None
    assert known.bodies(known.provision("APV", "2:10")) == {"burgemeester"}


def test_a_confirmation_without_an_article_confirms_nothing():
    assert parameters(confirmed=[BY_LAW | {"article": "alles"}]).confirmed == ()


def test_an_unread_article_of_a_known_law_can_be_confirmed():
    unread = BY_LAW | {
        "law": "WVW 1994",
        "identifier": "BWBR0006622",
        "title": "Wegenverkeerswet 1994",
        "article": "186",
        "bodies": ["college"],
    }

    known = parameters(confirmed=[unread])

    assert parameters().provision("WVW 1994", "186") is None
    assert known.bodies(known.provision("Wegenverkeerswet 1994", "186")) == {"college"}
    assert known.provision("WVW 1994", "18").is_confirmed


def test_an_adequacy_decision_counts_from_its_first_day_to_its_last():
    entry = {
        "country": "GB",
        "from": "2021-06-28",
        "until": "2025-12-27",
        "source": "Een verzonnen besluit.",
    }
    content = {
        "parameters": "grondslag/1",
        "settings": [SETTING],
        "adequate": [entry],
        "confirmed": [],
    }
    known = parameters_from(as_read(content))

    days = (date(2021, 6, 27), date(2021, 6, 28), date(2025, 12, 27), date(2025, 12, 28))
    assert [known.adequacy("GB", day) is not None for day in days] == [False, True, True, False]
    assert known.adequacy("IN", date(2025, 1, 1)) is None


def test_no_country_is_adequate_before_its_decision():
    known = default_parameters()

    assert known.adequacy("US", date(2023, 7, 9)) is None
    assert known.adequacy("US", date(2023, 7, 10)).limits
    assert known.adequacy("CH", DAY).limits == ""


def own_file(folder, *settings, **more):
    """A municipality's own file."""
    content = {"parameters": "grondslag/1", "settings": list(settings), "confirmed": []} | more
    path = folder / "settings.yaml"
    path.write_text(to_yaml(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "value"), [("minimum_group", 25), ("longest_access_months", 6), ("minimum_group", 5)]
)
def test_a_municipality_may_be_stricter(name, value, tmp_path):
    own_file(tmp_path, SETTING | {"name": name, "value": value})

    known = parameters_of(tmp_path)

    assert known.value(name, DAY) == value
    assert known.value("shortest_reason", DAY) == default_parameters().value("shortest_reason", DAY)
    assert known.value(name, date(2019, 1, 1)) == default_parameters().value(name, DAY)
    assert known.adequate == default_parameters().adequate
    assert known.sha256 != default_parameters().sha256


@pytest.mark.parametrize(
    ("name", "value"),
    [("minimum_group", 4), ("shortest_reason", 1), ("longest_access_months", 37)],
)
def test_a_municipality_is_never_looser_without_a_reason(name, value, tmp_path):
    looser = SETTING | {"name": name, "value": value}

    with pytest.raises(InputError) as caught:
        read_parameters(own_file(tmp_path, looser))

    named = looser | {"reason": "Besluit van het college, na advies van de FG."}
    assert caught.value.code == "policy.settings.looser"
    assert caught.value.fields["line"] == 4
    assert read_parameters(own_file(tmp_path, named)).value(name, DAY) == value


def test_a_stricter_engine_overtakes_a_municipality(tmp_path):
    own = read_parameters(own_file(tmp_path, SETTING | {"value": 7}))
    stricter = parameters([SETTING, SETTING | {"value": 10, "from": "2027-01-01"}])

    known = replace(own, base=stricter)

    assert [known.value("minimum_group", day) for day in (date(2026, 12, 31), DAY)] == [7, 10]


def test_a_municipality_cannot_set_days_or_countries(tmp_path):
    country = {"country": "IN", "from": "2020-01-01", "source": "Een verzonnen besluit."}

    with pytest.raises(InputError):
        read_parameters(own_file(tmp_path, SETTING, adequate=[country]))


def test_without_a_file_the_settings_of_the_engine_count(tmp_path):
    assert parameters_of(tmp_path) == default_parameters()
