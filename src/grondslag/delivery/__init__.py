"""From sealed approval to encrypted tables with proof, and all that happens to them afterwards.

    model         the query plan: what an approval allows, as values
    planning      plan and contracts to that query plan
    compile       the query plan to statements; the one file that knows the expression compiler
    running       statements over loaded relations: persons hashed once, protections counted
    sealing       tables on disk, encrypted under the delivery's own key
    manifest      what was delivered, and what each protection left out, by which article
    told          what a manifest says was left out, for whoever tells it
    heading       the manifest as a whole, around its tables
    person_log    one record per person in the processing log
    fast_lane     a column in the fast lane that holds personal data after all
    differences   what two deliveries together show about one person
    judging       a project as it stands today, against rules and seal
    history       what the audit chain knows of a project's deliveries
    proof         the installation's signature beside a manifest
    answering_twice the question of the plan, to rows before and after they were made anonymous
    making        the work of one delivery, step by step
    delivering    one delivery: whole or absent
    opening       a delivery opened: seal, revocation and end date each time
    closing       keys destroyed, by hand or at the end date
    lasting       keys that outlive a delivery
    record_keys   a number per person, for counts that are off by the same everywhere
    safe_numbers  numbers of anonymous records averaged, moved by chance or rounded
    small_counts  sealed counts, opened by the data protection officer
    populations   everybody the rows could be of, counted in the same forms
    asked_of_tables what is asked of a delivered table: models, levels, a population
    laid_beside   an anonymous table of a delivered one, beside what left before
    leaving       the same held against every limit once more, before it leaves
    verification  a delivery verified afterwards, offline
    persons       who a row is about, as one text for one person
    lookup        a resident asks in which deliveries they were

May import sources, approval, policy and everything below. Opens data through `sources` only.
"""

from grondslag.delivery.anonymous_records import Seeking
from grondslag.delivery.closing import Closed, close_delivery, close_project, close_when_ended
from grondslag.delivery.delivering import abandon_unfinished, deliver
from grondslag.delivery.judging import JudgedProject, ReadProject, judge_project, read_project
from grondslag.delivery.lookup import look_up
from grondslag.delivery.making import Delivery, Progress
from grondslag.delivery.opening import OpenedDelivery, latest_delivery, open_delivery, read_manifest
from grondslag.delivery.record_keys import record_keys_of
from grondslag.delivery.small_counts import SmallCount, open_small_counts
from grondslag.delivery.verification import VerifiedDelivery, verify_delivery

__all__ = [
    "Closed",
    "Delivery",
    "JudgedProject",
    "OpenedDelivery",
    "Progress",
    "ReadProject",
    "Seeking",
    "SmallCount",
    "VerifiedDelivery",
    "abandon_unfinished",
    "close_delivery",
    "close_project",
    "close_when_ended",
    "deliver",
    "judge_project",
    "latest_delivery",
    "look_up",
    "open_delivery",
    "open_small_counts",
    "read_manifest",
    "read_project",
    "record_keys_of",
    "verify_delivery",
]
