"""Worked plans: what an experienced data protection officer says of a plan of a municipality.

A file under ``tests/spec/plans`` names datasets, bases and cases; the README beside them tells how.
Every case starts from the smallest lawful plan (`made_cases`), with its base, then its change.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grondslag.canonical import read_document
from grondslag.plan import plan_from
from grondslag.policy import Case, check, propose
from made_cases import (
    CONTRACTS,
    DAY,
    GONE,
    PLAN,
    agreement,
    contract,
    edited,
    facts,
    impact,
    settings,
)
from made_contracts import as_read

FOLDER = Path(__file__).parent / "spec" / "plans"
REASON = "Zonder dit gegeven kunnen we de vraag niet beantwoorden."
AGREEMENTS = ("processing", "joint", "data_sharing")


@dataclass(frozen=True)
class Worked:
    """One worked plan with what is expected of it."""

    file: str
    name: str
    story: str
    datasets: dict
    base: dict
    change: dict
    documents: tuple
    confirmed: tuple
    outcome: str
    because: tuple
    articles: tuple
    remedy: tuple
    after: str
    twin: str

    @property
    def case(self):
        """The case that the rules look at."""
        content = _changed(_changed(PLAN, self.base), self.change)
        known = CONTRACTS | self.datasets
        return Case(
            plan=plan_from(as_read(content, file="plan.yaml")),
            contracts={name: contract(name, spec) for name, spec in known.items()},
            accountability=facts(*(_fact(item, content) for item in self.documents)),
            day=DAY,
            parameters=settings(*self.confirmed),
        )


@cache
def worked_plans():
    """Every worked plan of every file."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases_in(path))


def deciding(verdict):
    """The findings that make the outcome what it is; none for a go."""
    if verdict.outcome == "go":
        return ()
    return tuple(item for item in verdict.findings if item.severity.outcome == verdict.outcome)


def words_of(changes):
    """What kinds of change these are: ``drop-column``, ``add-agreement``."""
    return {change.code.rpartition(".")[2] for change in changes}


def verdict_of(worked):
    """What the rules say of a worked plan."""
    return check(worked.case)


def after_remedy(worked):
    """The outcome once the smallest change is made; ``none`` when there is no way."""
    proposal = propose(worked.case)
    return "none" if proposal is None else str(proposal.verdict.outcome)


def _cases_in(path):
    content = read_document(path).content
    datasets = {name: _dataset(spec) for name, spec in content.get("datasets", {}).items()}
    bases = content.get("bases", {})
    for item in content["cases"]:
        base = bases.get(item.get("base"), {})
        if "base" in item and item["base"] not in bases:
            raise AssertionError(f"{path.name}: {item['name']}: no base {item['base']}")
        yield Worked(
            file=path.name,
            name=item["name"],
            story=item["story"],
            datasets=datasets,
            base=base.get("change", {}),
            change=item.get("change", {}),
            documents=tuple(item.get("documents", base.get("documents", ()))),
            confirmed=tuple(item.get("confirmed", base.get("confirmed", ()))),
            outcome=item["outcome"],
            because=tuple(item.get("because", ())),
            articles=tuple(item.get("articles", ())),
            remedy=tuple(item.get("remedy", ())),
            after=item.get("after", ""),
            twin=item.get("twin", ""),
        )


def _dataset(spec):
    defaults = {"role": "none", "allowed": ["exact"], "filterable": False}
    columns = {
        name: None if entry is None else defaults | entry for name, entry in spec["columns"].items()
    }
    privacy = {"data": "real"} | spec["privacy"]
    return {
        "types": spec.get("types", {}),
        "retention": spec.get("retention", True),
        "privacy": privacy,
        "columns": columns,
    } | {name: spec[name] for name in ("freshness",) if name in spec}


def _changed(content, changes):
    return edited(
        content, {path.removeprefix("plan."): _value(path, item) for path, item in changes.items()}
    )


def _value(path, item):
    if item == "GONE":
        return GONE
    return [_need(need) for need in item] if path == "plan.data" else item


def _need(need):
    """A dataset that is asked, its columns written short: name and form."""
    columns = need["columns"]
    if isinstance(columns, dict):
        columns = [{"name": name, "form": form, "reason": REASON} for name, form in columns.items()]
    return need | {"columns": columns}


def _fact(item, content):
    """A standing fact; by default about all data of the plan and its purpose."""
    changes = {key: value for key, value in item.items() if key != "is"}
    covers = {
        "datasets": [need["dataset"] for need in content["data"]],
        "purposes": [content["purpose"]["key"]],
    }
    whole = {"covers": covers} | changes
    return agreement(item["is"], **whole) if item["is"] in AGREEMENTS else impact(**whole)
