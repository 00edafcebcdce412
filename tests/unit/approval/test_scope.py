"""Which columns an approval opens: wanted, chosen by, and needed by a protection; no other."""

from grondslag.approval import allowed_columns
from grondslag.approval.bundle import needed_contracts
from made_contracts import column, made_contract
from made_plans import made_plan
from town import refused

LINK = {
    "left": "meldingen",
    "right": "inwoners",
    "reason": "Wie meldt, woont die er ook?",
    "ground": {
        "gdpr": "6.1.e",
        "law": "Wegenverkeerswet 1994",
        "article": "2",
        "task": "Het verzekeren van de veiligheid op de weg.",
    },
    "until": "2027-12-31",
}
PERSONAL = {"category": "ordinary", "allowed": []}


def needs(dataset, *columns, **rows):
    wanted = [
        {"name": name, "form": "exact", "reason": "Nodig voor het antwoord."} for name in columns
    ]
    need = {"dataset": dataset, "columns": wanted, "output": "aggregate"}
    return need | ({"rows": rows} if rows else {})


def contracts_in(folder):
    names = ("persoon", "sleutel", "dag", "soort", "wijk", "geheim", "rest")
    columns = [
        column(name, "date" if name == "dag" else "string", privacy=PERSONAL) for name in names
    ]
    main = made_contract(
        folder,
        name="meldingen",
        columns=columns,
        privacy={
            "person_key": "persoon",
            "linking": {"key": "sleutel", "domains": ["traffic"]},
            "secrecy_mark": {"column": "geheim", "value": "1", "coarsen": {}},
            "objections": {
                "dataset": "bezwaren",
                "person": "wie",
                "purpose": "doel",
                "state": "stand",
                "left_out_states": ["open"],
            },
        },
        slaProperties=[
            {
                "property": "retention",
                "value": 5,
                "unit": "y",
                "element": "meldingen.dag",
                "description": "Archiefwet",
            }
        ],
    )
    objections = made_contract(
        folder,
        name="bezwaren",
        columns=[column(name) for name in ("wie", "doel", "stand", "tekst")],
    )
    other = made_contract(folder, name="inwoners", columns=[column("aantal", "integer")])
    return {item.name: item for item in (main, objections, other)}


def test_wanted_columns_bring_what_protections_need(tmp_path):
    contracts = contracts_in(tmp_path)
    plan = made_plan(tmp_path, data=[needs("meldingen", "soort")], links=[])

    assert allowed_columns(plan, contracts, "meldingen") == ("persoon", "dag", "soort", "geheim")


def test_columns_that_rows_are_chosen_by_are_read_too(tmp_path):
    contracts = contracts_in(tmp_path)
    area = {"column": "wijk", "codes": ["W1"]}
    plan = made_plan(tmp_path, data=[needs("meldingen", "soort", area=area)])

    assert "wijk" in allowed_columns(plan, contracts, "meldingen")
    assert "rest" not in allowed_columns(plan, contracts, "meldingen")


def test_the_key_of_a_link_is_read_only_for_a_link(tmp_path):
    contracts = contracts_in(tmp_path)
    data = [needs("meldingen", "soort"), needs("inwoners", "aantal")]

    without = made_plan(tmp_path, data=data)
    linked = made_plan(tmp_path, data=data, links=[LINK])

    assert "sleutel" not in allowed_columns(without, contracts, "meldingen")
    assert "sleutel" in allowed_columns(linked, contracts, "meldingen")


def test_of_objections_only_person_purpose_and_state_are_read(tmp_path):
    contracts = contracts_in(tmp_path)
    plan = made_plan(tmp_path, data=[needs("meldingen", "soort")])

    assert allowed_columns(plan, contracts, "bezwaren") == ("wie", "doel", "stand")
    assert allowed_columns(plan, contracts, "inwoners") == ()


def test_the_dataset_of_objections_is_signed_for_too(tmp_path):
    contracts = contracts_in(tmp_path)
    plan = made_plan(tmp_path, data=[needs("meldingen", "soort")])

    assert list(needed_contracts(plan, contracts)) == ["bezwaren", "meldingen"]
    del contracts["bezwaren"]
    with refused("approval.no-contract"):
        needed_contracts(plan, contracts)
