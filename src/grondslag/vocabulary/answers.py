"""The words of answers that the GDPR asks for: further use, informing, consent, transfers, risk."""

from enum import StrEnum


class FurtherUseRoute(StrEnum):
    """On which footing data kept for one purpose may serve another.

    Source:
        GDPR art. 6(4) with points (a) to (e); art. 5(1)(b) with art. 89(1) for statistics and
        research; the opening words of art. 6(4) for a law or consent.
    """

    COMPATIBLE = "compatible"
    STATISTICS = "statistics"
    RESEARCH = "research"
    LAW = "law"
    CONSENT = "consent"


class InformingWay(StrEnum):
    """How people hear of the use of their data, or why they do not.

    Source:
        GDPR arts. 12(1), 13(3) and (4), 14(4) and 14(5)(a) to (d).
    """

    PERSONAL = "personal"
    PUBLIC = "public"
    KNOWN = "known"
    DISPROPORTIONATE = "disproportionate"
    PRESCRIBED = "prescribed"
    SECRET = "secret"  # noqa: S105 - a word of art. 14(5)(d), no password


class SpecialKind(StrEnum):
    """Which special category a column holds: most exceptions are written for one kind.

    Source:
        GDPR art. 9(1); UAVG art. 22(1).
    """

    BELIEF = "belief"
    BIOMETRIC = "biometric"
    ETHNICITY = "ethnicity"
    GENETIC = "genetic"
    HEALTH = "health"
    POLITICS = "politics"
    SEX_LIFE = "sex_life"
    UNION = "union"


class CollectedFrom(StrEnum):
    """From whom data came: the exceptions of GDPR art. 14(5) are not there for art. 13."""

    DATA_SUBJECTS = "data_subjects"
    OTHERS = "others"


class TransferSafeguard(StrEnum):
    """What protects data in a country without an adequacy decision.

    Source:
        GDPR arts. 46(2), 46(3) and 49(1).
    """

    PUBLIC_INSTRUMENT = "public_instrument"
    BINDING_CORPORATE_RULES = "binding_corporate_rules"
    STANDARD_CLAUSES = "standard_clauses"
    CODE_OF_CONDUCT = "code_of_conduct"
    CERTIFICATION = "certification"
    DEROGATION = "derogation"


class AssessmentListItem(StrEnum):
    """Kinds of processing for which an impact assessment is always made.

    Source:
        The Dutch supervisor's list of 17 under GDPR art. 35(4), as the national pre-scan names it;
        the number of the Staatscourant was not confirmed.
    """

    BIOMETRIC = "biometric"
    BLACKLIST = "blacklist"
    BEHAVIOUR_INFLUENCE = "behaviour_influence"
    CAMERA_SURVEILLANCE = "camera_surveillance"
    COMMUNICATION = "communication"
    COVERT_INVESTIGATION = "covert_investigation"
    CREDIT_SCORE = "credit_score"
    EMPLOYEE_MONITORING = "employee_monitoring"
    FINANCIAL_SITUATION = "financial_situation"
    FLEXIBLE_CAMERA_SURVEILLANCE = "flexible_camera_surveillance"
    FRAUD_DETECTION = "fraud_detection"
    GENETIC = "genetic"
    HEALTH = "health"
    INTERNET_OF_THINGS = "internet_of_things"
    LOCATION = "location"
    PARTNERSHIP = "partnership"
    PROFILING = "profiling"


class AssessmentCriterion(StrEnum):
    """Signs of a high risk; with two an impact assessment is made.

    Source:
        WP 248 rev.01, part III.B.a, the nine criteria.
    """

    AUTOMATED_DECISION = "automated_decision"
    BLOCKS_SERVICE = "blocks_service"
    COMBINED_DATASETS = "combined_datasets"
    LARGE_SCALE = "large_scale"
    NEW_TECHNOLOGY = "new_technology"
    SCORING = "scoring"
    SENSITIVE_DATA = "sensitive_data"
    SYSTEMATIC_MONITORING = "systematic_monitoring"
    VULNERABLE_PEOPLE = "vulnerable_people"


class CouncilAnswer(StrEnum):
    """What the works council said of a use of data about employees.

    ``ARRANGED``: a collective agreement or an arrangement it agreed with covers this already.

    Source:
        WOR arts. 27(1)(k), 27(1)(l) and 27(3).
    """

    CONSENTED = "consented"
    ARRANGED = "arranged"
    NOT_YET = "not_yet"
    UNCLEAR = "unclear"


class AlgorithmUse(StrEnum):
    """What an algorithm about people is used for.

    Source:
        AI Act art. 5(1) for what is forbidden; its Annex III, from secondary sources, for what is
        high-risk (the first four after ``NONE``).
    """

    NONE = "none"
    BENEFITS = "benefits"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    EMERGENCY = "emergency"
    MANIPULATION = "manipulation"
    SOCIAL_SCORE = "social_score"
    CRIME_PREDICTION = "crime_prediction"
    FACE_SCRAPING = "face_scraping"
    EMOTION_AT_WORK = "emotion_at_work"
    BIOMETRIC_SORTING = "biometric_sorting"
    LIVE_RECOGNITION = "live_recognition"
    UNCLEAR = "unclear"
