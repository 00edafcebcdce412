"""What a model rests on, as numbers that can be judged: computed here, beside the data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grondslag.errors import InputError
from grondslag.release.model_output import ModelOutput, ModelTerm

Floats = NDArray[np.float64]
_EXACT = 1e-9
"""Less than this share of the variation left over is no error but rounding."""


@dataclass(frozen=True, slots=True)
class ModelData:
    """The rows behind a model, one per unit; they never leave.

    Args:
        outcome: One number per unit.
        numbers: Per name one number per unit.
        categories: Per name one value per unit.
        hidden: Per unit whether its outcome is shown nowhere else; left out, of everybody.
        of_places: Whether a unit is a place with a count; else a person.
    """

    outcome: Sequence[float] = field(repr=False)
    numbers: Mapping[str, Sequence[float]] = field(default_factory=dict, repr=False)
    categories: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    hidden: Sequence[bool] | None = field(default=None, repr=False)
    of_places: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a model fits, when it is no plain least squares.

    Args:
        means: What it expects of each unit.
        variances: How much an outcome varies around that.
        slopes: How fast the mean rises with the linear part: for a logarithm, the mean itself.
        further: How many numbers were estimated beside the coefficients, such as a spread.
    """

    means: Sequence[float] = field(repr=False)
    variances: Sequence[float] = field(repr=False)
    slopes: Sequence[float] = field(repr=False)
    further: int = 0


def model_output(
    data: ModelData,
    *,
    kind: str,
    outcome: str,
    fitted: Fitted | None = None,
    per_person: Sequence[str] = (),
) -> ModelOutput:
    """Describe a model for `judge_model_output`; an intercept is always in it.

    A test of a mean between groups is a regression on the group; give it as such.

    Args:
        data: The rows it was learned from.
        kind: Such as ``regression`` or ``test``.
        outcome: What it is about.
        fitted: How it fits; left out, by least squares, the variance taken from what is left over.
        per_person: Names of the numbers per person that would be let out.

    Raises:
        InputError: Nothing to learn from, lengths that differ, or a number that is none.

    Source:
        Leverage in a generalised linear model: Pregibon, 1981, doi:10.1214/aos/1176345513; it is
        the part of one's own outcome in what the model expects of one.
    """
    seen = _numbers(data.outcome)
    design = _design(data, seen.size)
    known = [True] * seen.size if data.hidden is None else list(data.hidden)
    if len(known) != seen.size:
        raise InputError("release.model-lengths-differ")
    hidden = np.array(known, dtype=bool)
    means, weights, errors = _fit(design, seen, fitted)
    leverage, rank = _leverages(design * np.sqrt(weights)[:, None])
    place = np.unique(design, axis=0, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(place[hidden])
    return ModelOutput(
        kind=kind,
        outcome=outcome,
        terms=_terms(data, hidden),
        units=seen.size,
        hidden=int(hidden.sum()),
        coefficients=rank,
        groups=int(place.max()) + 1,
        smallest=int(sizes[sizes > 0].min(initial=seen.size)),
        leverage=float(leverage[hidden].max(initial=0.0)),
        influence=_influence(errors, leverage, rank, hidden, scaled=fitted is not None),
        is_exact=_is_exact(seen, means),
        further=fitted.further if fitted else 0,
        per_person=tuple(per_person),
        of_places=data.of_places,
    )


def _design(data: ModelData, size: int) -> Floats:
    """The matrix: an intercept, the numbers, and all but one category of each."""
    columns = [np.ones(size), *map(_numbers, data.numbers.values())]
    for texts in data.categories.values():
        kept = [one for one, _ in Counter(texts).most_common()][1:]
        columns += [np.array([text == one for text in texts], dtype=float) for one in kept]
        if len(texts) != size:
            raise InputError("release.model-lengths-differ")
    if any(column.size != size for column in columns):
        raise InputError("release.model-lengths-differ")
    return np.column_stack(columns)


def _fit(design: Floats, seen: Floats, fitted: Fitted | None) -> tuple[Floats, Floats, Floats]:
    """What is expected, how much each unit weighs, and how far off it is in its own spread."""
    if fitted is None:
        means = design @ np.linalg.lstsq(design, seen, rcond=None)[0]
        return means, np.ones(seen.size), seen - means
    means, variances = _numbers(fitted.means), _numbers(fitted.variances)
    slopes = _numbers(fitted.slopes)
    if not means.size == variances.size == slopes.size == seen.size or variances.min() <= 0:
        raise InputError("release.model-lengths-differ")
    return means, slopes**2 / variances, (seen - means) / np.sqrt(variances)


def _leverages(weighed: Floats) -> tuple[Floats, int]:
    """Of each unit the share of its own outcome in its fit, and how many columns say something."""
    left, sizes, _ = np.linalg.svd(weighed, full_matrices=False)
    rank = int((sizes > sizes[0] * max(weighed.shape) * np.finfo(float).eps).sum())
    return np.asarray((left[:, :rank] ** 2).sum(axis=1)), rank


def _influence(
    errors: Floats, leverage: Floats, rank: int, hidden: NDArray[np.bool_], *, scaled: bool
) -> float:
    """The largest distance of Cook; 0 when nothing is left over to measure it with."""
    free = errors.size - rank
    spread = 1.0 if scaled else float(errors @ errors) / free if free > 0 else 0.0
    own = 1 - leverage
    at = hidden & (own > _EXACT)
    if spread <= 0 or not at.any():
        return 0.0
    return float((errors[at] ** 2 * leverage[at] / (rank * spread * own[at] ** 2)).max())


def _terms(data: ModelData, hidden: NDArray[np.bool_]) -> tuple[ModelTerm, ...]:
    """Per term the fewest hidden units that it sets apart."""
    everybody = int(hidden.sum())
    terms = []
    for name, values in data.numbers.items():
        column = _numbers(values)
        most = Counter(column.tolist()).most_common(1)[0][0]
        away = int((hidden & (column != most)).sum())
        terms.append(ModelTerm(name, away or everybody))
    for name, texts in data.categories.items():
        sizes = Counter(text for text, one in zip(texts, hidden, strict=True) if one)
        terms.append(ModelTerm(name, min(sizes.values(), default=0), is_category=True))
    return tuple(terms)


def _is_exact(seen: Floats, means: Floats) -> bool:
    """Whether every outcome is explained, or there is but one."""
    same = bool((seen == seen[0]).all())
    return same or _left(seen, means) <= _EXACT * _left(seen, np.full_like(seen, seen.mean()))


def _left(seen: Floats, means: Floats) -> float:
    return float(((seen - means) ** 2).sum())


def _numbers(values: Sequence[float]) -> Floats:
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1 or not column.size or not np.isfinite(column).all():
        raise InputError("release.model-not-a-number")
    return column
