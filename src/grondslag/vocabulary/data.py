"""What data is, in the words of the GDPR."""

from enum import StrEnum


class PersonalDataCategory(StrEnum):
    """The kind of personal data in a column.

    Source:
        GDPR arts. 4(1), 9(1), 10 and 87; UAVG art. 46. ``SENSITIVE`` is no term of law: data that
        weighs heavily without being special, such as income or debts.
    """

    NONE = "none"
    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    SPECIAL = "special"
    CRIMINAL = "criminal"
    NATIONAL_ID = "national_id"


class IdentifierRole(StrEnum):
    """What a column does to someone who wants to find a person."""

    DIRECT = "direct"
    QUASI = "quasi"
    SENSITIVE = "sensitive"
    NONE = "none"


class Domain(StrEnum):
    """The field of tasks for which a dataset is kept: crossing one is a decision of its own."""

    BRP = "brp"
    CARE = "care"
    EDUCATION = "education"
    EMPLOYEES = "employees"
    ENVIRONMENT = "environment"
    GEOGRAPHY = "geography"
    HOUSING = "housing"
    INCOME = "income"
    PUBLIC_ORDER = "public_order"
    PUBLIC_SPACE = "public_space"
    TAXES = "taxes"
    TRAFFIC = "traffic"
    WORK = "work"
    YOUTH = "youth"


class Secrecy(StrEnum):
    """A secrecy regime that comes along with the data, whoever holds it.

    Source:
        Medical confidentiality: Civil Code book 7 art. 457; police data: Wpg; tax: AWR art. 67.
    """

    NONE = "none"
    MEDICAL = "medical"
    POLICE = "police"
    TAX = "tax"


class ObservationWay(StrEnum):
    """With what people, or their things, were seen.

    ``DEVICE`` recognises a telephone or another device (wifi, bluetooth); ``GATE`` counts who
    passes and keeps no sign of anyone; ``ONLINE`` is somebody, or a program, reading along.
    """

    CAMERA = "camera"
    DEVICE = "device"
    GATE = "gate"
    NUMBER_PLATE = "number_plate"
    ONLINE = "online"
