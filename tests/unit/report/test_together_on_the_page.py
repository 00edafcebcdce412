"""Areas that lie together and have more together, as a reader sees it."""

import re
from dataclasses import replace

import pytest

from grondslag.analysis import Facts
from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.release.released import released_from
from grondslag.report.neighbourhoods import level_parts
from grondslag.report.together import together_parts
from grondslag.report.words import Voice
from made_delivery import OPEN, STREETS, let_out
from made_neighbourhoods import BUURTEN, made_neighbourhoods
from made_report import made_report

NL, EN = Voice("nl"), Voice("en")
GROUP = ("B11", "B12", "B23", "B24")
"""Two by two, in a corner of a map of six by four."""


def squares(codes, columns=6):
    """Squares of a kilometre, six in a row."""
    shapes = {}
    for at, code in enumerate(codes):
        x, y = 1000 * (at % columns), 1000 * (at // columns)
        ring = [[x, y], [x + 1000, y], [x + 1000, y + 1000], [x, y + 1000], [x, y]]
        shapes[code] = {"type": "Polygon", "coordinates": [ring]}
    return shapes


def report_of(folder, more=(), shapes=None):
    counts = {code: 95 + 10 * (at % 2) for at, code in enumerate(BUURTEN)}
    counts |= dict.fromkeys(more, 145)
    made = made_neighbourhoods(
        folder / "n",
        counts,
        dict.fromkeys(BUURTEN, (300, 700)),
        per_kind=(sum(counts.values()), 0),
        groups=False,
    )
    result = neighbourhoods(made, profile=OPEN)
    facts = replace(result.facts, geometry=squares(BUURTEN) if shapes is None else shapes)
    figures = let_out(folder / "n", result.figures)
    return replace(made_report(folder), plan=made.plan, facts=facts, figures=figures)


def test_a_group_is_named_with_every_member_and_never_with_a_ratio(tmp_path):
    part = next(together_parts(report_of(tmp_path, GROUP), NL))

    assert "24 buurten" in part.said[0]
    assert "liggen bij elkaar en hebben samen meer dan te verwachten" in part.said[1]
    rows = re.findall(r"<tr>.*?</tr>", str(part.body), re.DOTALL)[1:]
    assert [re.search(r"Buurt \d\d", row).group() for row in rows] == [
        "Buurt 11", "Buurt 12", "Buurt 23", "Buurt 24",
    ]  # fmt: skip
    assert "keer" not in part.said[1]
    assert all("145" in row for row in rows)


def test_the_group_and_nothing_else_has_a_thick_border_on_the_map(tmp_path):
    thick = 'stroke="#14181d" stroke-width="3"'

    with_group = str(next(level_parts(report_of(tmp_path, GROUP), NL)).body)
    without = str(next(level_parts(report_of(tmp_path / "even"), NL)).body)

    assert with_group.count(thick) == len(GROUP)
    assert without.count(thick) == 0


@pytest.mark.parametrize(
    ("voice", "told"),
    [(NL, "Er is geen groep buurten die samen opvalt."), (EN, "No group of")],
    ids=["nl", "en"],
)
def test_where_no_group_stands_out_that_is_said_with_what_may_be_missed(tmp_path, voice, told):
    part = next(together_parts(report_of(tmp_path), voice))

    assert part.said[1].startswith(told)
    assert len(part.said) == 3
    assert not part.body


def test_without_a_map_nothing_is_said(tmp_path):
    assert list(together_parts(report_of(tmp_path, GROUP, shapes={}), NL)) == []


def streets_report(folder, *, scatter):
    """Streets set against streets as busy; three beside each other have twice what those have."""
    counts = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
    counts |= {street: [("UMS", 60), ("LET", 30)] for street in list(STREETS)[:3]}
    given = made_report(folder, counts)
    table = given.figure("straat-traffic")
    renamed = released_from(table.to_mapping() | {"id": "straat-alike"})
    facts = Facts.from_mapping(
        given.facts.to_mapping()
        | {"geometry": squares(STREETS), "dispersion": {"straat-alike": scatter}}
    )
    return replace(given, facts=facts, figures=(*given.figures, renamed))


def test_streets_that_lie_together_are_told_when_their_place_is_known(tmp_path):
    given = streets_report(tmp_path, scatter=1.2)

    part = next(together_parts(given, NL))

    assert "straten liggen bij elkaar" in part.said[1]
    assert given.facts.name(next(iter(STREETS))) in part.said[1]
    assert list(together_parts(replace(given, facts=replace(given.facts, geometry={})), NL)) == []


def test_where_streets_differ_as_much_anyway_no_group_stands_out(tmp_path):
    """Counts that scatter twenty times chance leave nothing of the same group."""
    part = next(together_parts(streets_report(tmp_path, scatter=20.0), NL))

    assert "geen groep" in part.said[1]
