"""What was planted can be seen in raw counts, and what only seems so turns out to be seeming.

Counts only: no method of ours is used here.
"""

import json
from collections import Counter

import pyarrow.compute as pc
import pytest

from grondslag.synthetic.crashes import SEVERITIES
from keeping import count_of
from reading import read_as


@pytest.fixture(scope="module")
def truth(voorbeeldstad):
    return json.loads(voorbeeldstad.truth.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def crashes(voorbeeldstad, contracts):
    table, _ = read_as(contracts["ongevallen"], voorbeeldstad.sources["ongevallen"])
    return table


@pytest.fixture(scope="module")
def roads(voorbeeldstad, contracts):
    table, _ = read_as(contracts["wegen"], voorbeeldstad.sources["wegen"])
    return table


@pytest.fixture(scope="module")
def speeds(voorbeeldstad, contracts):
    table, _ = read_as(contracts["snelheden"], voorbeeldstad.sources["snelheden"])
    return table


def vehicle_kilometres(roads, column):
    """Measured distance per area; an unmeasured segment counts as the mean of its area."""
    found = {}
    for area, distance in zip(
        roads[column].to_pylist(), roads["voertuigkm_per_jaar"].to_pylist(), strict=True
    ):
        found.setdefault(area, []).append(distance)
    return {
        area: sum(d for d in all_of_them if d is not None)
        / max(1, sum(d is not None for d in all_of_them))
        * len(all_of_them)
        for area, all_of_them in found.items()
    }


def test_the_lindelaan_has_enough_crashes_and_most_streets_have_few(crashes, truth):
    per_street = Counter(crashes["straat"].drop_null().to_pylist())

    assert per_street[truth["dangerous_street"]] >= 40
    assert per_street.most_common(1)[0][0] == truth["dangerous_street"]
    few = sum(per_street[street] < 10 for street in per_street) + 256 - len(per_street)
    assert few / 256 > 0.5


def test_the_lindelaan_is_about_three_times_as_dangerous_per_kilometre_driven(
    crashes, roads, truth
):
    distance = vehicle_kilometres(roads, "straat")
    street = truth["dangerous_street"]
    here = count_of(crashes, "straat", street)

    rest = crashes.num_rows - here
    ratio = here / distance[street] / (rest / (sum(distance.values()) - distance[street]))
    assert 2.5 < ratio < 6


def test_the_binnenstad_seems_dangerous_per_head_and_is_not_per_kilometre(
    voorbeeldstad, contracts, crashes, roads, truth
):
    seeming = truth["seemingly_dangerous_district"]
    areas, _ = read_as(contracts["wijken"], voorbeeldstad.sources["wijken"])
    residents = dict(zip(areas["wijk"].to_pylist(), areas["inwoners"].to_pylist(), strict=True))
    distance = vehicle_kilometres(roads, "wijk")
    here = count_of(crashes, "wijk", seeming)
    rest = crashes.num_rows - here

    per_head = here / residents[seeming] / (rest / (sum(residents.values()) - residents[seeming]))
    per_distance = here / distance[seeming] / (rest / (sum(distance.values()) - distance[seeming]))
    assert per_head > 3
    assert per_distance < 0.9
    assert here == max(Counter(crashes["wijk"].to_pylist()).values())


def test_no_planted_danger_lies_in_the_area_that_only_seems_dangerous(roads, truth):
    where = dict(zip(roads["segment"].to_pylist(), roads["wijk"].to_pylist(), strict=True))

    districts = {where[segment] for segment in truth["dangerous_segments"]}
    assert truth["seemingly_dangerous_district"] not in districts
    assert len(truth["dangerous_segments"]) == 9


def test_every_cell_of_a_district_holds_ten_crashes_deaths_apart(crashes):
    cells = Counter(zip(crashes["wijk"].to_pylist(), crashes["ernst"].to_pylist(), strict=True))
    per_year = Counter(zip(crashes["wijk"].to_pylist(), crashes["jaar"].to_pylist(), strict=True))

    assert len(per_year) == 64
    assert min(per_year.values()) >= 10
    assert min(n for (_, severity), n in cells.items() if severity != "DOD") >= 10
    assert max(n for (_, severity), n in cells.items() if severity == "DOD") < 20
    assert {severity for _, severity in cells} == set(SEVERITIES)


def test_registered_crashes_are_less_than_half_of_what_happened(truth):
    happened = sum(district["happened"] for district in truth["districts"].values())
    registered = sum(district["registered"] for district in truth["districts"].values())

    assert registered / happened == pytest.approx(truth["registration_share"], abs=0.04)
    assert truth["registration_share"] < 0.5


def test_a_cyclist_alone_is_seldom_registered_and_the_ambulance_sees_more(
    voorbeeldstad, contracts, crashes
):
    alone = pc.and_(
        pc.equal(crashes["partij_1"], "fiets"), pc.is_null(crashes["partij_2"])
    ).combine_chunks()
    table, _ = read_as(
        contracts["ambulance-aantallen"], voorbeeldstad.sources["ambulance-aantallen"]
    )

    assert pc.sum(alone).as_py() / crashes.num_rows < 0.1  # of all crashes a quarter
    injured = crashes.num_rows - count_of(crashes, "ernst", "UMS")
    assert pc.sum(table["slachtoffers"]).as_py() > 1.2 * injured


def test_complaints_point_at_the_lindelaan_and_at_the_binnenstad(voorbeeldstad, contracts, truth):
    table, _ = read_as(contracts["meldingen"], voorbeeldstad.sources["meldingen"])

    streets, districts = Counter(table["straat"].to_pylist()), Counter(table["wijk"].to_pylist())
    assert streets.most_common(1)[0][0] == truth["dangerous_street"]
    assert districts.most_common(1)[0][0] == truth["seemingly_dangerous_district"]
    assert len(set(table["bsn"].to_pylist())) < table.num_rows


def test_measured_traffic_is_off_and_partly_missing(roads):
    measured = roads["verkeer_per_dag"]

    assert 0.03 < measured.null_count / roads.num_rows < 0.1
    assert all(value % 50 == 0 for value in measured.drop_null().to_pylist())
    assert roads["voertuigkm_per_jaar"].null_count == measured.null_count


def test_the_streets_planted_as_speeding_are_the_fastest_of_their_limit(speeds, truth):
    """Plain means over the measuring weeks; every one but the mild Lindelaan in the top five."""
    weeks = {}
    for street, limit, share in zip(
        *(speeds[name].to_pylist() for name in ("straat", "limiet", "te_hard_procent")), strict=True
    ):
        weeks.setdefault((limit, street), []).append(share)
    order = {}
    for (limit, street), _shares in sorted(
        weeks.items(), key=lambda item: -sum(item[1]) / len(item[1])
    ):
        order.setdefault(limit, []).append(street)
    place = {street: at for found in order.values() for at, street in enumerate(found)}

    assert all(place[street] < 12 for street in truth["speeding_streets"])
    mild = truth["dangerous_street"]
    assert all(place[street] < 5 for street in truth["speeding_streets"] if street != mild)


def test_no_speed_is_of_one_vehicle(speeds):
    """A week on the quietest street has hundreds of passages: a share is of many."""
    assert pc.min(speeds["passages"]).as_py() >= 200
