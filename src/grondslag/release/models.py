"""The models of one release, held against each other and against all that is out."""

from collections.abc import Sequence

from grondslag.errors import DisclosureRefusedError
from grondslag.release.figure import Figure
from grondslag.release.ledger import Ledger
from grondslag.release.model_output import ModelMark, ModelOutput, judge_model_output, mark_of
from grondslag.release.profile import Profile


def judged_models(
    figures: Sequence[Figure], profile: Profile, ledger: Ledger
) -> dict[str, ModelMark]:
    """Per table that rests on a model, what the ledger keeps of it.

    Raises:
        DisclosureRefusedError: A model could give a person away; the sentence says how.
        IntegrityError: The ledger is damaged.
    """
    marks: dict[str, ModelMark] = {}
    for figure in figures:
        if figure.model is not None:
            earlier = [*_out(figure, ledger), *_beside(figure, figures)]
            marks[figure.id] = _mark(figure, figure.model, profile, earlier)
    return marks


def _mark(
    figure: Figure, model: ModelOutput, profile: Profile, earlier: Sequence[ModelMark]
) -> ModelMark:
    findings = judge_model_output(model, profile=profile, minimum=figure.minimum, earlier=earlier)
    for finding in findings:
        if finding.refuses:
            raise DisclosureRefusedError(finding.code, figure=figure.id, **finding.fields)
    return mark_of(model, findings)


def _out(figure: Figure, ledger: Ledger) -> list[ModelMark]:
    """Of places only those of the same rows: with other rows every count is another."""
    every = figure.model is None or not figure.model.of_places
    return [
        table.model
        for entry in ledger.entries(figure.dataset, figure.population)
        for table in entry.figures
        if table.model is not None and (every or table.scope == figure.scope)
    ]


def _beside(figure: Figure, figures: Sequence[Figure]) -> list[ModelMark]:
    same = (figure.dataset, figure.population)
    return [
        mark_of(other.model)
        for other in figures
        if other.model is not None and (other.dataset, other.population) == same
    ]
