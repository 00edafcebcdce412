"""Filling in the screens of a project in a browser, with the answers that a plan holds.

Each screen is filled as the form itself would show that plan, so that a new question on a screen
is asked of the plan too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page

from grondslag.cli.examples import example_folder
from grondslag.contracts import Contract, read_contract
from grondslag.plan import read_plan
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.data_needs import column_screen, rows_screen
from grondslag_portal.projects.forms import ScreenForm
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import SCREENS

EXAMPLE = "voorbeeldstad-verkeer"
ASKED: Mapping[str, Sequence[str]] = {
    "ongevallen": ("jaar", "straat", "ernst"),
    "wegen": ("straat", "voertuigkm_per_jaar"),
    "inwoners": ("wijk", "geboortedatum"),
}
"""Of the data in the example what this question cannot do without."""
BESIDE = ("bezwaren",)
"""People who objected to the use of what is asked for."""
_ANALYSIS = ("question", "dataset", "area", "focus", "comparison", "severity", "period", "traffic")
_SAVE = "Opslaan en verder"


def lean_answers() -> dict[str, Any]:
    """The plan of the example, with no more data than the question needs."""
    content = dict(read_plan(example_folder(EXAMPLE) / "plan.yaml").document.content)
    content["data"] = [
        {**need, "columns": [c for c in need["columns"] if c["name"] in ASKED[need["dataset"]]]}
        for need in content["data"]
        if need["dataset"] in ASKED
    ]
    content["analysis"] = {part: content["analysis"][part] for part in _ANALYSIS}
    content.pop("parties")
    return content


def fill_catalogue(*, by: Person) -> dict[str, Contract]:
    """The datasets that are asked for, each of the department that its contract names."""
    folder = example_folder(EXAMPLE) / "contracts"
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    found = {}
    for name in (*BESIDE, *ASKED):
        path = folder / f"{name}.odcs.yaml"
        found[name] = read_contract(path)
        department, _ = Department.objects.get_or_create(
            name=found[name].department, defaults={"key": f"van-{name}"}
        )
        keep_contract(files[path.name], department=department, by=by.name, beside=files)
    return found


def answer_road(tab: Page, first: str, content: Mapping[str, Any]) -> list[str]:
    """Answer one screen after the other, as far as the road through a section leads.

    Args:
        tab: At the first of them.
        first: The key of that screen.
        content: The plan with the answers.

    Returns:
        The keys of the screens, in order.
    """
    done, key = [], first
    while key:
        screen = SCREENS[key]
        fill_screen(tab, screen, content)
        done.append(key)
        key = screen.following
    return done


def choose_data(tab: Page, search: str, contract: Contract, content: Mapping[str, Any]) -> None:
    """Find a dataset, add it, choose its columns, and say of each why it is needed.

    Args:
        tab: Of who asks.
        search: The address of the page to look for data.
        contract: Of the dataset.
        content: The plan with the answers.
    """
    tab.goto(search)
    tab.get_by_label("Waar gaan de gegevens over?").fill(contract.title)
    tab.get_by_role("main").get_by_role("button", name="Zoek").click()
    tab.get_by_role("link", name=contract.title, exact=True).click()
    tab.get_by_role("button", name="Zet deze gegevens in je plan").click()
    for name in ASKED[contract.name]:
        tab.locator(f'main [name="column"][value="{name}"]').check()
    _save(tab)
    base = search.removesuffix("zoeken/") + contract.name
    for name in ASKED[contract.name]:
        if not tab.url.endswith(f"/gegeven/{name}/"):  # of the first, choosing leads there
            tab.goto(f"{base}/gegeven/{name}/")
        fill_screen(tab, column_screen(contract, name, content), content)
    tab.goto(f"{base}/rijen/")
    fill_screen(tab, rows_screen(contract), content)


def fill_screen(tab: Page, screen: Screen, content: Mapping[str, Any]) -> None:
    """Fill in the screen that is open, and go on."""
    answers = ScreenForm(screen, content).initial
    for name, value in answers.items():
        if value not in (None, "", [], False):
            _fill(tab, name, value)
    before = tab.url
    _save(tab)
    assert tab.url != before, (screen.key, tab.get_by_role("main").inner_text())


def _save(tab: Page) -> None:
    tab.get_by_role("main").get_by_role("button", name=_SAVE).click()
    tab.wait_for_load_state("domcontentloaded")


def _fill(tab: Page, name: str, value: Any) -> None:
    if name in ("form", "form-coarser"):  # of one question; which it is depends on what stands
        name = str(tab.locator('main [name^="form"]').first.get_attribute("name"))
    field = tab.locator(f'main [name="{name}"]')
    kind = field.first.evaluate("part => part.type")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            tab.locator(f'main [name="{name}"][value="{one}"]').check()
    elif kind == "select-one":
        field.select_option(str(value))
    else:
        field.fill(str(value))
