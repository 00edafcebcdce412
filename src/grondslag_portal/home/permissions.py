"""Who may do what on the pages that are about everything."""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "home.my-work": allowed(Role.EVERYBODY),
        "home.search": allowed(Role.EVERYBODY),
        "home.overview": allowed(Role.EVERYBODY),
        "home.lessons": allowed(Role.EVERYBODY),
        "home.known": allowed(Role.EVERYBODY),
        "home.sample": allowed(Role.DATA_PROTECTION_OFFICER),
        "home.reminders": allowed(Role.EVERYBODY),
        "home.calendar": allowed(Role.NOBODY, Role.EVERYBODY),
    }
)
