"""Who may do what with departments, people and roles."""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "organisations.sign-in": allowed(Role.NOBODY, Role.EVERYBODY),
        "organisations.sign-out": allowed(Role.EVERYBODY),
        "organisations.step-up": allowed(Role.EVERYBODY),
    }
)
