"""Who plays which part."""

from enum import StrEnum


class AdministrativeBody(StrEnum):
    """The body that bears the task and so is controller; "the municipality" is not one.

    Source:
        GDPR art. 4(7); Gemeentewet arts. 6 and 7 (council, executive board, mayor).
    """

    COUNCIL = "raad"
    EXECUTIVE_BOARD = "college"
    MAYOR = "burgemeester"


class PartyRole(StrEnum):
    """What another organisation does with the data.

    Source:
        GDPR arts. 4(7)-(10), 26, 28.
    """

    PROCESSOR = "processor"
    JOINT_CONTROLLER = "joint_controller"
    PARTNER = "partner"
    RECIPIENT = "recipient"


class SigningRole(StrEnum):
    """In which role someone may sign; the data protection officer advises and never signs."""

    OWNER = "owner"
    PRIVACY_OFFICER = "privacy_officer"
    DECIDER = "decider"
    RELEASER = "releaser"
    REVOKER = "revoker"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
