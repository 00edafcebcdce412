"""What is not known: for every rule a row in which something is missing, unclear or unread.

Most tables have such a row themselves. Here stand the others, and the rules about which nothing can
be left unknown, each with the reason. A rule may let an unknown pass only where another refuses.
"""

import re

import pytest

from grondslag.policy import RULES, check
from made_cases import ASSESSED, GONE, agreement, asks, case, impact, link, party
from rule_tables import found, names_of, rows_of
from spec_tables import TABLES as KNOWN

UNDESCRIBED = {"plan.data": [asks("kroeglopers", "naam", output="identified")]}
DARK = {"plan.data": [asks("meldingen", "duister", output="identified")]}
LINKED = {
    "plan.data": [asks("meldingen", "buurt"), asks("kroeglopers", "naam")],
    "plan.links": [link("meldingen", "kroeglopers")],
}
CODES = {"plan.data": [asks("meldingen", ("melder", "pseudonym"), output="pseudonymous")]}


def unread(domain):
    """Records of a field of work, by a law that nobody read."""
    law = {"plan.legal_basis.law": "Koppelwet", "plan.legal_basis.article": "1"}
    return CODES | law | {"meldingen.privacy.domain": domain}


def under(secrecy):
    """Data under a secret, with an agreement that names a law nobody read."""
    grounds = [{"party": "Rekenbureau BV", "law": "Koppelwet", "article": "1"}]
    return {
        "meldingen.privacy.secrecy": secrecy,
        "documents": [agreement("data_sharing", grounds=grounds)],
    }


def without(document, *parts):
    """A document with parts left out."""
    return {key: item for key, item in document.items() if key not in parts}


TABLES = {
    "alternatives.one-that-works-goes-first": [
        ("unclear whether a way works: the rule before it refuses",
         {"plan.alternatives.0.verdict": "unclear"}, []),
    ],
    "purpose.owner-keeps-it-for-this": [
        ("nobody described the dataset: another rule refuses", UNDESCRIBED, []),
    ],
    "ground.owner-has-one": [
        ("the owner names a law that nobody read",
         {"meldingen.privacy.legal_basis.law": "Koppelwet"}, ["unread"]),
    ],
    "ground.task-is-named": [
        ("the task must still be filled in", {"plan.legal_basis.task": "Nog in te vullen."},
         ["none"]),
    ],
    "ground.partnership-law-needs-a-partnership": [
        ("a partnership of which nobody knows the arrangement",
         {"plan.legal_basis.law": "WGS", "plan.legal_basis.article": "2.19",
          "plan.parties": [party("joint_controller", "geen")]}, ["none"]),
    ],
    "controller.bears-the-task": [
        ("a law that nobody read: another rule refuses",
         {"plan.legal_basis.law": "Koppelwet"}, []),
    ],
    "necessity.form-is-allowed": [
        ("a column nobody described: another rule refuses", DARK, []),
    ],
    "necessity.free-text-stays-in": [
        ("a column nobody described: another rule refuses", DARK, []),
    ],
    "output.step-is-needed": [
        ("a column nobody described may be a name: another rule refuses", DARK, []),
    ],
    "output.identified-is-advised-on": [
        ("names from a dataset nobody described", UNDESCRIBED, ["asked"]),
    ],
    "anonymity.group-is-large-enough": [
        ("nobody described the dataset: another rule refuses", UNDESCRIBED, []),
    ],
    "anonymity.records-look-alike": [
        ("records from a dataset nobody described: another rule refuses",
         {"plan.data": [asks("kroeglopers", "naam", output="anonymous")]}, []),
        ("records with a dataset added that nobody described: another rule refuses",
         LINKED | {"plan.data.0": asks("meldingen", "buurt", output="anonymous")}, []),
    ],
    "anonymity.wishes-stand-where-they-count": [
        ("a wish at an added dataset that nobody described",
         LINKED | {"plan.data.1": asks("kroeglopers", "naam", output="anonymous",
                                       anonymous={"k": 12})}, ["elsewhere"]),
    ],
    "anonymity.population-is-counted": [
        ("a dataset nobody described beside one nobody asks",
         {"plan.data": [asks("kroeglopers", "naam", output="anonymous", anonymous={
             "models": [{"kmap": {"k": 20, "population": "inwoners"}}]})]}, ["missing"]),
    ],
    "anonymity.enough-is-left": [
        ("too much left out of a dataset nobody described",
         {"plan.data": [asks("kroeglopers", "naam", output="anonymous",
                             anonymous={"suppression": 0.5})]}, ["much"]),
    ],
    "retention.owner-set-a-term": [
        ("nobody set a term", {"meldingen.retention": False}, ["none"]),
    ],
    "criminal.has-an-exception": [
        ("an exception on a law that nobody read",
         {"plan.data": [asks("meldingen", "verdenking")],
          "plan.special_grounds": [{"category": "criminal", "dataset": "meldingen",
                                    "exception": "33 lid 1 onder a", "law": "Koppelwet",
                                    "article": "1"}]}, ["none"]),
    ],
    "national-id.never-as-itself": [
        ("a column nobody described: another rule refuses", DARK, []),
    ],
    "brp.only-for-the-task": [
        ("nobody described the dataset: another rule refuses", UNDESCRIBED, []),
    ],
    "secrecy.medical-research-has-conditions": [
        ("research by a law that nobody read: the rule before it refuses", under("medical"), []),
    ],
    "secrecy.police-needs-a-provision": [
        ("police data by a law that nobody read", under("police"), ["none"]),
    ],
    "secrecy.tax-needs-an-exception": [
        ("tax data by a law that nobody read", under("tax"), ["none"]),
    ],
    "care.records-rest-on-its-act": [
        ("records by a law that nobody read", unread("care"), ["none"]),
    ],
    "income.records-rest-on-their-acts": [
        ("records by a law that nobody read", unread("income"), ["none"]),
    ],
    "linking.means-stay-apart-from-order": [
        ("with a dataset nobody described: another rule refuses",
         LINKED | {"meldingen.privacy.domain": "public_order"}, []),
    ],
    "assessment.officer-was-heard": [
        ("nobody knows whether the officer advised",
         {"plan.assessment": ASSESSED, "documents": [without(impact(), "officer_advice")]},
         ["no-advice"]),
    ],
    "access.is-limited": [
        ("who gets in must still be decided",
         {"plan.access": [{"who": "Nog te bepalen", "why": "Zij maken de vergelijking."}]},
         ["everyone"]),
    ],
    "transfers.adequate-country": [
        ("nobody knows the country: another rule waits", {"plan.parties": [party()]}, []),
    ],
}  # fmt: skip

SAID_OTHERWISE = {
    "question.we-do-this": "the answer is not yet",
    "purpose.five-factors-are-weighed": "a factor is missing",
    "consent.can-be-shown-and-taken-back": "proof or withdrawal is missing",
    "rights.research-exemption-is-for-institutions": "the law is another one",
    "rights.limits-have-their-reason": "the reason is missing",
    "special.addition-has-its-main-thing": "the main exception is missing",
    "special.written-objection-counts": "the objections are missing",
    "criminal.partnership-is-arranged": "the arrangement is missing",
}
"""Tables whose row about something missing says so in words of its own."""

NOTHING_UNKNOWN = {
    "question.answers-can-differ": "the form asks both answers",
    "question.plan-is-dated": "the form asks the day",
    "output.datasets-stay-below-the-plan": "the form asks both steps",
    "retention.access-ends": "the form asks the last day",
    "retention.repetition-ends": "the form asks until when a plan repeats",
    "linking.ends-with-the-plan": "the form asks until when a link lasts",
    "review.comes-after-the-decision": "the form asks both days",
}
"""Rules about which nothing can be left out: a document without the answer is no document."""

_SIGNS = frozenset({"unclear", "duister", "kroeglopers", "Zorgwet", "Koppelwet", "Awb"})
_WORDS = re.compile(r"nobody|unknown|unclear|not known|no answer|did not say")


def leaves(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from leaves(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def is_unknown(row):
    """Whether a row is about something missing, unclear, undescribed or unread."""
    words, changes, _ = row
    parts = list(leaves(changes))
    signs = any(part is GONE or (isinstance(part, str) and part in _SIGNS) for part in parts)
    return signs or _WORDS.search(words) is not None


def test_every_rule_has_a_row_about_what_is_not_known():
    silent = [
        rule.id
        for rule in RULES
        if rule.id not in {*TABLES, *SAID_OTHERWISE, *NOTHING_UNKNOWN, "settings.are-known"}
        and not any(is_unknown(row) for row in KNOWN.get(rule.id, ()))
    ]

    assert silent == []


def test_no_rule_is_excused_that_does_not_exist():
    ids = {rule.id for rule in RULES}

    assert {*TABLES, *SAID_OTHERWISE, *NOTHING_UNKNOWN} <= ids


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


@pytest.mark.parametrize(
    ("words", "changes"),
    [row[:2] for rows in TABLES.values() for row in rows if not row[2]],
    ids=[row[0] for rows in TABLES.values() for row in rows if not row[2]],
)
def test_what_one_rule_lets_pass_another_stops(words, changes):
    assert check(case(changes)).outcome in ("no", "not_yet"), words
