"""One page with every part of the portal's design on it, for looking and for the browser tests."""

from datetime import date

from django import forms
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from grondslag.errors import InputError
from grondslag_portal.shared import problems
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import explain

TEMPLATE = """{% extends "shared/base.html" %}
{% block title %}Alle onderdelen{% endblock %}
{% block breadcrumb %}{% include "shared/breadcrumb.html" with one="/een/" one_text="Projecten" two="/twee/" two_text="Veilig oversteken bij de Lindelaan" %}{% endblock %}
{% block content %}
{% include "shared/errors.html" %}
{% include "shared/heading.html" with above="Vraag 2 van 4" text="Wat wil je precies weten over de Lindelaan?" lead="Schrijf één vraag op. Noem het gebied en de periode." %}
<p>Een gewone alinea met <a href="/ergens/">een link erin</a>. Je ziet daarna of je mag beginnen. We bewaren je antwoorden.</p>
<form method="post" novalidate class="text" data-autosave="/bewaar/">{% csrf_token %}
{% for field in form %}{% include "shared/field.html" %}{% endfor %}
<p class="saved" role="status">Opgeslagen om 14.32 uur</p>
<div class="actions">{% button "shared.change" %}{% button "shared.again" kind="secondary" name="act" value="back" %}{% button "shared.sign-out" kind="danger" name="act" value="stop" %}{% button "shared.home" kind="quiet" name="act" value="later" %}</div>
</form>
<h2>De weg van dit project</h2>
{% include "shared/task_list.html" %}
<h2>Kijk je antwoorden na</h2>
{% include "shared/summary_list.html" %}
<h2>Meldingen</h2>
{% include "shared/notice.html" with kind="info" title="Goed om te weten" text="Alleen de eigenaar ziet deze gegevens." %}
{% include "shared/notice.html" with kind="warning" text="Dit besluit loopt over dertig dagen af." %}
{% include "shared/notice.html" with kind="refused" title="Dit mag niet" text="Voor dit doel is geen wet die het toestaat." %}
{% include "shared/notice.html" with kind="done" text="Je antwoord is opgeslagen." %}
{% notice "warning" "Wat kan wel?" %}<ul><li>Tel per straat en niet per persoon.</li><li>Vraag het aan mensen zelf.</li></ul>{% endnotice %}
<h2>Cijfers</h2>
<div class="table" tabindex="0" role="region" aria-labelledby="figures"><table><caption id="figures">Snelheid voor en na de drempel</caption>
<thead><tr><th scope="col">Straat</th><th scope="col" class="number">Metingen</th><th scope="col" class="number">Te hard</th><th scope="col" class="number">Bereik</th></tr></thead>
<tbody><tr><th scope="row">Lindelaan</th><td class="number">12.480</td><td class="number">18%</td><td class="number">16% tot 20%</td></tr><tr><th scope="row">Kerkstraat</th><td class="number">980</td><td class="number">9%</td><td class="number">7% tot 12%</td></tr></tbody></table></div>
<details><summary>Waarom vragen we dit?</summary><p>Alleen met een duidelijke vraag weet je welke gegevens nodig zijn.</p></details>
<ul class="list"><li><h3 class="list__title"><a href="/x/">Buurtbus naar het station</a></h3><p>Stopte in 2026: er hing geen besluit van af.</p><p class="list__facts"><span>Mobiliteit</span><span>3 maart 2026</span></p></li><li><h3 class="list__title"><a href="/y/">Fietsenrekken bij winkels</a></h3><p>Tellen zonder persoonsgegevens.</p></li></ul>
<ul class="cards"><li><h3>Projecten met persoonsgegevens</h3><span class="big-number">12</span></li><li><h3>Gestopt</h3><span class="big-number">3</span></li><li class="card"><h3 class="card__title"><a href="/k/">Een kaart met een link</a></h3><p class="subtle">Gewijzigd op 3 maart</p></li></ul>
<p>Delen: <span class="example-mark">voorbeeld</span></p>
<progress class="bar" max="100" value="40" aria-label="Hoe ver de levering is">40%</progress>
{% endblock %}"""


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
    {"title": "Schrijf je vraag op", "url": "/a/", "status": "done", "said": ""},
    {"title": "Kies het doel en de wet", "url": "/b/", "status": "wrong", "said": "Het doel past niet bij deze wet."},
    {"title": "Kies de gegevens", "url": "/c/", "status": "busy", "said": "Je begon met 14 gegevens. Je gebruikt er nu 5."},
    {"title": "Laat het besluit nemen", "url": "/d/", "status": "waiting", "said": "Wacht op de gegevenseigenaar.", "since": date(2026, 3, 3)},
    {"title": "Lever de gegevens", "url": "", "status": "cannot_yet", "said": "Eerst moet het besluit er zijn."},
    {"title": "Kijk terug", "url": "/e/", "status": "not_started", "said": ""},
]  # fmt: skip
ROWS = [
    {"label": "Je vraag", "value": "Rijden auto's in de Lindelaan te hard tussen 7 en 9 uur?", "change": "/x/"},
    {"label": "Gegevens", "value": ["Snelheid per uur", "Ongevallen"], "change": "/y/"},
    {"label": "Einddatum", "value": "", "change": "/z/"},
]  # fmt: skip


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
