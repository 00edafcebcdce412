"""Consent: what each rule says of which plan."""

import pytest

from made_answers import OTHER, consent, further_use
from made_cases import asks
from rule_tables import found, names_of, rows_of

CONSENT = {"plan.legal_basis.gdpr": "6.1.a", "meldingen.privacy.legal_basis.gdpr": "6.1.a"}


def asked(**changes):
    """The plan rests on consent, asked as it should be, but for these changes."""
    return CONSENT | {"plan.consent": consent(**changes)}


def about(*subjects, **changes):
    """The same, and the owner says who the data is about."""
    return asked(**changes) | {"meldingen.privacy.data_subjects": list(subjects)}


def explicit(category, exception):
    """A plan on a public task whose exception for special or criminal data is consent."""
    ground = {"category": category, "dataset": "meldingen", "exception": exception,
              "law": "Wegenwet", "article": "16"}  # fmt: skip
    return {"plan.special_grounds": [ground]}


NOBODY = {"plan.data": [asks("wegen", "straat")]}

TABLES = {
    "consent.is-free": [
        ("a public task", {}, []),
        ("consent, asked as it should be", asked(), []),
        ("consent, and nothing about how", CONSENT, ["not-told"]),
        ("consent, nobody involved", CONSENT | NOBODY, []),
        ("who says no is worse off", asked(without_disadvantage="no"), ["disadvantage"]),
        ("unclear whether who says no is worse off",
         asked(without_disadvantage="unclear"), ["disadvantage"]),
        ("people who depend on the municipality for income",
         asked() | {"meldingen.privacy.domain": "income"}, ["dependent"]),
        ("employees", asked() | {"meldingen.privacy.domain": "employees"}, ["dependent"]),
        ("the exception for health is consent, and nothing about how",
         explicit("special", "22 lid 2 onder a"), ["not-told"]),
        ("the exception for criminal data is consent, and nothing about how",
         explicit("criminal", "32 onder a"), ["not-told"]),
        ("the exception is another one", explicit("special", "24"), []),
        ("the further use rests on consent, and nothing about how",
         OTHER | {"plan.further_use": [further_use("consent")]}, ["not-told"]),
    ],
    "consent.is-asked-apart": [
        ("a public task", {}, []),
        ("asked apart", asked(), []),
        ("asked with the application", asked(separate="no"), ["together"]),
        ("unclear", asked(separate="unclear"), ["together"]),
        ("nothing about how: another rule waits", CONSENT, []),
    ],
    "consent.can-be-shown-and-taken-back": [
        ("both told", asked(), []),
        ("no proof", asked(proof="Nog te bepalen met ICT."), ["proof"]),
        ("no way back", asked(withdrawal="Weet ik niet, misschien."), ["withdrawal"]),
        ("neither told",
         CONSENT | {"plan.consent": {"without_disadvantage": "yes", "separate": "yes"}},
         ["proof", "withdrawal"]),
    ],
    "consent.of-a-child-is-the-parents": [
        ("a public task, children", {"meldingen.privacy.data_subjects": ["children"]}, []),
        ("adults", about("residents", representative="no"), []),
        ("children, the parents decide", about("children"), []),
        ("children decide themselves", about("children", representative="no"), ["child"]),
        ("children, unclear who decides", about("children", representative="unclear"), ["child"]),
        ("nobody knows who it is about", asked(representative="no"), ["unknown"]),
        ("no contract: unknown too",
         asked(representative="no") | {"plan.data": [asks("elders", "naam")]}, ["unknown"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected
