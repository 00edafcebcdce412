"""What a plan may ask of anonymous records, and what is refused."""

import pytest

from grondslag.errors import InputError
from grondslag.plan import Anonymity, Unprotected, WantedModel, WantedModelKind, plan_from
from grondslag.wording import LANGUAGES, explain
from made_contracts import as_read
from made_plans import plan_content

REASON = "Zo staat het er, in een hele zin."


def plan(anonymous, output="anonymous"):
    wanted = [
        {"name": name, "form": "exact", "reason": REASON} for name in ("leeftijd", "schuld", "wijk")
    ]
    need = {"dataset": "meldingen", "columns": wanted, "output": output, "anonymous": anonymous}
    return plan_from(as_read(plan_content(data=[need]), file="plan.yaml"))


def test_a_section_without_words_asks_the_safe_defaults():
    asked = plan({}).data[0].anonymous

    assert asked == Anonymity(k=None, suppression=0, weights={}, models=(), unprotected=())


def test_every_wish_is_read_as_written():
    asked = plan(
        {
            "k": 12,
            "suppression": 0.02,
            "weights": {"leeftijd": 3},
            "models": [
                {"recursive": {"column": "schuld", "c": 3, "l": 2}},
                {"closeness": {"column": "schuld", "t": 0.2, "distance": "ordered"}},
                {"kmap": {"k": 20, "population": "inwoners"}},
                {"presence": {"high": 0.5, "population": "inwoners"}},
                {"uniqueness": {"share": 0.01, "people": 350000, "source": REASON}},
            ],
            "measure": "entropy",
            "unprotected": [{"column": "wijk", "reason": REASON}],
        }
    ).data[0].anonymous  # fmt: skip

    assert (asked.k, asked.suppression, asked.weights) == (12, 0.02, {"leeftijd": 3.0})
    assert asked.models == (
        WantedModel(WantedModelKind.RECURSIVE, "schuld", l=2, c=3),
        WantedModel(WantedModelKind.CLOSENESS, "schuld", t=0.2, distance="ordered"),
        WantedModel(WantedModelKind.KMAP, k=20, population="inwoners"),
        WantedModel(WantedModelKind.PRESENCE, high=0.5, population="inwoners"),
        WantedModel(WantedModelKind.UNIQUENESS, share=0.01, people=350000, source=REASON),
    )
    assert (asked.measure, asked.populations) == ("entropy", ("inwoners",))
    assert asked.unprotected == (Unprotected("wijk", REASON),)


REFUSED = [
    ({"nonsense": 1}, "canonical.schema-unknown-key"),
    ({"k": 1}, "canonical.schema-too-small"),
    ({"suppression": 1.5}, "canonical.schema-too-big"),
    ({"weights": {"leeftijd": 0}}, "canonical.schema-too-small"),
    ({"models": [{"distinct": {"column": "schuld"}}]}, "canonical.schema-missing-key"),
    ({"models": [{"distinct": {"column": "schuld", "l": 1}}]}, "canonical.schema-too-small"),
    ({"unprotected": [{"column": "schuld"}]}, "canonical.schema-missing-key"),
    ({"models": [{"kmap": {"k": 20}}]}, "canonical.schema-missing-key"),
    ({"models": [{"uniqueness": {"share": 0.1, "people": 900}}]}, "canonical.schema-missing-key"),
    (
        {
            "models": [
                {"kmap": {"k": 20, "population": "inwoners"}},
                {"presence": {"high": 1, "population": "bedrijven"}},
            ]
        },
        "plan.anonymous-two-populations",
    ),
    ({"weights": {"lengte": 2}}, "plan.anonymous-unknown-column"),
    ({"models": [{"distinct": {"column": "lengte", "l": 2}}]}, "plan.anonymous-unknown-column"),
]


@pytest.mark.parametrize(("anonymous", "code"), REFUSED)
def test_what_nobody_knows_is_refused(anonymous, code):
    with pytest.raises(InputError) as caught:
        plan(anonymous)

    assert caught.value.code == code
    assert all("{" not in explain(caught.value, language=language) for language in LANGUAGES)


def test_wishes_for_anonymous_records_belong_to_no_other_output():
    with pytest.raises(InputError) as caught:
        plan({}, output="pseudonymous")

    assert caught.value.code == "plan.anonymous-elsewhere"
    assert "line" in caught.value.fields
