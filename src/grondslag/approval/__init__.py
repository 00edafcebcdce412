"""Approval: who may sign what, signatures, the seal, revocation, and the right to open data.

    statements           signed statements; the one spelling of a file
    settings             what a municipality decides itself, with a start date
    installation         the home outside every project; the pinned root key
    authorities          who may sign what, as values
    authorities_reading  the list signed by the root key
    revocations          what was revoked
    registers            both lists as they stand now, never older than seen
    bundle               the bytes that everybody signs
    independence         who may not be one person
    signatures           one signature per role and dataset
    signing              signing, and sealing on consents
    advice               the data protection officer's advice, and the answer
    consent              the owner's standing consent, for the fast lane
    scope                which columns an approval opens
    seal                 a seal verified by anyone, offline
    mandate              the right to open data
    checking             the owner's check mandate
    verification         a sealed approval: every check, each time

May import policy and everything below it; imports plan, contracts, audit, keys and what lies below.
A signature stands on its day and today; no machine approves; no private key is kept here.
"""

from grondslag.approval.advice import (
    Advice,
    AdviceOutcome,
    Opinion,
    Reply,
    answer_advice,
    give_advice,
    standing_advice,
)
from grondslag.approval.authorities import ROLE_WORDS, Authorities, Capacity, Conflict, Entry
from grondslag.approval.authorities_reading import read_authorities, sign_authorities
from grondslag.approval.bundle import FAST, Bundle, Judgement, make_bundle, needed_contracts
from grondslag.approval.checking import check_mandate, grant_check
from grondslag.approval.consent import Consent, check_impersonal, sign_consent
from grondslag.approval.installation import (
    Installation,
    create_installation,
    open_installation,
)
from grondslag.approval.mandate import CheckMandate, Mandate, SealedApproval
from grondslag.approval.registers import (
    Revocation,
    accept_authorities,
    current_authorities,
    current_revocations,
    issue_revocations,
    revoke,
)
from grondslag.approval.revocations import Revocable, Revocations, Revoked, read_revocations
from grondslag.approval.scope import allowed_columns
from grondslag.approval.seal import APPROVAL, SealReport, verify_seal
from grondslag.approval.settings import PrivacyBudget, PrivacyOfficer, Settings
from grondslag.approval.signatures import Seat, Signature, required_seats, signatures_so_far
from grondslag.approval.signing import bundle_for, seal_fast_lane, sign_bundle
from grondslag.approval.statements import Signer
from grondslag.approval.verification import verified_approval

__all__ = [
    "APPROVAL",
    "FAST",
    "ROLE_WORDS",
    "Advice",
    "AdviceOutcome",
    "Authorities",
    "Bundle",
    "Capacity",
    "CheckMandate",
    "Conflict",
    "Consent",
    "Entry",
    "Installation",
    "Judgement",
    "Mandate",
    "Opinion",
    "PrivacyBudget",
    "PrivacyOfficer",
    "Reply",
    "Revocable",
    "Revocation",
    "Revocations",
    "Revoked",
    "SealReport",
    "SealedApproval",
    "Seat",
    "Settings",
    "Signature",
    "Signer",
    "accept_authorities",
    "allowed_columns",
    "answer_advice",
    "bundle_for",
    "check_impersonal",
    "check_mandate",
    "create_installation",
    "current_authorities",
    "current_revocations",
    "give_advice",
    "grant_check",
    "issue_revocations",
    "make_bundle",
    "needed_contracts",
    "open_installation",
    "read_authorities",
    "read_revocations",
    "required_seats",
    "revoke",
    "seal_fast_lane",
    "sign_authorities",
    "sign_bundle",
    "sign_consent",
    "signatures_so_far",
    "standing_advice",
    "verified_approval",
    "verify_seal",
]
