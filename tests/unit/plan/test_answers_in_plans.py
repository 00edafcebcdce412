"""Answers that only some plans give: read as written, absent where nobody said anything."""

from grondslag.plan import FACTORS, Automation, Consent, Informing, SetAside, plan_from, plan_schema
from grondslag.vocabulary import (
    AssessmentCriterion,
    AssessmentListItem,
    FurtherUseRoute,
    InformingWay,
    Trilean,
)
from made_contracts import as_read
from made_plans import plan_content

TEXT = "Zo staat het er, in een hele zin."


def plan(**changes):
    return plan_from(as_read(plan_content(**changes), file="plan.yaml"))


def test_a_plan_without_answers_has_none():
    silent = plan()

    assert (silent.further_uses, silent.informing, silent.consent) == ((), None, None)
    assert (silent.automation, silent.set_aside) == (None, None)
    assert silent.further_use("meldingen") is None


def test_further_use_holds_the_factors_that_are_written():
    weighed = {"dataset": "meldingen", "route": "compatible", "link": TEXT, "nature": TEXT}

    use = plan(further_use=[weighed]).further_use("meldingen")

    assert use.route is FurtherUseRoute.COMPATIBLE
    assert use.factors == {"link": TEXT, "nature": TEXT}
    assert set(use.factors) < set(FACTORS)
    assert (use.law, use.article) == ("", "")


def test_every_answer_is_read():
    answered = plan(
        informing={"way": "public", "where": TEXT},
        consent={"without_disadvantage": "yes", "separate": "no", "proof": TEXT},
        automation={"solely": "no", "profiling": "unclear"},
        rights_set_aside={"articles": ["15"], "law": "UAVG", "article": "41", "reason": TEXT},
    )

    assert answered.informing == Informing(InformingWay.PUBLIC, TEXT, "", "", "")
    assert answered.consent == Consent(Trilean.YES, Trilean.NO, TEXT, "", Trilean.UNCLEAR)
    assert answered.automation == Automation(Trilean.NO, Trilean.UNCLEAR, "")
    assert answered.set_aside == SetAside(("15",), "UAVG", "41", TEXT)


def test_the_schema_names_every_word_of_the_answers():
    properties = plan_schema()["properties"]
    use = properties["further_use"]["items"]["properties"]
    questions = properties["assessment"]["properties"]

    assert use["route"]["enum"] == list(FurtherUseRoute)
    assert set(FACTORS) < set(use)
    assert properties["informing"]["properties"]["way"]["enum"] == list(InformingWay)
    assert sorted(questions["list_items"]["items"]["enum"]) == sorted(AssessmentListItem)
    assert sorted(questions["criteria"]["items"]["enum"]) == sorted(AssessmentCriterion)
    assert len(AssessmentListItem) == 17
    assert len(AssessmentCriterion) == 9
