"""The words of the GDPR and of our road, as types.

    people    who plays which part: bodies, roles of people, roles of parties
    data      kinds of personal data, identifier roles, domains, secrecy regimes
    forms     how coarse a column is delivered
    road      the ladder of outputs, verdicts, alternatives, rhythm
    answers   further use, informing, transfers, kinds of special data, signs of a high risk

Values are the English keys that stand in files; `wording` holds the Dutch. May import errors.
"""

from grondslag.vocabulary.answers import (
    AlgorithmUse,
    AssessmentCriterion,
    AssessmentListItem,
    CollectedFrom,
    CouncilAnswer,
    FurtherUseRoute,
    InformingWay,
    SpecialKind,
    TransferSafeguard,
)
from grondslag.vocabulary.data import (
    Domain,
    IdentifierRole,
    ObservationWay,
    PersonalDataCategory,
    Secrecy,
)
from grondslag.vocabulary.forms import DROP, EXACT, PSEUDONYM, Form
from grondslag.vocabulary.people import AdministrativeBody, PartyRole, SigningRole
from grondslag.vocabulary.road import (
    AlternativeVerdict,
    AlternativeWay,
    GdprBasis,
    OutputStep,
    Proceed,
    RhythmKind,
    Trilean,
)

__all__ = [
    "DROP",
    "EXACT",
    "PSEUDONYM",
    "AdministrativeBody",
    "AlgorithmUse",
    "AlternativeVerdict",
    "AlternativeWay",
    "AssessmentCriterion",
    "AssessmentListItem",
    "CollectedFrom",
    "CouncilAnswer",
    "Domain",
    "Form",
    "FurtherUseRoute",
    "GdprBasis",
    "IdentifierRole",
    "InformingWay",
    "ObservationWay",
    "OutputStep",
    "PartyRole",
    "PersonalDataCategory",
    "Proceed",
    "RhythmKind",
    "Secrecy",
    "SigningRole",
    "SpecialKind",
    "TransferSafeguard",
    "Trilean",
]
