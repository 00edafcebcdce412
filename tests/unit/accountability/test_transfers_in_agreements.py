"""Where a processor keeps data, and what protects it there."""

from grondslag.accountability import (
    SubProcessor,
    Transfer,
    accountability_schema,
    agreement_from,
)
from grondslag.vocabulary import TransferSafeguard, Trilean
from made_cases import agreement
from made_contracts import as_read


def read(**changes):
    return agreement_from(as_read(agreement(**changes)))


def test_an_agreement_names_who_works_further_and_what_protects_data_there():
    made = read(
        own_purposes="unclear",
        sub_processors=[{"name": "Wolkbedrijf", "country": "US"}],
        transfers=[{"country": "US", "safeguard": "standard_clauses", "assessed": "no"}],
    )

    assert made.own_purposes is Trilean.UNCLEAR
    assert made.sub_processors == (SubProcessor("Wolkbedrijf", "US"),)
    assert made.transfers == (Transfer("US", TransferSafeguard.STANDARD_CLAUSES, Trilean.NO),)


def test_an_agreement_may_be_silent_about_it():
    silent = read()

    assert (silent.sub_processors, silent.transfers) == ((), ())


def test_the_schema_names_every_safeguard():
    terms = accountability_schema()["$defs"]["agreement"]["properties"]

    assert terms["transfers"]["items"]["properties"]["safeguard"]["enum"] == list(TransferSafeguard)
