"""A municipality's own settings count for its project, and an approval covers them."""

import pytest

from grondslag.canonical import to_yaml
from grondslag.delivery import read_project
from grondslag.errors import InputError
from small_town import make_small_town, refused


def own_settings(town, value):
    setting = {
        "name": "minimum_group",
        "value": value,
        "from": "2020-01-01",
        "source": "Besluit van het college",
        "mark": "own",
    }
    content = {"parameters": "grondslag/1", "settings": [setting], "confirmed": []}
    (town.project / "settings.yaml").write_text(to_yaml(content), encoding="utf-8")


@pytest.fixture
def town(tmp_path):
    return make_small_town(tmp_path)


def test_a_stricter_group_counts_for_the_project(town):
    before = read_project(town.project, clock=town.clock)
    own_settings(town, 25)

    after = read_project(town.project, clock=town.clock)

    assert (before.minimum_group, after.minimum_group) == (5, 25)
    assert before.judgement.rule_set_hash != after.judgement.rule_set_hash


def test_settings_that_came_after_the_approval_stop_the_delivery(town):
    town.sign()
    own_settings(town, 6)

    with refused("approval.rules-changed"):
        town.deliver()

    assert town.visible == []


def test_a_looser_setting_is_refused(town):
    own_settings(town, 3)

    with pytest.raises(InputError) as caught:
        read_project(town.project, clock=town.clock)

    assert caught.value.code == "policy.settings.looser"
