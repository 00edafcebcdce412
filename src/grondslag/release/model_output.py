"""Output of models (regressions, tests, empirical Bayes), judged as output checkers do.

A coefficient is a weighing of everybody's outcome. It tells about one person when hardly anybody
else weighs in it: too few persons per coefficient, a category with one person in it, one person who
decides the fit, a fit without error, or the same model on a person more or less.

Source:
    Bond, Brandt and De Wolf, 2015, Guidelines for the checking of output based on microdata
    research (DwB, deliverable 11.8), on regressions: at least 10 degrees of freedom, not on
    categories alone, not on one unit, residuals only when they are safe by themselves. Leverage:
    Hoaglin and Welsch, 1978, doi:10.1080/00031305.1978.10479237; influence: Cook, 1977,
    doi:10.1080/00401706.1977.10489493.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from grondslag.release.profile import Profile

_MUCH = 1.0
"""A distance of Cook above this: one person moves the estimates about as far as their own error."""


@dataclass(frozen=True, slots=True)
class ModelTerm:
    """What a model learns from.

    Args:
        name: Of a column.
        apart: The fewest persons that it sets apart: in one of its categories, or away from the
            value that most have.
        is_category: Whether it is a category; else a number.
    """

    name: str
    apart: int = field(repr=False)
    is_category: bool = False


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """A model of which something is let out; its numbers are made by `model_design`.

    Units whose outcome is shown anyway have nothing to protect: only *hidden* ones are judged.

    Args:
        kind: Such as ``regression``, ``negative_binomial`` or ``test``.
        outcome: What it is about.
        terms: What it learns from, without the intercept.
        units: How many persons, or areas, it was learned from.
        hidden: Of how many of them the outcome is shown nowhere else.
        coefficients: How many were estimated, the intercept among them.
        groups: How many different combinations of terms there are.
        smallest: The fewest hidden units in one of them.
        leverage: The largest share that one hidden unit has in what the model says of it.
        influence: The largest distance of Cook of a hidden unit.
        is_exact: Whether it explains every outcome, or all outcomes are one number.
        further: How many numbers were estimated beside the coefficients, such as a spread.
        per_person: Names of the numbers per person that would be let out.
        of_places: Whether a unit is a place with a count; else a person.
    """

    kind: str
    outcome: str
    terms: tuple[ModelTerm, ...]
    units: int
    hidden: int
    coefficients: int
    groups: int
    smallest: int = field(repr=False)
    leverage: float = field(repr=False)
    influence: float = field(repr=False)
    is_exact: bool = field(repr=False)
    further: int = 0
    per_person: tuple[str, ...] = ()
    of_places: bool = False

    @property
    def parameters(self) -> int:
        """How many numbers were estimated."""
        return self.coefficients + self.further

    @property
    def is_saturated(self) -> bool:
        """Whether it is a table in another form: a number of its own for each combination."""
        return bool(self.terms) and self.groups <= self.coefficients

    @property
    def degrees(self) -> int:
        """Hidden outcomes beyond what the estimates could give back: degrees of freedom."""
        return self.hidden - self.parameters

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a sealed document; holds counts that may not be shown."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "ModelOutput":
        """From the values of `to_mapping`."""
        values = dict(mapping)
        values["terms"] = tuple(ModelTerm(**term) for term in values["terms"])
        values["per_person"] = tuple(values["per_person"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker would say of a model, and what to do about it.

    Args:
        code: Of its sentence.
        refuses: Whether it may not be let out; else the second person looks at it.
        fields: Facts for the sentence; no count of a small group.
    """

    code: str
    refuses: bool
    fields: Mapping[str, Any] = field(default_factory=dict)

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        return {"code": self.code, "refuses": self.refuses, "fields": dict(self.fields)}


@dataclass(frozen=True, slots=True)
class ModelMark:
    """That a released table rests on a model, as the ledger keeps it.

    Args:
        kind: What kind of model.
        outcome: What it is about.
        terms: Names of what it learns from.
        units: How many persons or areas it was learned from.
        parameters: How many numbers were estimated.
        findings: What the second person had beside it.
    """

    kind: str
    outcome: str
    terms: tuple[str, ...]
    units: int
    parameters: int
    findings: tuple[Finding, ...] = ()

    @property
    def about(self) -> tuple[str, str, tuple[str, ...]]:
        """Models that agree in this can be held against each other."""
        return self.kind, self.outcome, self.terms

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        findings = [finding.to_mapping() for finding in self.findings]
        return {**asdict(self), "terms": list(self.terms), "findings": findings}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "ModelMark":
        """From the values of `to_mapping`."""
        values = dict(mapping)
        values["terms"] = tuple(values["terms"])
        values["findings"] = tuple(Finding(**finding) for finding in values["findings"])
        return cls(**values)


def mark_of(output: ModelOutput, findings: Sequence[Finding] = ()) -> ModelMark:
    """What the ledger keeps of a model."""
    names = tuple(sorted(term.name for term in output.terms))
    return ModelMark(
        output.kind, output.outcome, names, output.units, output.parameters, tuple(findings)
    )


def judge_model_output(
    output: ModelOutput, *, profile: Profile, minimum: int = 0, earlier: Sequence[ModelMark] = ()
) -> tuple[Finding, ...]:
    """What a checker would say; empty when there is nothing to remark.

    Args:
        output: The model.
        profile: For whom it is: the smallest group, the largest share of one, the fewest degrees.
        minimum: Smallest group according to the contract; the profile may ask for more.
        earlier: Models of the same dataset and population that are out already, or go out now.

    Returns:
        First what refuses, then what asks for a look.
    """
    least = max(minimum, profile.minimum)
    found = [Finding("release.model-per-person", refuses=True)] if output.per_person else []
    if output.hidden:
        found += [
            *_refused(output, profile, least),
            *_nearly_the_same(output, least, earlier),
            *_looked_at(output),
        ]
    return tuple(sorted(found, key=lambda finding: not finding.refuses))


def _refused(output: ModelOutput, profile: Profile, least: int) -> list[Finding]:
    found: list[Finding] = []
    if output.degrees < profile.model_degrees:
        found.append(
            Finding("release.model-few-degrees", refuses=True,
                    fields={"least": profile.model_degrees})
        )  # fmt: skip
    found += [
        Finding("release.model-few-apart", refuses=True,
                fields={"term": term.name, "minimum": least})
        for term in output.terms
        if term.apart < least
    ]  # fmt: skip
    largest = dict(profile.dominance).get(1, _MUCH)
    if output.leverage > largest:
        found.append(
            Finding("release.model-one-decides", refuses=True,
                    fields={"percent": round(100 * largest)})
        )  # fmt: skip
    if output.is_exact:
        found.append(Finding("release.model-exact", refuses=True))
    if output.is_saturated and output.smallest < least:
        found.append(Finding("release.model-saturated", refuses=True, fields={"minimum": least}))
    return found


def _nearly_the_same(
    output: ModelOutput, least: int, earlier: Sequence[ModelMark]
) -> list[Finding]:
    """The same model on a few persons more or less gives back those few."""
    mine = mark_of(output)
    differs = any(
        other.about == mine.about and 0 < abs(other.units - mine.units) < least for other in earlier
    )
    return (
        [Finding("release.model-small-difference", refuses=True, fields={"minimum": least})]
        if differs
        else []
    )


def _looked_at(output: ModelOutput) -> list[Finding]:
    found: list[Finding] = []
    if output.influence > _MUCH:
        found.append(Finding("release.model-influence", refuses=False))
    if output.is_saturated or (output.terms and all(term.is_category for term in output.terms)):
        found.append(Finding("release.model-only-categories", refuses=False))
    return found
