"""Two projects over the same crashes, whose reports are laid beside each other and attacked.

The second asks the same of one year less. What differs between both is that year, street by street:
by itself each report is safe, and together they would give small counts. One ledger stands between.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pyarrow.compute as pc
import pytest

from attacker.attacking import attack, pinned
from attacker.reading import Report, read_report
from grondslag.analysis import area_comparison
from grondslag.approval import open_installation
from grondslag.canonical import write_json
from grondslag.clock import FixedClock
from grondslag.delivery import open_delivery
from grondslag.errors import DisclosureRefusedError
from grondslag.release import FourEyes, Ledger, profile_on, release
from grondslag.report import write_report
from made_report import made_report

DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)
FIRST = 2019
"""The second project begins a year later than the first."""


@pytest.fixture
def opened(run):
    """What the first project was delivered."""
    project = run("voorbeeldstad-verkeer").project
    folder = next((project / "deliveries").iterdir())
    clock = FixedClock(DAY)
    installation = open_installation(project.parent / "installation", clock=clock)
    return open_delivery(folder, installation, clock=clock)


def a_year_less(opened):
    """The same delivery to another project, that asked for a period that begins later."""
    crashes = opened.table("ongevallen")
    fewer = crashes.filter(pc.greater_equal(crashes["jaar"], FIRST))
    need = opened.plan.need("ongevallen")
    start = need.period.start.replace(year=FIRST)
    later = replace(need, period=replace(need.period, start=start))
    data = tuple(later if one.dataset == need.dataset else one for one in opened.plan.data)
    return SimpleNamespace(
        manifest=opened.manifest,
        plan=replace(opened.plan, id="lindelaan-later", data=data),
        contracts=opened.contracts,
        table=lambda name: fewer if name == "ongevallen" else opened.table(name),
    )


def published(delivered, ledger, folder, *, days):
    """The report of one project, as an attacker reads it."""
    result = area_comparison(delivered)
    figures = release(
        result.figures,
        profile=profile_on("open", delivered.plan.dated),
        ledger=ledger,
        by=FourEyes("analyst", "colleague"),
        project=delivered.plan.id,
        clock=FixedClock(DAY + timedelta(days=days)),
    )
    made = made_report(folder / "made")
    given = replace(
        made, plan=delivered.plan, facts=result.facts, figures=figures, manifest=delivered.manifest
    )
    (folder / "releases").mkdir(parents=True)
    write_report(folder / "report", given)
    write_json(
        folder / "releases" / "one.json", {"figures": [figure.to_mapping() for figure in figures]}
    )
    write_json(folder / "releases" / "one.answer.json", {"facts": result.facts.to_mapping()})
    return read_report(folder / "report", folder)


def rests_between(first, second):
    """Per street what the first project counted and the second did not: the year between them."""
    tables = [
        next(one for one in report.tables if one.id == "straat") for report in (first, second)
    ]
    counts = [{cell.keys: cell.count for cell in table.cells} for table in tables]
    both = counts[0].keys() & counts[1].keys()
    return [
        counts[0][keys] - counts[1][keys]
        for keys in both
        if None not in (counts[0][keys], counts[1][keys])
    ]


def asked_elsewhere(opened):
    """The same delivery to another project, that asks about another street."""
    plan = opened.plan
    other = next(
        code for code in opened.table("ongevallen")["straat"].to_pylist()
        if code is not None and code not in plan.analysis.focus
    )  # fmt: skip
    asked = replace(plan, id="andere-straat", analysis=replace(plan.analysis, focus=(other,)))
    return SimpleNamespace(
        manifest=opened.manifest, plan=asked, contracts=opened.contracts, table=opened.table
    )


@pytest.mark.long
def test_without_a_ledger_between_them_two_reports_give_small_counts(opened, tmp_path):
    """What the ledger is for: each report is safe, and beside each other they are not."""
    first = published(opened, Ledger(tmp_path / "one"), tmp_path / "a", days=0)
    second = published(a_year_less(opened), Ledger(tmp_path / "two"), tmp_path / "b", days=1)

    assert pinned(attack(second)) == []
    assert any(0 < rest < 10 for rest in rests_between(first, second))


@pytest.mark.long
def test_one_ledger_refuses_the_report_that_gives_them(opened, tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    published(opened, ledger, tmp_path / "a", days=0)

    with pytest.raises(DisclosureRefusedError) as refused:
        published(a_year_less(opened), ledger, tmp_path / "b", days=1)

    assert refused.value.code == "release.small-rest-earlier"


@pytest.mark.long
def test_another_question_over_the_same_crashes_pins_nobody_beside_the_first(opened, tmp_path):
    """All tables of both reports, and every number that only one of the pages has."""
    ledger = Ledger(tmp_path / "ledger")
    first = published(opened, ledger, tmp_path / "a", days=0)
    second = published(asked_elsewhere(opened), ledger, tmp_path / "b", days=1)
    both = Report(
        (*first.tables, *second.tables), (*first.said, *second.said), first.names | second.names
    )

    assert sum(len(table.hidden) for table in both.tables) > 0
    assert pinned(attack(both)) == []
