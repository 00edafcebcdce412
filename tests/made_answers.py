"""Answers of a plan that the smallest lawful plan does not need, whole, to change in a row."""

FACTORS = {
    "link": "Beide doelen gaan over klachten op straat.",
    "context": "Bewoners meldden het zelf bij de gemeente.",
    "nature": "Het gaat om de plek van een klacht, niet om de mens.",
    "consequences": "Niemand merkt er iets van: er verandert alleen een straat.",
    "safeguards": "Alleen aantallen per wijk, nooit minder dan tien mensen.",
}
"""The five factors, each in words."""

OTHER = {"meldingen.privacy.purposes": ["afvalbeleid"]}
"""The reports are kept for another purpose than that of the plan."""


def further_use(route="compatible", **changes):
    """Why the reports may serve the purpose of the plan; None takes a part out."""
    whole = {"dataset": "meldingen", "route": route, **FACTORS} | changes
    return {key: value for key, value in whole.items() if value is not None}


def consent(**changes):
    """How consent was asked, as it should be."""
    return {
        "without_disadvantage": "yes",
        "separate": "yes",
        "proof": "Elke ja staat met datum in het formulierensysteem.",
        "withdrawal": "Met één knop op dezelfde pagina, altijd.",
        "representative": "yes",
    } | changes


def informing(way="public", **changes):
    """How people hear of it."""
    return {
        "way": way,
        "where": "In de privacyverklaring op de site, sinds januari.",
    } | changes
