"""Which levels a delivered column has above it, by the form it was delivered in."""

import pyarrow as pa
import pytest

from grondslag.anonymise.hierarchies import Step
from grondslag.delivery.generalising import delivered_hierarchy
from grondslag.errors import InputError
from made_contracts import areas_hash, column, made_contract

AREAS = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}}
YEARS = {"dates": {"steps": ["month", "year", "lustrum"]}}
BANDS = {"leeftijd": [0, 18, 65]}


def found(folder, form, rows, *, name="kolom", kind="string", **entry):
    """The levels of a column that was delivered in a form."""
    said = {"role": "quasi", "category": "ordinary", "allowed": sorted({"exact", form}), **entry}
    made = made_contract(folder, columns=[column(name, kind, privacy=said)], privacy=AREAS)
    return delivered_hierarchy({"name": name, "form": form}, made, pa.chunked_array([rows]))


def steps(hierarchy):
    return [hierarchy.step(level) for level in range(hierarchy.height)]


def dates(*periods):
    return [Step("dates", {"period": period}) for period in periods]


NOTHING = Step("nothing")
TABLE = [
    ("exact", [31, 34, 48],
     {"kind": "integer", "hierarchy": {"intervals": {"widths": [5, 10]}}},
     [Step("exact"), Step("intervals", {"width": 5}), Step("intervals", {"width": 10}), NOTHING]),
    ("exact", ["B11"], {"area_level": "buurt"},
     [Step("exact"), Step("areas", {"name": "wijk"}), NOTHING]),
    ("exact", ["m", "v"], {"values": ["m", "v", "x"]}, [Step("exact"), NOTHING]),
    ("area:wijk", ["W1"], {"area_level": "buurt"}, [Step("areas", {"name": "wijk"}), NOTHING]),
    ("month", ["2026-05", "2026-06"], {"kind": "date", "hierarchy": YEARS},
     [*dates("month", "year", "lustrum"), NOTHING]),
    ("quarter", ["2026-K2", "2027-K1"], {"kind": "date"},
     [*dates("quarter", "year", "lustrum", "decade"), NOTHING]),
    ("year", [2024, 2026], {"kind": "date"}, [*dates("year", "lustrum", "decade"), NOTHING]),
    ("year", [2024, 2026], {"kind": "date", "hierarchy": YEARS},
     [*dates("year", "lustrum"), NOTHING]),
    ("band:leeftijd", ["0-17", "65+"], {"kind": "integer", "bands": BANDS},
     [Step("bands"), Step("ordered", {"size": 2}), NOTHING]),
    ("prefix:4", ["1234", "1235"], {},
     [Step("masking", {"keep": keep, "side": "left"}) for keep in (4, 3, 2, 1)] + [NOTHING]),
    ("present", [True, False], {}, [Step("presence"), NOTHING]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "values", "entry", "expected"),
    TABLE,
    ids=[f"{form} {' '.join(entry)}" for form, _, entry, _ in TABLE],
)
def test_a_column_has_the_levels_above_the_form_it_came_in(tmp_path, form, values, entry, expected):
    if form.startswith("band"):
        values = _band_labels(tmp_path / "labels")

    assert steps(found(tmp_path, form, values, **entry)) == expected


def _band_labels(folder):
    """As the delivery writes them."""
    folder.mkdir()
    made = found(folder, "band:leeftijd", ["x"], kind="integer", bands=BANDS)
    return made.values.to_pylist()[:2]


def test_the_levels_are_the_same_whatever_the_data_are(tmp_path):
    few = found(tmp_path, "year", [2026], kind="date")
    many = found(tmp_path, "year", list(range(1900, 2027)), kind="date")

    assert steps(few) == steps(many)


def test_a_missing_value_takes_the_same_levels(tmp_path):
    values = ["2026-05", "2026-06", None]

    assert steps(found(tmp_path, "month", values, kind="date"))[0] == dates("month")[0]


def test_an_owner_who_did_not_say_is_asked(tmp_path):
    with pytest.raises(InputError) as refused:
        found(tmp_path, "exact", [31], kind="integer")

    assert refused.value.code == "delivery.no-hierarchy"
    assert refused.value.fields["column"] == "kolom"


def test_a_form_that_the_owner_no_longer_allows_is_refused(tmp_path):
    with pytest.raises(InputError) as refused:
        found(tmp_path, "month", ["2026-05"], kind="date", allowed=["year"])

    assert refused.value.code == "delivery.form-not-allowed"
