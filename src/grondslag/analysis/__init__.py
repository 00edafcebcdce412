"""Questions put to a delivery, and what may be said about the answer.

    delivered        what a delivery must offer: tables, plan, contracts
    places           areas, their levels, and at which level a column stands
    counting         rows of a delivered table to counts per area
    exposure         residents and vehicle-kilometres per area
    comparing        an area against the rest of the city: exact, widened for real differences
    alike            an area against others that are as long and as busy
    speeding         measured speeds, against streets with the same limit
    speed_and_crashes  whether speeding and crashes go together over streets
    claims           the claim of residents in three
    measuring_on     how many weeks of speeds would tell
    traffic_statements  what may be said of each of the three
    standing_out     where it is most certainly worse, never by counts
    together         areas that lie together and have more together
    weighing         what could help: expected crashes, published effects, power
    sites            where a measure was taken, and the years beside it
    measure_effect   the question "did it work?"
    speed_change     whether people drive slower there
    measure_statements  what may be said of a measure
    protecting       the finest tables that may be shown together
    quality          identical rows, and severities too rare to show
    findings         what is odd about the data, as tables for the gate
    notes            what is odd and what is not known, as codes
    guards           what is tempting and wrong, and so refused or warned about
    guarding         the guards, put to what an analysis does
    causal_words     words that say why
    breaks           what changed within a period
    question         the question of the plan, made ready
    asking           which question a plan puts, and who answers it
    area_comparison  the question "does more go wrong here than elsewhere?"
    context          delivered tables that the question does not use, as figures beside it
    computed_by      by which method, and which version, each number was computed
    result           figures to be released, and facts that hold no count
    statements       sentences, computed from released figures only
    context_figures  a released table beside the question, read per area
    beside           what those tables say
    standard         what is to be expected in an area, given who lives there
    standing         how an area stands beside that: ratio, certainty, what stands out
    fair_question    the question of a fair comparison, made ready
    fair_years       its years: which of them are taken together
    stretches        what keeps years apart: owner, calendar, codes, a jump
    neighbourhoods   the question "is it worse here, for people who are alike?"
    surveys          what residents answered, by the area model
    survey_statements  sentences about that, beside the counts
    fair_statements  sentences about it, computed from released figures only
    fixed_lists      the values a column can have, from the contract and never from the data
    noisy_counts     persons per cell of such lists, let out with noise
    perturbed_counts  the same, off by a little, by the same in every table
    let_out          how both are signed, kept and read back
    records_out      an anonymous table that a second person lets out
    learning         what was learned over places, described for the checks on models
    choices          the certainty word and class of an area, from released numbers

May import release, plan, contracts, methods, vocabulary, canonical, wording, errors, pyarrow. A
small count stands in a `Figure` and nowhere else: facts, notes and statements hold none.
"""

from grondslag.analysis.area_comparison import area_comparison
from grondslag.analysis.asking import QUESTIONS, ask, told
from grondslag.analysis.beside import Paragraph, said_beside
from grondslag.analysis.choices import AreaClass, area_class, exposure_at
from grondslag.analysis.context_figures import ContextFigure
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.fair_statements import groups_said, seems, years_said
from grondslag.analysis.measure_statements import Reckoning, reckonings
from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.analysis.result import AnalysisResult, ContextTable, Facts, Note
from grondslag.analysis.standing_out import StandingOut, standing_out
from grondslag.analysis.statements import Statement, Statements, level, say, statements, times, unit
from grondslag.analysis.survey_statements import survey_said
from grondslag.analysis.together import Together, lying_together
from grondslag.analysis.traffic_statements import (
    Claim,
    claims,
    said_of_reason,
    said_of_speeds,
)
from grondslag.analysis.weighing import Option, Range, Weighed, weighed

__all__ = [
    "QUESTIONS",
    "AnalysisResult",
    "AreaClass",
    "Claim",
    "ContextFigure",
    "ContextTable",
    "DeliveredData",
    "Facts",
    "Note",
    "Option",
    "Paragraph",
    "Range",
    "Reckoning",
    "StandingOut",
    "Statement",
    "Statements",
    "Together",
    "Weighed",
    "area_class",
    "area_comparison",
    "ask",
    "claims",
    "exposure_at",
    "groups_said",
    "level",
    "lying_together",
    "neighbourhoods",
    "reckonings",
    "said_beside",
    "said_of_reason",
    "said_of_speeds",
    "say",
    "seems",
    "standing_out",
    "statements",
    "survey_said",
    "times",
    "told",
    "unit",
    "weighed",
    "years_said",
]
