"""Standing facts as documents: agreements and impact assessments, each with its term.

    model    an agreement, an impact assessment, all of them together
    reading  a folder of YAML documents to those values, every fault with its line
    schemas  the published JSON Schema

May import contracts, vocabulary, law, canonical, errors. Judges nothing: `policy` does. The advice
of the data protection officer on a plan stands with the approval; here stands when an impact
assessment was put before that officer.
"""

from grondslag.accountability.model import (
    Accountability,
    Agreement,
    AgreementType,
    ImpactAssessment,
    Measure,
    PartyGround,
    ProcessingTerm,
    SubProcessor,
    Transfer,
)
from grondslag.accountability.reading import (
    accountability_schema,
    agreement_from,
    assessment_from,
    read_accountability,
)

__all__ = [
    "Accountability",
    "Agreement",
    "AgreementType",
    "ImpactAssessment",
    "Measure",
    "PartyGround",
    "ProcessingTerm",
    "SubProcessor",
    "Transfer",
    "accountability_schema",
    "agreement_from",
    "assessment_from",
    "read_accountability",
]
