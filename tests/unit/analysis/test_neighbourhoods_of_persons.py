"""Persons with a trait, as rows or as the engine counted them, per area over a population."""

from pathlib import Path

import pyarrow as pa
import pytest

from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.canonical import canonical_bytes, sha256_hex, to_yaml
from grondslag.contracts import read_contracts
from grondslag.errors import InputError
from made_contracts import column, contract_content
from made_delivery import OPEN, MadeDelivery, wanted
from made_neighbourhoods import AREAS, BUURTEN, KINDS
from made_plans import made_plan

PERSONS = {"person_key": "bsn", "minimum_group": 10}


def contracts_of(folder: Path):
    folder.mkdir(parents=True)
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    areas = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
    buurt = column("buurt", privacy={"area_level": "buurt", "category": "ordinary"})
    kind = column("soort", privacy={"values": list(KINDS), "category": "ordinary"})
    number = column(
        "bsn", privacy={"category": "national_id", "role": "direct", "allowed": ["pseudonym"]}
    )
    for content in (
        contract_content(
            name="vallen", columns=[number, buurt, kind], privacy=PERSONS | {"areas": areas}
        ),
        contract_content(
            name="inwoners", columns=[number, buurt, kind], privacy=PERSONS | {"areas": areas}
        ),
    ):
        (folder / f"{content['name']}.odcs.yaml").write_text(to_yaml(content), encoding="utf-8")
    return read_contracts(folder)


def rows_of(counts, *, name="persons"):
    """The engine's own count per neighbourhood and kind."""
    keys = [(code, kind) for code in BUURTEN for kind in KINDS]
    return pa.table(
        {
            "buurt": [code for code, _ in keys],
            "soort": [kind for _, kind in keys],
            name: pa.array([counts(code, kind) for code, kind in keys], pa.int64()),
        }
    )


def delivery(folder, table, *, output="aggregate", groups=("soort",)):
    contracts = contracts_of(folder / "contracts")
    names = ("buurt", "soort")
    people = rows_of(lambda _code, kind: 300 if kind == "alleen" else 700)
    counted = {"output": output} | ({"count": "persons"} if output == "aggregate" else {})
    data = [
        {"dataset": "vallen", "columns": wanted(*names), **counted},
        {"dataset": "inwoners", "columns": wanted(*names), "output": "aggregate",
         "count": "persons"},
    ]  # fmt: skip
    fair = {"population": {"dataset": "inwoners", "area": "buurt", "value": "persons"}}
    fair |= {"groups": list(groups)} if groups else {}
    analysis = {
        "question": "neighbourhoods",
        "dataset": "vallen",
        "area": "buurt",
        "focus": ["B53"],
        "comparison": "city",
        "fair": fair,
    }
    plan = made_plan(folder, data=data, analysis=analysis)
    return MadeDelivery(plan, contracts, {"vallen": table, "inwoners": people})


def twice(code, kind):
    return (60 if kind == "alleen" else 35) * (2 if code == "B53" else 1)


def figure(result, name):
    return next(one for one in result.figures if one.id == name)


def test_persons_that_the_engine_counted_are_compared(tmp_path):
    result = neighbourhoods(delivery(tmp_path, rows_of(twice)), profile=OPEN)

    cell = next(c for c in figure(result, "buurt-fair").cells if c.keys == ("B53",))
    assert cell.count == 190
    assert cell.exposure == 1000
    # By hand: per kind 25 times 60 and 25 times 35 in 24 areas of the same make-up.
    assert cell.derived["expected"] == pytest.approx(25 * 95 / 24, abs=0.1)
    assert result.facts.unit == "person"


def test_a_small_part_that_the_engine_withheld_hides_its_neighbourhood(tmp_path):
    def counts(code, kind):
        return None if (code, kind) == ("B41", "alleen") else twice(code, kind)

    result = neighbourhoods(delivery(tmp_path, rows_of(counts)), profile=OPEN)

    for table in result.figures:
        for cell in table.cells:
            if cell.keys == ("B41",):
                assert cell.count is None
                assert not cell.derived
    assert "neighbourhoods.unknown-groups" in {note.code for note in result.facts.unknowns}


def test_rows_of_persons_are_counted(tmp_path):
    keys = [(code, kind) for code in BUURTEN for kind in KINDS for _ in range(twice(code, kind))]
    table = pa.table({"buurt": [code for code, _ in keys], "soort": [kind for _, kind in keys]})

    result = neighbourhoods(delivery(tmp_path, table, output="open"), profile=OPEN)

    counts = {cell.keys[0]: cell.count for cell in figure(result, "buurt-fair").cells}
    assert counts["B53"] == 190
    assert sum(counts.values()) == 25 * 95


def test_a_population_that_the_plan_does_not_ask_for_is_refused(tmp_path):
    made = delivery(tmp_path, rows_of(twice), groups=("leeftijd",))

    with pytest.raises(InputError) as refused:
        neighbourhoods(made, profile=OPEN)

    assert refused.value.code == "analysis.column-not-delivered"
