"""A plan that asks steps per group: less is lost, everybody still looks like enough others."""

from collections import Counter

import pytest

from grondslag.errors import InputError
from grondslag.plan import read_plan
from grondslag.report.anonymity_told import anonymous_html
from made_plans import write_plan
from made_records import need
from small_project import REPORTS, lawful_plan
from small_town import make_small_town, refused

COLUMNS = (("buurt", "exact"), ("soort", "exact"))
FINE = need(*COLUMNS, local=True)
ONE_STEP = need(*COLUMNS)


def town_with(folder, wanted):
    made = make_small_town(folder, lawful_plan(wanted, step="anonymous"))
    made.sign()
    return made


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Delivered with steps per group; only looked at, and asked for more."""
    made = town_with(tmp_path_factory.mktemp("per-group"), FINE)
    made.deliver()
    return made


@pytest.fixture(scope="module")
def told(town):
    manifest = town.open().manifest
    return next(one for one in manifest["tables"] if one["name"] == "meldingen")["anonymisation"]


def groups(town):
    table = town.open().table("meldingen")
    return Counter(zip(*(table[name].to_pylist() for name in ("buurt", "soort")), strict=True))


def test_every_group_has_the_minimum_and_is_not_of_one_step(town):
    found = groups(town)

    assert min(found.values()) >= 10
    kinds = {kind for _, kind in found}
    assert {"te_hard", "oversteek"} & kinds
    assert kinds - {"te_hard", "oversteek", "anders"}  # some are coarser, in the same column


def test_a_released_row_says_nothing_untrue(town):
    """Each exact pair occurs at most as often as it was reported in the period."""
    there = Counter((one.buurt, one.soort) for one in REPORTS if "2022" <= one.dag[:4] <= "2026")

    for pair, count in groups(town).items():
        if pair in there:
            assert count <= there[pair]


def test_less_is_lost_than_with_one_step_for_all(told):
    """`value` is the loss of the optimum with one step for all, of the same rows and wishes."""
    assert told["optimal"]
    assert told["local_loss"] < told["value"]


def test_the_optimum_it_is_held_against_is_that_of_the_plan_without_it(told, tmp_path):
    other = town_with(tmp_path, ONE_STEP)

    entry = other.deliver().manifest["tables"][0]["anonymisation"]

    assert entry["local_loss"] is None
    assert entry["value"] == pytest.approx(told["value"])


def test_the_manifest_says_which_part_stands_at_each_step(told, town):
    table = town.open().table("meldingen")
    exact = sum(one in {"B11", "B12", "B21"} for one in table["buurt"].to_pylist())

    buurt = next(one for one in told["columns"] if one["column"] == "buurt")

    assert sum(buurt["spread"]) == pytest.approx(1, abs=0.02)
    assert buurt["spread"][0] == pytest.approx(exact / table.num_rows, abs=0.01)


@pytest.mark.parametrize(
    ("language", "meaning", "never"),
    [
        ("nl", "Elke groep heeft eigen stappen.", "dat is nagerekend"),
        ("en", "Each group has steps of its own.", "that was calculated"),
    ],
)
def test_the_report_says_what_per_group_means(town, language, meaning, never):
    (part,) = anonymous_html(town.open().manifest, language)

    assert meaning in part.body
    assert never not in part.body


def test_it_verifies(town):
    assert town.verify().delivery == town.visible[-1].name


def test_nothing_is_laid_beside_it(town):
    for name, wanted in (("weer", ONE_STEP), ("grof", FINE)):
        other = town.add_project(name, lawful_plan(wanted, step="anonymous", id=name))
        other.sign()

        with refused("delivery.anonymous-local-before"):
            other.deliver()
        assert other.visible == []


def test_it_is_not_laid_beside_others(tmp_path):
    first = town_with(tmp_path, ONE_STEP)
    first.deliver()
    other = first.add_project("fijn", lawful_plan(FINE, step="anonymous", id="fijn"))
    other.sign()

    with refused("anonymise.local-beside-earlier"):
        other.deliver()


def test_a_promise_about_everybody_does_not_go_with_it(tmp_path):
    promise = {"uniqueness": {"share": 0.01, "people": 350_000, "source": "CBS, 1 januari 2027"}}
    content = lawful_plan(need(*COLUMNS, local=True, models=[promise]), step="anonymous")

    with pytest.raises(InputError) as found:
        read_plan(write_plan(tmp_path, content))
    assert found.value.code == "plan.anonymous-local-of-all"
    assert found.value.fields["line"] > 1
