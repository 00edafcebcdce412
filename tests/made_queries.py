"""Query plans from small contracts and plans, for tests of what fits and what is refused."""

from datetime import date

import pytest

from grondslag.delivery.planning import plan_query
from grondslag.errors import GrondslagError
from made_contracts import areas_hash, column, made_contract
from made_plans import made_plan

DAY = date(2027, 3, 3)
BANDS = {"groot": [0, 20, 75], "klein": [0, 10, 20]}
AREAS = {"file": "gebieden.areas.yaml", "sha256": areas_hash()}
COLUMNS = {
    "soort": ("string", ["exact", "prefix:2", "present"]),
    "buurt": ("string", ["exact", "area:buurt", "area:wijk", "drop"]),
    "dag": ("date", ["exact", "month", "quarter", "year", "drop", "age:groot"]),
    "moment": ("timestamp", ["exact", "year"]),
    "jaar": ("integer", ["exact", "band:groot"]),
    "waarde": ("number", ["exact", "band:groot"]),
    "bsn": ("string", ["exact", "pseudonym"]),
    "geheim": ("string", []),
}


def made_columns(**changes):
    """The columns of the test's dataset, some with a changed privacy entry."""
    entries = {
        name: {"allowed": forms, "category": "ordinary", "bands": BANDS}
        for name, (_, forms) in COLUMNS.items()
    }
    entries["buurt"]["area_level"] = "buurt"
    return [
        column(name, kind, privacy=entries[name] | changes.get(name, {}))
        for name, (kind, _) in COLUMNS.items()
    ]


def contract_of(folder, name="meldingen", columns=None, privacy=None, **parts):
    own = {"person_key": "bsn", "areas": AREAS} | (privacy or {})
    own = {key: value for key, value in own.items() if value is not None}
    return made_contract(folder, name=name, columns=columns or made_columns(), privacy=own, **parts)


def need(*wanted, dataset="meldingen", output="aggregate", count="rows", **rows):
    return {
        "dataset": dataset,
        "columns": [
            {"name": name, "form": form, "reason": "Nodig voor het antwoord."}
            for name, form in wanted
        ],
        "output": output,
        "count": count,
        "rows": rows,
    }


def link(left, right):
    ground = {"gdpr": "6.1.e", "law": "Wegenwet", "article": "16", "task": "De weg veilig houden."}
    return {
        "left": left,
        "right": right,
        "reason": "Nodig voor het antwoord.",
        "ground": ground,
        "until": "2027-12-31",
    }


def planned(folder, *needs, contracts=None, minimum=10, **changes):
    contracts = contracts or [contract_of(folder)]
    plan = made_plan(folder, data=list(needs), **changes)
    by_name = {contract.name: contract for contract in contracts}
    return plan_query(plan, by_name, day=DAY, minimum=minimum)


def refusal(*arguments, **options):
    with pytest.raises(GrondslagError) as caught:
        planned(*arguments, **options)
    return caught.value.code


def period(start, end, name="dag"):
    return {"period": {"column": name, "from": start, "until": end}}


def area(*codes, name="buurt"):
    return {"area": {"column": name, "codes": list(codes)}}
