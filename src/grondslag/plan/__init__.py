"""The project plan: one document from which everything a project may do follows.

    model    a plan as values
    answers  what a plan answers only when the law asks: further use, informing, consent
    sector_answers  the same about employees and algorithms
    fairness  what a fair comparison of areas needs
    traffic  measured speeds, and what could be done
    first    the plan a project starts with
    reading  plan.yaml to a Plan, every fault with its line
    schemas  the published JSON Schema

May import contracts, vocabulary, law, canonical, wording, errors. Judges nothing: `policy` does.
"""

from grondslag.plan.anonymity import Anonymity, Unprotected, WantedModel, WantedModelKind
from grondslag.plan.answers import (
    FACTORS,
    Automation,
    Consent,
    FurtherUse,
    Informing,
    SetAside,
)
from grondslag.plan.fairness import Fairness, Survey, Whole
from grondslag.plan.model import (
    Access,
    Alternative,
    Analysis,
    AreaScope,
    Assessment,
    DataNeed,
    DecisionAhead,
    Exposure,
    GuideNote,
    Link,
    Party,
    Period,
    Plan,
    Question,
    SpecialGround,
    WantedColumn,
)
from grondslag.plan.reading import plan_from, plan_schema, read_plan
from grondslag.plan.sector_answers import Algorithm, WorksCouncil
from grondslag.plan.traffic import (
    ChosenFor,
    MeasureKind,
    MonthlyCounts,
    PossibleMeasure,
    SpeedMeasurements,
    TakenMeasure,
)

__all__ = [
    "FACTORS",
    "Access",
    "Algorithm",
    "Alternative",
    "Analysis",
    "Anonymity",
    "AreaScope",
    "Assessment",
    "Automation",
    "ChosenFor",
    "Consent",
    "DataNeed",
    "DecisionAhead",
    "Exposure",
    "Fairness",
    "FurtherUse",
    "GuideNote",
    "Informing",
    "Link",
    "MeasureKind",
    "MonthlyCounts",
    "Party",
    "Period",
    "Plan",
    "PossibleMeasure",
    "Question",
    "SetAside",
    "SpecialGround",
    "SpeedMeasurements",
    "Survey",
    "TakenMeasure",
    "Unprotected",
    "WantedColumn",
    "WantedModel",
    "WantedModelKind",
    "Whole",
    "WorksCouncil",
    "plan_from",
    "plan_schema",
    "read_plan",
]
