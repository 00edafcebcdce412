"""Rules, findings and changes as sentences, each provision with the version that was read."""

from collections.abc import Mapping

from grondslag.contracts import Contract
from grondslag.law import Provision
from grondslag.policy.changes import Change
from grondslag.policy.impact import Difference, DifferenceKind
from grondslag.policy.model import Finding, Outcome, Rule
from grondslag.vocabulary import AlternativeWay, Form, OutputStep
from grondslag.wording import sentence


def describe_rule(rule: Rule, *, language: str = "nl") -> str:
    """The promise of a rule."""
    return sentence(f"policy.promise.{rule.id}", language=language)


def describe_finding(
    finding: Finding, *, language: str = "nl", contracts: Mapping[str, Contract] | None = None
) -> str:
    """What is wrong, why, and what can be done.

    Args:
        finding: The finding.
        language: Of the reader.
        contracts: Those of the project, to call datasets and columns by their titles; without
            them they go by the names that stand in the plan.
    """
    spoken = _spoken(finding.fields, language, contracts)
    return sentence(finding.code, language=language, **spoken)


def describe_change(
    change: Change, *, language: str = "nl", contracts: Mapping[str, Contract] | None = None
) -> str:
    """What would change; for the arguments see `describe_finding`."""
    return sentence(change.code, language=language, **_spoken(change.fields, language, contracts))


def describe_cost(
    change: Change, *, language: str = "nl", contracts: Mapping[str, Contract] | None = None
) -> str:
    """What that costs the answer; for the arguments see `describe_finding`."""
    return sentence(change.costs, language=language, **_spoken(change.fields, language, contracts))


def describe_no_remedy(*, language: str = "nl") -> str:
    """What is said of a rule that no change of the plan heals."""
    return sentence("policy.no-remedy", language=language)


def describe_outcome(outcome: Outcome, *, language: str = "nl") -> str:
    """What the rules together say."""
    return sentence(f"policy.outcome.{outcome}", language=language)


def describe_sources(provisions: tuple[Provision, ...], *, language: str = "nl") -> tuple[str, ...]:
    """Each provision with the version that was read; a rule of the municipality says so."""
    if not provisions:
        return (sentence("policy.own-rule", language=language),)
    return tuple(_source(provision, language) for provision in provisions)


def describe_difference(difference: Difference, *, language: str = "nl") -> str:
    """What differs, in the reader's own words."""
    if difference.domains:
        fields = [sentence(f"policy.domain.{one}", language=language) for one in difference.domains]
        return f"{' – '.join(fields)} ({difference.law})"
    if difference.kind in (DifferenceKind.SETTING, DifferenceKind.DAY):
        return sentence(f"policy.setting.{difference.name}", language=language)
    if difference.kind in (DifferenceKind.RULE_IN, DifferenceKind.RULE_OUT):
        return sentence(f"policy.promise.{difference.name}", language=language)
    return difference.name


def _source(provision: Provision, language: str) -> str:
    facts = {"provision": str(provision), "version": provision.statute.version_read}
    code = "policy.source" if provision.is_confirmed else "policy.source-unread"
    return sentence(code, language=language, **facts)


def _spoken(
    fields: Mapping[str, object], language: str, contracts: Mapping[str, Contract] | None = None
) -> dict[str, object]:
    found = {name: _word(value, language) for name, value in fields.items()}
    return found if contracts is None else {**found, **_titles(found, contracts)}


_DATASETS = ("dataset", "left", "right", "other")
"""Facts of sentences that are names of datasets."""


def _titles(fields: Mapping[str, object], contracts: Mapping[str, Contract]) -> dict[str, object]:
    """Datasets and columns among the facts, by their titles."""
    found: dict[str, object] = {}
    for name in _DATASETS:
        contract = contracts.get(str(fields.get(name, "")))
        if contract is not None:
            found[name] = contract.title
    about = contracts.get(str(fields.get("dataset", "")))
    if about is None:
        return found
    columns = {column.name: column.title for column in about.columns}
    if fields.get("column") in columns:
        found["column"] = columns[str(fields["column"])]
    several = fields.get("columns")
    if isinstance(several, tuple):
        found["columns"] = tuple(columns.get(str(one), one) for one in several)
    return found


def _word(value: object, language: str) -> object:
    """A key of ours in the reader's own words."""
    if isinstance(value, tuple):
        return tuple(_word(item, language) for item in value)
    if isinstance(value, Form):
        code = f"policy.form.{value.name}"
        return sentence(code, language=language, parameter=value.parameter)
    if isinstance(value, OutputStep):
        return sentence(f"policy.step.{value}", language=language)
    if isinstance(value, AlternativeWay):
        return sentence(f"policy.way.{value}", language=language)
    return value
