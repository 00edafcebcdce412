"""One page with every part of the portal's design on it, for looking and for the browser tests."""

from datetime import date
from pathlib import Path

from django import forms
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from grondslag.errors import InputError
from grondslag_portal.shared import problems
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import explain

TEMPLATE = (Path(__file__).parent / "pattern_page.html").read_text(encoding="utf-8")


class Everything(forms.Form):
    """Every kind of question."""

    use_required_attribute = False
    title = forms.CharField(
        label="Naam van het project", help_text="Kort, zonder namen van mensen."
    )
    know = forms.CharField(label="Wat wil je weten?", widget=forms.Textarea(attrs={"rows": 4}))
    works = forms.ChoiceField(
        label="Werkt dit voor jouw vraag?",
        help_text="Kies wat het beste past.",
        widget=forms.RadioSelect,
        choices=[
            ("yes", "Ja, dit werkt"),
            ("no", "Nee, het geeft geen antwoord op mijn vraag"),
            ("unknown", "Weet ik niet"),
        ],
    )
    ways = forms.MultipleChoiceField(
        label="Welke gegevens heb je nodig?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("speed", "Snelheid per uur"), ("crash", "Ongevallen per kruispunt")],
    )
    agree = forms.BooleanField(label="Ik heb dit gelezen en ben het ermee eens", required=False)
    end = forms.DateField(label="Tot wanneer?", help_text="Bijvoorbeeld 31-12-2027.")
    count = forms.IntegerField(label="Hoeveel straten?", required=False)
    ground = forms.ChoiceField(label="Welke wet?", choices=[("wvw", "Wegenverkeerswet 1994")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            explain(field)


TASKS = [
    {"title": title, "url": url, "status": status, "said": said, "since": since}
    for title, url, status, said, since in (
        ("Schrijf je vraag op", "/a/", "done", "", None),
        ("Kies het doel en de wet", "/b/", "wrong", "Het doel past niet bij deze wet.", None),
        ("Kies de gegevens", "/c/", "busy", "Je begon met 14 gegevens. Nu zijn het er 5.", None),
        ("Laat besluiten", "/d/", "waiting", "Wacht op de gegevenseigenaar.", date(2026, 3, 3)),
        ("Lever de gegevens", "", "cannot_yet", "Eerst moet het besluit er zijn.", None),
        ("Kijk terug", "/e/", "not_started", "", None),
    )
]
ROWS = [
    {"label": "Je vraag", "value": "Rijdt men in de Lindelaan te hard?", "change": "/x/"},
    {"label": "Gegevens", "value": ["Snelheid per uur", "Ongevallen"], "change": "/y/"},
    {"label": "Einddatum", "value": "", "change": "/z/"},
]


@guarded("shared.about")
def everything(request):
    form = Everything(request.POST or None)
    context = RequestContext(request, {"form": form, "tasks": TASKS, "rows": ROWS})
    return HttpResponse(Template(TEMPLATE).render(context))


@guarded("shared.about")
def broken(request):
    raise RuntimeError("on purpose")


@guarded("shared.about")
def refused(request):
    raise InputError("projects.busy")


urlpatterns = [
    path("onderdelen/", everything),
    path("kapot/", broken),
    path("geweigerd/", refused),
    path("", include("grondslag_portal.config.urls")),
]
handler400, handler403 = problems.bad_request, problems.not_allowed
handler404, handler500 = problems.not_found, problems.failed
