"""Two datasets are joined on the project's pseudonym only, and only on a ground of its own."""

from collections import Counter

import pytest

from grondslag.delivery import read_project
from grondslag.policy import Outcome
from made_contracts import column, write_contract
from small_project import RECORDS, REPORTS, lawful_plan, number, write_csv, write_reports
from small_town import files_below, make_small_town, refused

WIJK_OF = {"B11": "W1", "B12": "W1", "B21": "W2"}
PASSES = [(number(at), "jaar" if at % 2 and at < 165 else "maand") for at in range(400)]
"""Who has which pass; the fifteen of the smallest group have the same one."""

PASS = {
    "dataset": "passen",
    "columns": [{"name": "duur", "form": "exact", "reason": "Hoe vaak iemand er langs komt."}],
    "output": "pseudonymous",
    "count": "rows",
}
GROUND = {
    "gdpr": "6.1.e",
    "law": "WVW 1994",
    "article": "18 lid 1 onder d",
    "task": "Het college neemt de verkeersbesluiten voor de wegen van de gemeente.",
}
LINK = {
    "left": "meldingen",
    "right": "passen",
    "reason": "Alleen samen blijkt of wie vaak komt ook vaker meldt.",
    "ground": GROUND,
    "until": "2027-12-31",
}
NUMBERS = [
    {
        "category": "national_id",
        "dataset": name,
        "exception": "46 lid 1",
        "law": "Wabb",
        "article": "10",
    }
    for name in ("meldingen", "passen")
]


def write_passes(project, domains=("traffic",)):
    bsn = {"category": "national_id", "role": "direct", "allowed": ["pseudonym"],
           "filterable": False}  # fmt: skip
    write_contract(
        project / "contracts",
        name="passen",
        columns=[
            column("bsn", privacy=bsn),
            column("duur", privacy={"category": "ordinary", "role": "quasi"}),
            column("tot", "date", privacy={"category": "ordinary", "allowed": []}),
        ],
        privacy={
            "person_key": "bsn",
            "linking": {"key": "bsn", "domains": list(domains)},
            "source_folders": ["../../data"],
        },
        server={"server": "b", "type": "local", "path": "../../data/passen.csv", "format": "csv"},
        slaProperties=[{"property": "retention", "value": 5, "unit": "y", "element": "passen.tot"}],
    )


@pytest.fixture
def linked(tmp_path):
    """A signed project that joins who reports to the pass they have."""
    plan = lawful_plan(RECORDS, PASS, step="pseudonymous", links=[LINK], special_grounds=NUMBERS)
    (tmp_path / "project" / "contracts").mkdir(parents=True)
    write_passes(tmp_path / "project")
    town = make_small_town(tmp_path, plan)
    town.edit("contracts/meldingen.odcs.yaml", allow_linking)
    town.edit("accountability/dpia-straat.yaml", cover_both)
    data = town.folder / "data"
    write_reports(data, [row for row in REPORTS if row.soort != "anders"])
    write_csv(data / "passen.csv", ("bsn", "duur", "tot"), [(*one, "2027-12-31") for one in PASSES])
    return town


def allow_linking(contract):
    (own,) = (item for item in contract["customProperties"] if item["property"] == "privacy")
    own["value"]["linking"] = {"key": "bsn", "domains": ["traffic"]}


def cover_both(document):
    document["covers"]["datasets"] = ["meldingen", "passen"]


def test_the_joined_table_is_right_and_holds_no_number(linked):
    linked.sign()
    linked.deliver()

    (name,) = linked.open().datasets
    table = linked.open().table(name)

    kept = [row for row in REPORTS if row.soort != "anders" and row.bsn != number(0)
            and "2022-03-02" <= row.dag <= "2026-12-31"]  # fmt: skip
    duration = dict(PASSES)
    by_hand = Counter((WIJK_OF[row.buurt], row.soort, duration[row.bsn]) for row in kept)
    columns = [table.column(part).to_pylist() for part in ("buurt", "soort", "duur")]
    assert Counter(zip(*columns, strict=True)) == by_hand
    assert set(table.schema.names) == {"bsn", "buurt", "soort", "duur"}
    assert len(set(table.column("bsn").to_pylist())) == len({row.bsn for row in kept})


def test_no_key_of_the_link_stands_in_what_is_kept(linked):
    linked.sign()
    linked.deliver()

    numbers = [one.encode() for one, _ in PASSES]
    found = [path.name for path in files_below(linked.project) for one in numbers
             if one in path.read_bytes()]  # fmt: skip
    assert found == []
    assert linked.verify().steps != ()


def test_somebody_twice_in_the_joined_dataset_stops_the_delivery(linked):
    linked.sign()
    rows = [(*one, "2027-12-31") for one in [*PASSES, PASSES[5]]]
    write_csv(linked.folder / "data" / "passen.csv", ("bsn", "duur", "tot"), rows)

    with refused("delivery.person-twice"):
        linked.deliver()


def test_an_owner_who_does_not_allow_the_link_stops_it(linked):
    write_passes(linked.project, domains=())

    assert read_project(linked.project, clock=linked.clock).verdict.outcome is Outcome.NO
    with refused("delivery.not-lawful-today"):
        linked.deliver()


def test_a_link_without_its_own_ground_stops_it(linked):
    linked.edit("plan.yaml", lambda plan: plan["links"][0]["ground"].update(law="Nergens"))

    with refused("delivery.not-lawful-today"):
        linked.deliver()


FINER = {
    "a period finer than it is delivered": lambda plan: (
        plan["data"][0]["columns"].append(
            {"name": "dag", "form": "year", "reason": "Het jaar is genoeg voor de trend."}
        ),
        plan["data"][0]["rows"]["period"].update({"from": "2022-02-03", "until": "2022-02-03"}),
    ),
    "rows chosen on a number": lambda plan: plan["data"][0]["rows"].update(
        {"period": {"column": "bsn", "from": "2022-01-01", "until": "2026-12-31"}}
    ),
    "rows chosen on the secrecy mark": lambda plan: plan["data"][0]["rows"].update(
        {"area": {"column": "geheim", "codes": ["W1"]}}
    ),
    "an area made up in the plan": lambda plan: plan["data"][0]["rows"].update(
        {"area": {"column": "buurt", "codes": ["B11", "X9"]}}
    ),
    "a number as it is": lambda plan: plan["data"][0]["columns"][0].update(form="exact"),
    "free text": lambda plan: plan["data"][0]["columns"].append(
        {"name": "verhaal", "form": "exact", "reason": "Wat mensen er zelf over zeggen."}
    ),
    "a column without entry": lambda plan: plan["data"][0]["columns"].append(
        {"name": "zonder_privacy", "form": "exact", "reason": "Omdat het er nu eenmaal staat."}
    ),
}


@pytest.mark.parametrize("change", FINER.values(), ids=FINER)
def test_what_reads_a_masked_value_back_is_neither_signed_nor_delivered(monthly, change):
    monthly.edit("plan.yaml", change)

    with refused("delivery.not-lawful-today"):
        monthly.deliver()
    with refused("approval.no-go"):
        monthly.sign()

    assert monthly.visible == []
