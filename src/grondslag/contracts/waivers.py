"""Whether a dataset can have waivers: only organisations can agree to be recognisable.

A natural person cannot give up by one signature what the minimum group protects: consent can be
withdrawn (GDPR art. 7(3)), and a table that is out cannot. An organisation has no such right, only
its own trade secrets, which it may tell. A sole trader is a natural person here.
"""

from grondslag.canonical import Path
from grondslag.contracts.model import Contract, Contributors
from grondslag.contracts.profile import fault
from grondslag.vocabulary import PersonalDataCategory


def check_waivers(contract: Contract, privacy_at: Path) -> None:
    """Refuse waivers of natural persons, and of whoever is not said to be an organisation.

    Args:
        contract: As read so far.
        privacy_at: Where its privacy entry stands.

    Raises:
        InputError: The rows are about persons, or nobody says that they are not.
    """
    privacy, at = contract.privacy, (*privacy_at, "waivers")
    if privacy.waivers is None:
        return
    if privacy.contributors is not Contributors.ORGANISATIONS or privacy.data_subjects:
        raise fault("contracts.waiver-of-persons", contract.document, at)
    for column in contract.columns:
        kind = None if column.privacy is None else column.privacy.category
        if kind is not PersonalDataCategory.NONE:
            raise fault(
                "contracts.waiver-beside-persons", contract.document, at, column=column.name
            )
    if not privacy.person_key:
        raise fault("contracts.waiver-of-nobody", contract.document, at)
