"""What the sign-in service of the municipality says about somebody, read strictly.

Source:
    OpenID Connect Core 1.0, section 3.1.3.7 (what must be checked of a token) and 3.1.2.1
    (``max_age`` and ``auth_time``). Microsoft identity platform, "Configure group claims": over 200
    groups a token carries ``_claim_names`` or ``hasgroups`` instead of the groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from grondslag.errors import ApprovalError
from grondslag_portal.organisations.models import GIVEN
from grondslag_portal.shared.access import Role

Claims = Mapping[str, Any]
_LONGEST = 120
_LENIENCE = timedelta(seconds=60)  # between the clocks of two machines


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody, as the municipality knows them.

    Args:
        subject: Who they are: the claims of `OIDC_SUBJECT`, with ``:`` between them.
        name: For people; of the token, and never a key.
        email: Where to write to; never a key either.
        roles: What the municipality gave them for this application.
    """

    subject: str
    name: str
    email: str
    roles: frozenset[Role]


def known_from(claims: Claims) -> Known:
    """Who the token is about, and in which roles.

    Raises:
        ApprovalError: It is meant for another application or given by another service, says who
            somebody is no further than their groups, is about no person, or gives no role here.
    """
    _check_meant_for_us(claims)
    if claims.get("hasgroups") or claims.get("_claim_names"):
        raise ApprovalError("organisations.too-many-groups")
    parts = [claims.get(name) for name in settings.OIDC_SUBJECT]
    subject = ":".join(part for part in parts if isinstance(part, str) and part)
    whole = subject.count(":") >= len(parts) - 1 and all(parts)
    if claims.get("idtyp") == "app" or not whole or len(subject) > _LONGEST:
        raise ApprovalError("organisations.no-person")
    roles = roles_in(claims)
    if not roles:
        raise ApprovalError("organisations.no-app-role")
    name = claims.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ApprovalError("organisations.no-name")
    email = claims.get("email")
    return Known(subject, name.strip()[:100], email if isinstance(email, str) else "", roles)


def roles_in(claims: Claims) -> frozenset[Role]:
    """The roles of this portal among the application roles of a token; others are not ours."""
    values = {str(value).lower().replace("-", "_") for value in _listed(claims.get("roles"))}
    return frozenset(role for role in GIVEN if role.value in values)


def signed_in_after(claims: Claims, moment: datetime) -> bool:
    """Whether they typed their password anew after a moment; unknown is no."""
    said = claims.get("auth_time")
    if not isinstance(said, int) or isinstance(said, bool):
        return False
    return datetime.fromtimestamp(said, tz=UTC) >= moment - _LENIENCE


def _check_meant_for_us(claims: Claims) -> None:
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else _listed(audience)
    ours = settings.OIDC_RP_CLIENT_ID
    if (
        ours not in audiences
        or (len(audiences) > 1 and claims.get("azp") != ours)
        or claims.get("iss") != settings.OIDC_ISSUER
        or "exp" not in claims
    ):
        raise ApprovalError("organisations.not-for-us")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
