"""Addresses of the catalogue."""

from django.urls import path

from grondslag_portal.catalogue.views import changing, datasets, exchange, open_data, terms

app_name = "catalogue"
urlpatterns = [
    path("", datasets.dataset_list, name="list"),
    path("toevoegen/", changing.add_page, name="add"),
    path("beheer/", datasets.managers, name="managers"),
    path("berichten/", exchange.inbox, name="inbox"),
    path("berichten/<int:note>/antwoord/", exchange.answer_page, name="answer"),
    path("begrippen/", terms.term_list, name="terms"),
    path("begrippen/nieuw/", terms.new_term, name="new-term"),
    path("begrippen/<int:term>/", terms.term_page, name="term"),
    path("begrippen/<int:term>/wijzigen/", terms.change_term, name="change-term"),
    path("begrippen/<int:term>/overleg/", exchange.about_term, name="about-term"),
    path("verschillen/", terms.difference_list, name="differences"),
    path("verschillen/<slug:place>/", terms.difference_page, name="difference"),
    path("verschillen/<slug:place>/voorstel/", terms.propose_page, name="propose"),
    path("voorstellen/<int:proposal>/akkoord/", terms.accept_page, name="accept"),
    path("open.jsonld", open_data.as_json_ld, name="json-ld"),
    path("open.ttl", open_data.as_turtle, name="turtle"),
    path("dataset/<slug:dataset>/", datasets.dataset_page, name="dataset"),
    path("dataset/<slug:dataset>/wijzigen/", changing.parts_page, name="parts"),
    path("dataset/<slug:dataset>/vervangen/", changing.replace_page, name="replace"),
    path("dataset/<slug:dataset>/afspraak/<int:proposal>/", terms.take_over_page, name="take-over"),
    path("dataset/<slug:dataset>/meten/", datasets.measure_page, name="measure"),
    path("dataset/<slug:dataset>/overleg/", exchange.about_dataset, name="about-dataset"),
    path("dataset/<slug:dataset>/versie/<int:number>/", datasets.download, name="download"),
]
