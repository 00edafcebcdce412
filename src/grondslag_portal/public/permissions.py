"""Who may do what with public pages: everybody may read them."""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "public.read": allowed(Role.NOBODY, Role.EVERYBODY),
        "public.check": allowed(Role.NOBODY, Role.EVERYBODY),
    }
)
