"""No plan passes that joins two fields whose edge is closed, whatever else it says."""

from hypothesis import given
from hypothesis import strategies as st

from grondslag.policy import check, link_matrix
from grondslag.vocabulary import Domain
from made_cases import ASSESSED, agreement, asks, case, impact, link, party

GROUNDS = (
    ("Wegenwet", "16"), ("WVW 1994", "18 lid 1 onder d"), ("Wmo 2015", "5.1.1 lid 4"),
    ("Schuldhulpwet", "8d"), ("Schuldhulpwet", "8b"), ("SUWI", "62"), ("SUWI", "64"),
    ("WGS", "2.17"), ("WGS", "2.25"), ("Leerplichtwet", "19"), ("Koppelwet", "1"),
)  # fmt: skip
COVERS = {"datasets": ["meldingen", "inwoners"], "purposes": ["verkeersveiligheid"]}


def joining(one, other, ground, partnership):
    """The most willing plan: owners allow it, an assessment is made, an arrangement stands."""
    law, article = ground
    own = {"gdpr": "6.1.e", "law": law, "article": article, "task": "Mensen op tijd helpen."}
    more = {"partnership": partnership} if partnership else {}
    return case(
        {
            "plan.data": [asks("meldingen", ("buurt", "area:wijk")), asks("inwoners", "buurt")],
            "plan.links": [link(ground=own)],
            "plan.parties": [party("joint_controller")],
            "plan.assessment": ASSESSED,
            "meldingen.privacy.domain": one,
            "meldingen.privacy.linking.domains": [other],
            "inwoners.privacy.domain": other,
            "inwoners.privacy.linking.domains": [one],
            "documents": [impact(), agreement("joint", covers=COVERS, **more)],
        }
    )


def may_open(one, other, law, article):
    """Whether the printed matrix has a door here for this ground; read apart from the rule."""
    if "brp" in (one, other) and {one, other} - {"brp"} <= set(link_matrix().residents):
        return True
    named = f"{law} art. {article}"
    return any(
        edge.domains == {one, other} and named.startswith(str(edge.provision))
        for edge in link_matrix().edges
    )


@given(
    one=st.sampled_from(sorted(Domain)),
    other=st.sampled_from(sorted(Domain)),
    ground=st.sampled_from(GROUNDS),
    partnership=st.sampled_from(["", "riec", "zvh", "fec", "icov"]),
)
def test_a_closed_edge_is_never_passed(one, other, ground, partnership):
    verdict = check(joining(str(one), str(other), ground, partnership))

    if one is not other and not may_open(str(one), str(other), *ground):
        assert verdict.outcome == "no"
        assert "linking.edge-is-open" in {item.rule for item in verdict.findings}


def test_an_open_edge_is_passed_by_this_rule():
    verdict = check(joining("care", "income", ("Schuldhulpwet", "8d"), ""))

    assert "linking.edge-is-open" not in {item.rule for item in verdict.findings}
