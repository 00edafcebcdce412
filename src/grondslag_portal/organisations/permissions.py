"""Who may do what with departments, people and roles."""

from grondslag_portal.shared.access import Role, allowed, declare

TABLE = declare(
    {
        "organisations.sign-in": allowed(Role.NOBODY, Role.EVERYBODY),
        "organisations.sign-out": allowed(Role.EVERYBODY),
        "organisations.step-up": allowed(Role.EVERYBODY),
        "organisations.rights": allowed(
            Role.ADMINISTRATOR, Role.SECURITY_OFFICER, Role.DATA_PROTECTION_OFFICER,
            Role.PRIVACY_OFFICER,
        ),
        "organisations.change-rights": allowed(Role.ADMINISTRATOR),
        "organisations.see-rights": allowed(Role.ADMINISTRATOR, Role.SECURITY_OFFICER),
        "organisations.away": allowed(Role.EVERYBODY),
        "organisations.authorities": allowed(Role.ADMINISTRATOR),
    }
)  # fmt: skip
