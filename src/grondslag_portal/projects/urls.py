"""Addresses of projects: Dutch words, in the order of the road."""

from django.urls import path
from django.urls.resolvers import URLPattern

from grondslag_portal.projects.sections import SCREENS, SLUGS
from grondslag_portal.projects.views import (
    answers,
    begin,
    data,
    handing,
    lists,
    moving,
    rules,
    sections,
)

app_name = "projects"
_DATASET = "<slug:key>/gegevens/<slug:dataset>/"
_COLUMN = f"{_DATASET}gegeven/<slug:column>/"


def _asking(address: str, name: str) -> list[URLPattern]:
    """A screen, and where what is typed on it is kept."""
    facts = {"screen": name}
    return [
        path(address, answers.screen_page, facts, name=name),
        path(f"{address}typt/", answers.keep_typed, facts, name=f"{name}-typed"),
    ]


urlpatterns = [
    path("", lists.project_list, name="list"),
    path("beginnen/", begin.begin_page, name="begin"),
    path("inlezen/", moving.import_page, name="import"),
    path("overdragen/", handing.hand_over_page, name="hand-over"),
    path("<slug:key>/", lists.project_page, name="project"),
    path("<slug:key>/map/", moving.export, name="export"),
    path("<slug:key>/regels/", rules.rules_page, name="rules"),
    path("<slug:key>/regels/wijzigen/", rules.apply_page, name="rules-apply"),
    path("<slug:key>/wijziging/", moving.remedy, name="remedy"),
    path("<slug:key>/openen/", moving.reopen_page, name="reopen"),
    *(
        path(f"<slug:key>/{slug}/", sections.SECTIONS[step], name=str(step))
        for step, slug in SLUGS.items()
    ),
    *(
        pattern
        for screen in SCREENS.values()
        for pattern in _asking(f"<slug:key>/{SLUGS[screen.section]}/{screen.slug}/", screen.key)
    ),
    path("<slug:key>/gegevens/zoeken/", data.search_page, name="data-search"),
    path("<slug:key>/gegevens/tekst/", data.text_page, name="data-text"),
    path(f"{_DATASET}over/", data.contract_page, name="data-contract"),
    path(f"{_DATASET}toevoegen/", data.add_page, name="data-add"),
    path(f"{_DATASET}weghalen/", data.drop_page, name="data-drop"),
    path(f"{_DATASET}kiezen/", data.columns_page, name="data-columns"),
    *_asking(f"{_DATASET}rijen/", "data-rows"),
    *_asking(_COLUMN, "data-column"),
]
