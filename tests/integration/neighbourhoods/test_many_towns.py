"""The planted truth over twenty towns: found where it is, and not called where it only seems.

The makers draw household by household, or event by event, and know no rate, ratio or expectation.
"""

import json

import pytest

from grondslag.analysis import AreaClass, area_class
from grondslag.analysis.places import Places
from grondslag.analysis.standard import expectations, population_of
from grondslag.analysis.standing import standings
from grondslag.contracts import read_contracts
from grondslag.synthetic import make_theme
from our_source import ROOT
from reading import read_as

SEEDS = range(1, 21)
MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)
TABLES = {
    "energie": ("energiearmoede", "energiearmoede-groepen", "huishoudens"),
    "veiligheid": ("misdrijven", "misdrijven-slachtoffers", "aanwezigen"),
    "wonen": ("krap-wonen", "krap-wonen-groepen", "huishoudens"),
    "mobiliteit": ("ver-van-halte", "ver-van-halte-groepen", "huishoudens"),
}
COLUMNS = {
    "energie": ("huishoudens_arm", ("samenstelling", "eigendom"), "huishoudens"),
    "veiligheid": ("misdrijven", ("aanwezige",), "aanwezigen"),
    "wonen": ("huishoudens_krap", ("samenstelling", "eigendom"), "huishoudens"),
    "mobiliteit": ("huishoudens_ver", ("samenstelling", "eigendom"), "huishoudens"),
}


SINCE = {"energie": 2025, "veiligheid": 2022, "wonen": 2025, "mobiliteit": 2025}
"""The years that the example compares."""


def totals(rows, keys, name, *, since):
    """Counts added up per key; a key of which a part was left out has none."""
    sums = {}
    for row in rows:
        if row["jaar"] >= since:
            sums.setdefault(tuple(row[key] for key in keys), []).append(row[name])
    return {key: sum(counts) for key, counts in sums.items() if None not in counts}


def verdicts(theme, folder, seed):
    """What is said of every area of one town when nobody asked about one."""
    contracts = read_contracts(ROOT / "examples" / f"voorbeeldstad-{theme}" / "contracts")
    made = make_theme(theme, folder, seed=seed)
    tables = [read_as(contracts[name], made.sources[name])[0] for name in TABLES[theme]]
    counted, grouped = (table.to_pylist() for table in tables[:2])
    name, groups, size = COLUMNS[theme]
    population = population_of(tables[2], area="buurt", value=size, groups=groups)
    visible = totals(counted, ("buurt",), name, since=SINCE[theme])
    visible = {area: count for (area,), count in visible.items()}
    per_group = totals(grouped, groups, name, since=SINCE[theme])
    places = Places(contracts["buurten"].privacy.areas, {"buurt": "buurt"})
    sizes = {code: own for code, own in population.at(places, "buurt").items() if code in visible}
    expected = expectations(sizes, per_group, population.per_group)
    cells = standings(visible, expected, expected, focus=()).cells
    return {cell.keys[0]: area_class(cell.derived) for cell in cells}, made.truth


@pytest.mark.parametrize("theme", TABLES)
def test_the_worse_area_is_found_and_the_seeming_one_is_not_called(theme, tmp_path):
    found = called = false = 0
    for seed in SEEDS:
        said, truth = verdicts(theme, tmp_path / str(seed), seed)
        planted = json.loads(truth.read_text())
        found += said[planted["worse"]] is AreaClass.ALMOST_CERTAIN
        called += said[planted["seeming"]] in MORE
        false += sum(
            klass is AreaClass.ALMOST_CERTAIN
            for code, klass in said.items()
            if code != planted["worse"]
        )

    assert found >= 16
    assert called <= 3
    assert false <= 20 * 30 * 0.01
