"""A plan is read whole, or refused with the line that is at fault."""

import copy
from datetime import date

import pytest

from grondslag.errors import InputError
from grondslag.plan import (
    AreaScope,
    Exposure,
    GuideNote,
    Link,
    Party,
    Period,
    plan_from,
    plan_schema,
    read_plan,
)
from grondslag.vocabulary import (
    AdministrativeBody,
    AlternativeVerdict,
    AlternativeWay,
    Form,
    GdprBasis,
    OutputStep,
    PartyRole,
    PersonalDataCategory,
    Proceed,
    RhythmKind,
    Trilean,
)
from grondslag.wording import LANGUAGES, explain
from made_contracts import line_of
from made_plans import made_plan, plan_content, write_plan

BASIS = plan_content()["legal_basis"]
LINK = {
    "left": "meldingen",
    "right": "inwoners",
    "reason": "Om per inwoner te tellen.",
    "ground": BASIS,
    "until": "2027-12-31",
}


def changed(at, value):
    """A right plan in which one place got another value; None takes the place away."""
    content = copy.deepcopy(plan_content())
    within = content
    for step in at[:-1]:
        within = within[step]
    if value is None:
        del within[at[-1]]
    else:
        within[at[-1]] = value
    return content


COLUMNS = ("data", 0, "columns")
ROWS = ("data", 0, "rows")
FAULTS = [
    # where                            value                     code                       line of
    (("plan",), "grondslag/2", "canonical.schema-not-in-list", ("plan",)),
    (("plan",), None, "canonical.schema-missing-key", ()),
    (("doel",), "x", "canonical.schema-unknown-key", ("doel",)),
    (("id",), "Veilige straat", "canonical.schema-wrong-form", ("id",)),
    (("id",), "straat\n", "canonical.schema-wrong-form", ("id",)),
    (("title",), "Straat"[:4], "canonical.schema-too-short", ("title",)),
    (("date",), "1 maart 2027", "canonical.schema-wrong-form", ("date",)),
    (("date",), "2027-02-30", "canonical.schema-wrong-form", ("date",)),
    (("question", "know"), "Inzicht", "canonical.schema-too-short", ("question", "know")),
    (("question", "decision"), None, "canonical.schema-missing-key", ("question",)),
    (
        ("question", "decision", "decider", "body"),
        "de gemeente",
        "canonical.schema-not-in-list",
        ("question", "decision", "decider", "body"),
    ),
    (
        ("question", "proceed", "answer"),
        "maybe",
        "canonical.schema-not-in-list",
        ("question", "proceed", "answer"),
    ),
    (
        ("alternatives", 0, "way"),
        "gut_feeling",
        "canonical.schema-not-in-list",
        ("alternatives", 0, "way"),
    ),
    (("legal_basis",), None, "canonical.schema-missing-key", ()),
    (("legal_basis", "gdpr"), "6.1.g", "canonical.schema-not-in-list", ("legal_basis", "gdpr")),
    (("legal_basis", "article"), None, "canonical.schema-missing-key", ("legal_basis",)),
    (("controller", "body"), "gemeente", "canonical.schema-not-in-list", ("controller", "body")),
    (("data",), [], "canonical.schema-too-few", ("data",)),
    (("data", 1, "dataset"), "meldingen", "plan.dataset-twice", ("data", 1)),
    ((*COLUMNS, 1, "name"), "soort", "plan.column-twice", (*COLUMNS, 1)),
    ((*COLUMNS, 1, "name"), "buurt; --", "canonical.schema-wrong-form", (*COLUMNS, 1, "name")),
    ((*COLUMNS, 1, "form"), "blurred", "plan.unknown-form", (*COLUMNS, 1, "form")),
    ((*COLUMNS, 1, "reason"), "nodig", "canonical.schema-too-short", (*COLUMNS, 1, "reason")),
    ((*COLUMNS, 1, "reason"), None, "canonical.schema-missing-key", (*COLUMNS, 1)),
    ((*ROWS, "period", "until"), "2023-12-31", "plan.period-backwards", (*ROWS, "period")),
    ((*ROWS, "area", "codes"), [], "canonical.schema-too-few", (*ROWS, "area", "codes")),
    (
        (*ROWS, "area", "shape"),
        "zelf getekend",
        "canonical.schema-unknown-key",
        (*ROWS, "area", "shape"),
    ),
    (("data", 0, "count"), "households", "canonical.schema-not-in-list", ("data", 0, "count")),
    (("links",), [LINK | {"right": "inkomens"}], "plan.link-to-nothing", ("links", 0)),
    (("links",), [LINK | {"right": "meldingen"}], "plan.link-to-nothing", ("links", 0)),
    (
        ("links",),
        [{key: LINK[key] for key in LINK if key != "ground"}],
        "canonical.schema-missing-key",
        ("links", 0),
    ),
    (("output", "step"), "everything", "canonical.schema-not-in-list", ("output", "step")),
    (
        ("individual_decision",),
        "misschien",
        "canonical.schema-not-in-list",
        ("individual_decision",),
    ),
    (("access",), [], "canonical.schema-too-few", ("access",)),
    (("rhythm",), {"kind": "yearly"}, "plan.rhythm-without-end", ("rhythm",)),
    (("rhythm",), {"kind": "daily"}, "canonical.schema-not-in-list", ("rhythm", "kind")),
    (("end_date",), None, "canonical.schema-missing-key", ()),
    (("stop_criterion",), None, "canonical.schema-missing-key", ()),
    (
        ("guide",),
        [{"step": "question", "link": "http://x.example", "note": "Lees dit eerst."}],
        "canonical.schema-wrong-form",
        ("guide", 0, "link"),
    ),
]


@pytest.mark.parametrize(("at", "value", "code", "where"), FAULTS)
def test_a_fault_is_refused_with_its_line(tmp_path, at, value, code, where):
    path = write_plan(tmp_path, changed(at, value))

    with pytest.raises(InputError) as caught:
        read_plan(path)

    assert caught.value.code == code
    assert caught.value.fields["file"] == "plan.yaml"
    assert caught.value.fields["line"] == (line_of(path, *where) if where else 1)
    for language in LANGUAGES:
        assert "{" not in explain(caught.value, language=language)


def test_the_smallest_plan_is_read(tmp_path):
    plan = made_plan(tmp_path)

    assert (plan.id, plan.example, plan.dated) == ("veilige-straat", False, date(2027, 3, 1))
    assert plan.question.proceed is Proceed.GO
    assert plan.question.decision.body is AdministrativeBody.EXECUTIVE_BOARD
    assert plan.question.decision.needed_by == date(2027, 6, 1)
    assert plan.alternatives[0].way is AlternativeWay.EXISTING_FIGURES
    assert plan.alternatives[0].verdict is AlternativeVerdict.NO_ANSWER
    assert plan.legal_basis.gdpr is GdprBasis.PUBLIC_TASK
    assert plan.data[0].period == Period("dag", date(2024, 1, 1), date(2026, 12, 31))
    assert plan.data[0].area == AreaScope("buurt", ("W1",))
    assert plan.data[0].wants("buurt").form == Form("area", "wijk")
    assert plan.data[0].wants("nergens") is None
    assert (plan.data[1].period, plan.data[1].area, plan.data[1].count) == (None, None, "rows")
    assert plan.need("inwoners") is plan.data[1]
    assert plan.need("nergens") is None
    assert plan.output is OutputStep.AGGREGATE
    assert plan.output_reasons == {OutputStep.AGGREGATE: "Open cijfers zijn er niet."}
    assert plan.individual_decision is Trilean.NO
    assert (plan.rhythm, plan.rhythm_until) == (RhythmKind.ONCE, None)
    assert (plan.assessment, plan.analysis, plan.links, plan.parties) == (None, None, (), ())


def test_everything_that_may_be_added_is_read(tmp_path):
    plan = made_plan(
        tmp_path,
        example=True,
        applicant="adviseur verkeer",
        parties=[{"name": "Bureau Telgoed", "role": "processor", "agreement": "telgoed-2027"}],
        links=[LINK],
        special_grounds=[
            {
                "category": "national_id",
                "dataset": "meldingen",
                "exception": "46.1",
                "law": "UAVG",
                "article": "46",
            }
        ],
        rhythm={"kind": "monthly", "until": "2028-12-31"},
        assessment={
            "list_items": ["location"],
            "criteria": ["large_scale"],
            "high_risk_left": "unclear",
            "document": "dpia-straat",
        },
        analysis={
            "question": "area_comparison",
            "dataset": "meldingen",
            "area": "buurt",
            "focus": ["W1"],
            "comparison": "rest",
            "residents": {"dataset": "inwoners", "area": "wijk", "value": "aantal"},
        },
        guide=[
            {"step": "ground", "link": "https://gids.example/grond", "note": "Zie hoofdstuk twee."}
        ],
    )

    assert (plan.example, plan.applicant) == (True, "adviseur verkeer")
    assert plan.parties == (Party("Bureau Telgoed", PartyRole.PROCESSOR, "telgoed-2027"),)
    assert plan.links == (
        Link(
            "meldingen",
            "inwoners",
            "Om per inwoner te tellen.",
            plan.legal_basis,
            date(2027, 12, 31),
        ),
    )
    assert plan.special_grounds[0].category is PersonalDataCategory.NATIONAL_ID
    assert (plan.rhythm, plan.rhythm_until) == (RhythmKind.MONTHLY, date(2028, 12, 31))
    assert plan.assessment.high_risk_left is Trilean.UNCLEAR
    assert plan.analysis.residents == Exposure("inwoners", "wijk", "aantal")
    assert (plan.analysis.traffic, plan.analysis.severity) == (None, "")
    assert plan.guide == (GuideNote("ground", "https://gids.example/grond", "Zie hoofdstuk twee."),)


def test_the_hash_is_of_the_content_not_of_the_layout(tmp_path):
    path = write_plan(tmp_path)
    before = read_plan(path)

    path.write_text("# een opmerking\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = read_plan(path)

    assert after.sha256 == before.sha256
    assert after == before


def test_one_changed_letter_changes_the_hash(tmp_path):
    before = made_plan(tmp_path)

    after = made_plan(tmp_path, title=before.title.replace("Havenstraat", "Havenstraad"))

    assert after.sha256 != before.sha256


def test_a_plan_can_be_read_from_a_document(tmp_path):
    plan = made_plan(tmp_path)

    assert plan_from(plan.document) == plan


def test_the_schema_names_every_word_of_the_vocabulary():
    properties = plan_schema()["properties"]

    assert properties["output"]["properties"]["step"]["enum"] == list(OutputStep)
    assert properties["rhythm"]["properties"]["kind"]["enum"] == list(RhythmKind)
    way = properties["alternatives"]["items"]["properties"]
    assert way["way"]["enum"] == list(AlternativeWay)
    assert way["verdict"]["enum"] == list(AlternativeVerdict)
    assert properties["parties"]["items"]["properties"]["role"]["enum"] == list(PartyRole)
    assert sorted(properties["controller"]["properties"]["body"]["enum"]) == sorted(
        AdministrativeBody
    )
    assert set(properties["individual_decision"]["enum"]) == set(Trilean)
    proceed = properties["question"]["properties"]["proceed"]["properties"]
    assert proceed["answer"]["enum"] == list(Proceed)
