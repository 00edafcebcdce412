"""Who may do what with the portal as a whole."""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "shared.language": allowed(Role.NOBODY, Role.EVERYBODY),
        "shared.here": allowed(Role.EVERYBODY),
        "shared.about": allowed(Role.NOBODY, Role.EVERYBODY),
    }
)
