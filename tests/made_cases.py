"""The smallest case that every rule passes, and what is changed in it for one row of a table.

The plan counts reports of residents per district and month. A row names its changes by path:
``plan.purpose.key``, ``meldingen.privacy.domain``, ``meldingen.columns.buurt.role``. Documents
(agreements, impact assessments) are given whole, and so is what a jurist ``confirmed``.
"""

import copy
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from grondslag.accountability import Accountability, agreement_from, assessment_from
from grondslag.canonical import canonical_bytes, to_yaml
from grondslag.contracts import contract_from
from grondslag.plan import plan_from
from grondslag.policy import Case, default_parameters
from grondslag.policy.parameters import parameters_from
from made_contracts import AREAS, areas_hash, as_read, column, contract_content

DAY = date(2027, 3, 1)
GONE = object()
"""The value of a part that is taken out."""

WAYS = ("existing_figures", "count_only", "area_figures", "survey", "sample", "owner_counts",
        "made_up_data", "observe")  # fmt: skip


def entry(category, role, *allowed, filterable=False, **more):
    """A privacy entry of a column."""
    return {
        "category": category,
        "role": role,
        "allowed": list(allowed),
        "filterable": filterable,
        **more,
    }


MELDINGEN = {
    "types": {"dag": "date", "geboortedatum": "date", "aantal": "integer"},
    "retention": True,
    "privacy": {
        "domain": "traffic",
        "purposes": ["verkeersveiligheid"],
        "legal_basis": {"gdpr": "6.1.e", "law": "Wegenwet", "article": "16"},
        "person_key": "melder",
        "linking": {"key": "melder", "domains": ["traffic", "brp"]},
        "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
        "data": "real",
        "minimum_group": 10,
    },
    "columns": {
        "melder": entry("ordinary", "direct", "pseudonym", "present"),
        "geboortedatum": entry(
            "ordinary", "quasi", "age:leeftijd", "year", bands={"leeftijd": [0, 18, 65, 120]}
        ),
        "buurt": entry(
            "ordinary", "quasi", "exact", "area:wijk", filterable=True, area_level="buurt"
        ),
        "dag": entry("none", "none", "exact", "month", "year", filterable=True),
        "soort": entry("none", "none", "exact"),
        "aantal": entry("none", "none", "exact"),
        "toelichting": entry("ordinary", "sensitive", "present", "deidentified", free_text=True),
        "klacht": entry("special", "sensitive", "exact", "present", kind="health"),
        "verdenking": entry("criminal", "sensitive", "exact", "present"),
        "bsn": entry("national_id", "direct", "pseudonym", "exact"),
        "naam": entry("ordinary", "direct", "exact", "pseudonym"),
        "duister": None,
    },
}  # fmt: skip
"""Reports of residents about traffic: personal data of every kind, described in full."""

WEGEN = {
    "types": {},
    "retention": False,
    "privacy": {"domain": "geography", "access": "open", "data": "open"},
    "columns": {
        "straat": entry("none", "none", "exact"),
        "lengte": entry("none", "none", "exact"),
    },
}
"""Roads: open data about nobody."""

INWONERS = {
    "types": {"geboortedatum": "date"},
    "retention": True,
    "privacy": MELDINGEN["privacy"]
    | {
        "domain": "brp",
        "person_key": "nummer",
        "legal_basis": {"gdpr": "6.1.c", "law": "Wet BRP", "article": "3.8"},
        "linking": {"key": "nummer", "domains": ["traffic"]},
        "secrecy_mark": {"column": "geheim", "value": "7", "coarsen": {"buurt": "area:wijk"}},
    },
    "columns": {
        "nummer": entry("ordinary", "direct", "pseudonym"),
        "buurt": MELDINGEN["columns"]["buurt"],
        "geboortedatum": MELDINGEN["columns"]["geboortedatum"],
        "geheim": entry("ordinary", "sensitive", "drop"),
    },
}
"""The register of residents."""

CONTRACTS = {"meldingen": MELDINGEN, "wegen": WEGEN, "inwoners": INWONERS}

PLAN = {
    "plan": "grondslag/1",
    "id": "veilige-straat",
    "title": "Waar melden bewoners gevaarlijk verkeer?",
    "date": "2027-03-01",
    "question": {
        "problem": "Bewoners melden veel bijna-ongelukken in hun wijk.",
        "know": "In welke wijk per maand de meeste mensen iets melden.",
        "decision": {
            "what": "We besluiten in welke wijk drempels komen.",
            "if_yes": "Dan komt er een ontwerp voor drempels.",
            "if_no": "Dan blijft de wijk zoals zij is.",
            "decider": {"body": "college"},
            "needed_by": "2027-06-01",
        },
        "proceed": {"answer": "go", "reason": "Zonder cijfers beslissen we op gevoel."},
    },
    "alternatives": [
        {"way": way, "verdict": "no_answer", "reason": "Zo weten we niet in welke wijk het is."}
        for way in WAYS
    ],
    "purpose": {"key": "verkeersveiligheid", "text": "De wegen in de gemeente veiliger maken."},
    "legal_basis": {
        "gdpr": "6.1.e",
        "law": "WVW 1994",
        "article": "18 lid 1 onder d",
        "task": "Verkeersbesluiten nemen op eigen wegen.",
    },
    "controller": {"body": "college", "municipality": "Voorbeeldstad"},
    "data": [
        {
            "dataset": "meldingen",
            "columns": [
                {
                    "name": "buurt",
                    "form": "area:wijk",
                    "reason": "Om wijken met elkaar te vergelijken.",
                },
                {"name": "dag", "form": "month", "reason": "Om de drukke maanden te zien."},
            ],
            "rows": {"period": {"column": "dag", "from": "2024-01-01", "until": "2026-12-31"}},
            "output": "aggregate",
            "count": "persons",
        }
    ],
    "output": {
        "step": "aggregate",
        "reasons": {"aggregate": "Open cijfers over meldingen bestaan er niet."},
    },
    "individual_decision": "no",
    "access": [{"who": "twee analisten van het team Verkeer", "why": "Zij maken de vergelijking."}],
    "rhythm": {"kind": "once"},
    "end_date": "2028-03-01",
    "stop_criterion": "We stoppen als minder dan 10 mensen per wijk iets melden.",
    "review_date": "2028-09-01",
    "assessment": {"list_items": [], "criteria": [], "high_risk_left": "no"},
}


def asks(dataset="meldingen", *columns, output="aggregate", **more):
    """What a plan asks of a dataset; a column is a name, or name and form."""
    pairs = [item if isinstance(item, tuple) else (item, "exact") for item in columns]
    reason = "Zonder dit gegeven kunnen we de vraag niet beantwoorden."
    wanted = [{"name": name, "form": form, "reason": reason} for name, form in pairs]
    return {"dataset": dataset, "columns": wanted, "output": output, **more}


def link(left="meldingen", right="inwoners", **more):
    """A link between two datasets, on the ground of the plan."""
    ground = {key: PLAN["legal_basis"][key] for key in ("gdpr", "law", "article", "task")}
    return {
        "left": left,
        "right": right,
        "reason": "Om te zien of oudere bewoners vaker iets melden.",
        "ground": ground,
        "until": "2028-03-01",
    } | more


def party(role="processor", agreement="afspraak", name="Rekenbureau BV", country="NL"):
    """Another organisation."""
    return {"name": name, "role": role, "agreement": agreement, "country": country}


def agreement(kind="processing", **changes):
    """A whole agreement with ``Rekenbureau BV``."""
    terms = ("documented_instructions", "confidentiality", "security", "sub_processors",
             "data_subject_rights", "assistance", "return_or_deletion", "audits")  # fmt: skip
    return {
        "kind": "agreement",
        "key": "afspraak",
        "type": kind,
        "title": "Afspraak over de meldingen",
        "parties": ["Gemeente Voorbeeldstad", "Rekenbureau BV"],
        "signed": "2027-01-04",
        "valid_until": "2029-01-01",
        "covers": {"datasets": ["meldingen"], "purposes": ["verkeersveiligheid"]},
        "terms": dict.fromkeys(terms, "yes"),
        "rights_arranged": "yes",
        "grounds": [{"party": "Rekenbureau BV", "law": "Wegenwet", "article": "16"}],
    } | changes


def impact(**changes):
    """A whole, finished impact assessment."""
    return {
        "kind": "impact_assessment",
        "key": "dpia",
        "title": "DPIA over de meldingen",
        "dated": "2027-01-10",
        "concluded": "yes",
        "officer_advice": "2027-01-20",
        "high_risk_left": "no",
        "human_intervention": "yes",
        "measures": [{"what": "Alleen twee analisten hebben toegang.", "done": "yes"}],
        "review_date": "2029-01-10",
        "covers": {"datasets": ["meldingen", "inwoners"], "purposes": ["verkeersveiligheid"]},
    } | changes


ASSESSED = {"list_items": ["health"], "criteria": [], "high_risk_left": "no", "document": "dpia"}
"""The answers of a plan for which an impact assessment is required, and made."""


_CONTRACTS = {}
"""Contracts that were read before, by name and content: most rows change only the plan."""


@cache
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="gebieden-"))
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    return folder


def edited(content, changes):
    """A copy with parts replaced, added or taken out, each by its path."""
    copied = copy.deepcopy(content)
    for path, given in changes.items():
        value = given if given is GONE else copy.deepcopy(given)
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        part = copied
        for step in steps:
            part = part[step]
        if value is GONE:
            del part[last]
        elif isinstance(part, list) and last == len(part):
            part.append(value)
        else:
            part[last] = value
    return copied


def contract(name, spec):
    """A contract from its short description."""
    columns = []
    for title, privacy in spec["columns"].items():
        made = column(title, spec["types"].get(title, "string"), privacy=privacy or {})
        if privacy is None:
            del made["customProperties"]
        columns.append(made)
    content = contract_content(name=name, columns=columns, privacy=spec["privacy"])
    if spec["retention"]:
        dated = next(title for title, kind in spec["types"].items() if kind == "date")
        content["slaProperties"] = [
            {"property": "retention", "value": 5, "unit": "y", "element": f"{name}.{dated}"}
        ]
    if "freshness" in spec:
        dated = next(title for title, kind in spec["types"].items() if kind == "date")
        fresh = {"property": "latency", "value": spec["freshness"], "unit": "d"}
        content.setdefault("slaProperties", []).append(fresh | {"element": f"{name}.{dated}"})
    key = (name, canonical_bytes(content))
    if key not in _CONTRACTS:  # writing and reading it costs more than all rules together
        read = as_read(content, file=f"{name}.odcs.yaml")
        _CONTRACTS[key] = contract_from(read, folder=_folder())
    return _CONTRACTS[key]


def facts(*documents):
    """Agreements and impact assessments."""
    read = [as_read(item, file=f"{item['key']}.yaml") for item in documents]
    agreements = [agreement_from(item) for item in read if item.content["kind"] == "agreement"]
    assessments = [assessment_from(item) for item in read if item.content["kind"] != "agreement"]
    return Accountability(
        {item.key: item for item in agreements}, {item.key: item for item in assessments}
    )


def settings(*confirmed, ahead=()):
    """The settings that come with the engine, with what a jurist confirmed and sees ahead."""
    if not confirmed and not ahead:
        return default_parameters()
    known = default_parameters().document.content
    whole = known | {"confirmed": [*known["confirmed"], *confirmed], "ahead": list(ahead)}
    return parameters_from(as_read(whole, file="parameters.yaml"))


def case(changes=(), *, documents=(), day=DAY, parameters=None):
    """The case with some parts changed, each by its path."""
    changes = dict(changes)
    documents = changes.pop("documents", documents)
    confirmed = changes.pop("confirmed", ())
    ahead = changes.pop("ahead", ())
    parts = {}
    for path, value in changes.items():
        name, _, within = path.partition(".")
        parts.setdefault(name, {})[within] = value
    plan = edited(PLAN, parts.pop("plan", {}))
    contracts = {
        name: contract(name, edited(spec, parts.get(name, {})))
        for name, spec in CONTRACTS.items()
        if parts.get(name) != {"": GONE}
    }
    return Case(
        plan=plan_from(as_read(plan, file="plan.yaml")),
        contracts=contracts,
        accountability=facts(*documents),
        day=day,
        parameters=parameters or settings(*confirmed, ahead=ahead),
    )
