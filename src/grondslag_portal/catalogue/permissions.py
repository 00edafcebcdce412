"""Who may do what in the catalogue.

Owner and steward are roles towards the department of a dataset: nobody changes another's.
"""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "catalogue.list": allowed(Role.EVERYBODY),
        "catalogue.read": allowed(Role.EVERYBODY),
        "catalogue.add": allowed(Role.OWNER, Role.STEWARD),
        "catalogue.change": allowed(Role.OWNER, Role.STEWARD),
        "catalogue.measure": allowed(Role.OWNER),
        "catalogue.managers": allowed(Role.EVERYBODY),
        "catalogue.terms": allowed(Role.EVERYBODY),
        "catalogue.write-term": allowed(Role.DATA_OFFICE),
        "catalogue.conflicts": allowed(Role.EVERYBODY),
        "catalogue.propose": allowed(Role.OWNER, Role.STEWARD, Role.DATA_OFFICE),
        "catalogue.accept": allowed(Role.OWNER, Role.STEWARD),
        "catalogue.take-over": allowed(Role.OWNER),
        "catalogue.exchange": allowed(Role.EVERYBODY),
        "catalogue.write-note": allowed(Role.EVERYBODY),
        "catalogue.open-data": allowed(Role.NOBODY, Role.EVERYBODY),
    }
)
