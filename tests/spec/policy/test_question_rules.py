"""The four questions, purpose, ground and controller: what each rule says of which plan."""

import pytest

from made_cases import GONE, PLAN, WAYS, asks
from rule_tables import found, names_of, rows_of

NOBODY = {"plan.data": [asks("wegen", "straat")]}
"""A plan that asks nothing about people."""

COMING = {
    "law": "WVW 1994",
    "article": "18",
    "day": "2028-01-01",
    "from": "2027-02-01",
    "source": "Een verzonnen wijziging.",
}
SOME_DAY = {key: value for key, value in COMING.items() if key != "day"}
WHOLE_LAW = {key: value for key, value in COMING.items() if key != "article"}
OWNERS = {"law": "Wegenwet", "article": "16"}

TABLES = {
    "question.decision-is-real": [
        ("a decision is named", {}, []),
        (
            "wanting more insight",
            {"plan.question.decision.what": "We willen meer inzicht in de verkeersveiligheid."},
            ["no-decision"],
        ),
        (
            "insight with a decision on it",
            {"plan.question.decision.what": "Met meer inzicht besluiten we waar drempels komen."},
            [],
        ),
        (
            "not known yet",
            {"plan.question.decision.what": "Nog te bepalen door de stuurgroep."},
            ["no-decision"],
        ),
        (
            "mapping something out",
            {"plan.question.decision.what": "In kaart brengen waar het druk is."},
            ["no-decision"],
        ),
    ],
    "question.answers-can-differ": [
        ("yes and no differ", {}, []),
        (
            "yes and no are the same, but for a full stop",
            {
                "plan.question.decision.if_yes": "Dan kijken we verder",
                "plan.question.decision.if_no": "dan kijken we verder.",
            },
            ["same"],
        ),
    ],
    "question.we-do-this": [
        ("go", {}, []),
        ("no", {"plan.question.proceed.answer": "no"}, ["no"]),
        ("not yet", {"plan.question.proceed.answer": "not_yet"}, ["not-yet"]),
        (
            "go, if, with a condition",
            {
                "plan.question.proceed.answer": "go_if",
                "plan.question.proceed.conditions": ["De wijkraad is het ermee eens."],
            },
            ["condition"],
        ),
        (
            "go, if, without a condition",
            {"plan.question.proceed.answer": "go_if"},
            ["no-conditions"],
        ),
    ],
    "question.plan-is-dated": [
        ("dated today", {}, []),
        ("dated earlier", {"plan.date": "2026-12-01"}, []),
        ("dated tomorrow", {"plan.date": "2027-03-02"}, ["future"]),
    ],
    "alternatives.all-weighed": [
        ("all eight were weighed", {}, []),
        ("one was not weighed", {"plan.alternatives.7": GONE}, ["missing"]),
        ("one is unclear", {"plan.alternatives.0.verdict": "unclear"}, ["missing"]),
        ("one has no reason", {"plan.alternatives.0.reason": "Dat weet ik niet."}, ["missing"]),
        ("none, but no personal data either", {**NOBODY, "plan.alternatives": []}, []),
        (
            "none, and nobody knows whether the column is personal",
            {"plan.data": [asks("meldingen", "duister")], "plan.alternatives": []},
            ["missing"],
        ),
    ],
    "alternatives.one-that-works-goes-first": [
        ("none works", {}, []),
        ("counting works", {"plan.alternatives.1.verdict": "works"}, ["works"]),
        (
            "counting works, and no personal data is asked",
            {**NOBODY, "plan.alternatives.1.verdict": "works"},
            [],
        ),
    ],
    "purpose.owner-keeps-it-for-this": [
        ("the owner names the purpose", {}, []),
        (
            "the owner names another purpose",
            {"meldingen.privacy.purposes": ["afvalbeleid"]},
            ["other-purpose"],
        ),
        (
            "another purpose, found compatible on five factors",
            {
                "meldingen.privacy.purposes": ["afvalbeleid"],
                "meldingen.privacy.compatible_purposes": [
                    {
                        "purpose": "verkeersveiligheid",
                        "link": "Beide gaan over klachten op straat.",
                        "context": "Bewoners meldden het bij de gemeente.",
                        "nature": "Geen bijzondere gegevens.",
                        "consequences": "Niemand merkt er iets van.",
                        "safeguards": "Alleen aantallen per wijk.",
                    }
                ],
            },
            ["compatible"],
        ),
        (
            "another purpose, one factor not weighed",
            {
                "meldingen.privacy.purposes": ["afvalbeleid"],
                "meldingen.privacy.compatible_purposes": [
                    {
                        "purpose": "verkeersveiligheid",
                        "link": "Beide gaan over klachten op straat.",
                        "context": "Bewoners meldden het bij de gemeente.",
                        "nature": "Geen bijzondere gegevens.",
                        "consequences": "Nog te bepalen met de jurist.",
                        "safeguards": "Alleen aantallen per wijk.",
                    }
                ],
            },
            ["other-purpose"],
        ),
        (
            "open data about roads serves any purpose",
            {"plan.data": [asks("wegen", "straat")], "wegen.privacy.purposes": ["wegbeheer"]},
            [],
        ),
    ],
    "ground.fits-a-public-body": [
        ("a public task", {}, []),
        ("a legal duty", {"plan.legal_basis.gdpr": "6.1.c"}, []),
        ("legitimate interests", {"plan.legal_basis.gdpr": "6.1.f"}, ["interests"]),
        ("a contract", {"plan.legal_basis.gdpr": "6.1.b"}, ["other"]),
        ("vital interests", {"plan.legal_basis.gdpr": "6.1.d"}, ["other"]),
        ("consent nobody gave", {"plan.legal_basis.gdpr": "6.1.a"}, ["other"]),
        (
            "consent given for this purpose when it was collected",
            {"plan.legal_basis.gdpr": "6.1.a", "meldingen.privacy.legal_basis.gdpr": "6.1.a"},
            ["consent"],
        ),
        ("legitimate interests, nobody involved", {**NOBODY, "plan.legal_basis.gdpr": "6.1.f"}, []),
    ],
    "ground.law-was-read": [
        ("an article that gives the task", {}, []),
        ("the law by its full name", {"plan.legal_basis.law": "Wegenverkeerswet 1994"}, []),
        ("a law we do not know", {"plan.legal_basis.law": "Wet van Murphy"}, ["unknown-law"]),
        ("an article nobody read", {"plan.legal_basis.article": "186"}, ["unread-article"]),
        ("no article", {"plan.legal_basis.article": "diverse"}, ["no-article"]),
        ("an article that gives no task", {"plan.legal_basis.article": "2"}, ["no-task"]),
        ("a law nobody read", {"plan.legal_basis.law": "Awb"}, ["unread-article"]),
        ("a law we do not know, nobody involved", {**NOBODY, "plan.legal_basis.law": "X-wet"}, []),
    ],
    "ground.change-of-law-is-seen": [
        ("no change is known", {}, []),
        ("a change within the life of the plan", {"ahead": [COMING]}, ["ahead"]),
        ("a change of the whole law", {"ahead": [WHOLE_LAW]}, ["ahead"]),
        ("a change after the plan ends", {"ahead": [COMING | {"day": "2028-03-02"}]}, []),
        ("a change of another article", {"ahead": [COMING | {"article": "2"}]}, []),
        ("a change nobody knew of on the day", {"ahead": [COMING | {"from": "2027-03-02"}]}, []),
        ("a change that our text has", {"ahead": [COMING | {"day": "2016-01-01"}]}, []),
        ("a change since our text", {"ahead": [COMING | {"day": "2027-03-01"}]}, ["begun"]),
        ("a day that is not known", {"ahead": [SOME_DAY]}, ["some-day"]),
        ("a law we do not know", {"plan.legal_basis.law": "X-wet", "ahead": [COMING]}, []),
        ("under the owner's data", {"ahead": [COMING | OWNERS]}, ["ahead"]),
        ("nobody involved", {**NOBODY, "ahead": [COMING]}, []),
    ],
    "ground.owner-has-one": [
        ("the owner's article was read", {}, []),
        (
            "the owner names a law we do not know",
            {"meldingen.privacy.legal_basis.law": "Reglement meldingen"},
            ["unread"],
        ),
        (
            "the owner rests on legitimate interests",
            {"meldingen.privacy.legal_basis.gdpr": "6.1.f"},
            ["unread"],
        ),
    ],
    "ground.task-is-named": [
        ("the task is named", {}, []),
        ("only the law again", {"plan.legal_basis.task": "Artikel 18 WVW 1994"}, ["none"]),
        ("a filler", {"plan.legal_basis.task": "Dit is nog te bepalen."}, ["none"]),
    ],
    "controller.bears-the-task": [
        ("the executive board, for a traffic decision", {}, []),
        ("the mayor, for a traffic decision", {"plan.controller.body": "burgemeester"},
         ["other-body"]),
        (
            "the mayor, for public order",
            {
                "plan.controller.body": "burgemeester",
                "plan.legal_basis.law": "Gemeentewet",
                "plan.legal_basis.article": "172",
            },
            [],
        ),
        (
            "the executive board, for public order",
            {"plan.legal_basis.law": "Gemeentewet", "plan.legal_basis.article": "172 lid 1"},
            ["other-body"],
        ),
    ],
    "controller.decider-may-decide": [
        ("the controller decides", {}, []),
        (
            "another body decides",
            {"plan.question.decision.decider": {"body": "raad"}},
            ["no-mandate"],
        ),
        (
            "another body decides, under a mandate",
            {"plan.question.decision.decider": {"body": "raad", "mandate": "Besluit 2026-14"}},
            [],
        ),
        (
            "another body decides, the mandate not known",
            {"plan.question.decision.decider": {"body": "raad", "mandate": "nog invullen"}},
            ["no-mandate"],
        ),
    ],
    "access.is-limited": [
        ("a team is named", {}, []),
        ("everyone", {"plan.access.0.who": "Iedereen bij de gemeente"}, ["everyone"]),
        ("all staff", {"plan.access.0.who": "alle medewerkers"}, ["everyone"]),
        ("no reason", {"plan.access.0.why": "Dat is wel zo handig."}, ["everyone"]),
        ("everyone, to roads", {**NOBODY, "plan.access.0.who": "Iedereen"}, []),
    ],
    "review.stop-is-agreed": [
        ("a limit is named", {}, []),
        ("not known yet", {"plan.stop_criterion": "Nader te bepalen."}, ["none"]),
    ],
    "review.comes-after-the-decision": [
        ("looking back after the decision", {}, []),
        ("looking back before it", {"plan.review_date": "2027-05-01"}, ["before"]),
        ("looking back on the day itself", {"plan.review_date": "2027-06-01"}, ["before"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_the_lawful_plan_weighs_every_way():
    assert [item["way"] for item in PLAN["alternatives"]] == list(WAYS)
