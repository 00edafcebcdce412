"""The seven people of the example, the installation they sign in, and the list of who may sign.

The root key lives as long as this call: it signs one list and is gone. The list names the key of
the portal as a witness for each of the seven.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from grondslag.approval import (
    Settings,
    Signer,
    accept_authorities,
    create_installation,
    issue_revocations,
    sign_authorities,
)
from grondslag.canonical import to_yaml, write_text
from grondslag.keys import PublicIdentity, public_key_of
from grondslag.vocabulary import SigningRole
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.chain import DatabaseStore

MUNICIPALITY = "Voorbeeldstad"
MANDATE = "Mandaatbesluit Voorbeeldstad 2026, nummer 14, afdelingshoofd Mobiliteit"
DEPARTMENTS = ("Mobiliteit", "Burgerzaken", "Openbare Ruimte", "Werk en Inkomen", "Veiligheid")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in the example.

    Args:
        subject: Their account.
        name: What they are; they have no other name.
        roles: What the municipality gave them.
        signs: In which roles they may sign.
    """

    subject: str
    name: str
    roles: tuple[Role, ...]
    signs: tuple[SigningRole, ...] = ()


PLAYERS: Mapping[str, Player] = {
    player.subject: player
    for player in (
        Player("adviseur", "beleidsadviseur Mobiliteit", (Role.ADVISER,)),
        Player(
            "eigenaar",
            "gegevenseigenaar (voorbeeld)",
            (Role.OWNER, Role.STEWARD, Role.RELEASER),
            (SigningRole.OWNER, SigningRole.RELEASER),
        ),
        Player(
            "privacy",
            "privacy officer (voorbeeld)",
            (Role.PRIVACY_OFFICER,),
            (SigningRole.PRIVACY_OFFICER,),
        ),
        Player(
            "fg",
            "FG (voorbeeld)",
            (Role.DATA_PROTECTION_OFFICER,),
            (SigningRole.DATA_PROTECTION_OFFICER,),
        ),
        Player("analist", "data-analist (voorbeeld)", (Role.ANALYST,)),
        Player("beslisser", "afdelingshoofd (voorbeeld)", (Role.DECIDER,), (SigningRole.DECIDER,)),
        Player("raadslid", "raadslid (voorbeeld)", (Role.COUNCIL,)),
        Player(
            "beheer",
            "beheerder (voorbeeld)",
            (Role.ADMINISTRATOR, Role.DATA_OFFICE, Role.SECURITY_OFFICER),
        ),
    )
}


def make_people(*, password: str = "") -> dict[str, Person]:
    """Departments, the people and their roles.

    Args:
        password: Of every local account; without one nobody can sign in with a password.
    """
    day = engine.today()
    for name in DEPARTMENTS:
        key = name.lower().replace(" ", "-")
        Department.objects.get_or_create(key=key, defaults={"name": name})
    mobility = Department.objects.get(key="mobiliteit")
    people = {}
    for player in PLAYERS.values():
        person = Person.objects.create_user(
            player.subject, player.name, department=mobility, is_local=True, password=password
        )
        for role in player.roles:
            RoleGrant.objects.create(person=person, role=role.value, start=day)
        people[player.subject] = person
    return people


def make_home(*, bodies: tuple[str, ...] = ("college",)) -> None:
    """The installation, and the list of who may sign, signed by a root key that is then gone.

    Args:
        bodies: For which bodies the decider decides.

    Raises:
        InputError: There is an installation already.
    """
    root, revoker = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    identity = PublicIdentity("hoofdsleutel (voorbeeld)", public_key_of(root))
    day = engine.today()
    home = create_installation(
        settings.INSTALLATION,
        root=identity,
        clock=engine.clock(),
        example=True,
        witness=None,
        settings=Settings.usual(day, source_folders=(str(settings.DATA / "bronnen"),)),
        chain=DatabaseStore(),
    )
    witness = engine.witness_public_key()
    entries = [
        {
            "subject": player.name,
            "public_key": witness,
            "witness": True,
            "roles": [role.value for role in player.signs],
            "departments": ["*"],
            **({"bodies": list(bodies)} if SigningRole.DECIDER in player.signs else {}),
            "mandate": MANDATE if SigningRole.DECIDER in player.signs else "",
            **_term(day),
        }
        for player in PLAYERS.values()
        if player.signs
    ]
    entries.append(
        {
            "subject": "beheerder intrekkingen (voorbeeld)",
            "public_key": public_key_of(revoker),
            "roles": [SigningRole.REVOKER.value],
            "departments": ["*"],
            "mandate": "",
            **_term(day),
        }
    )
    draft = settings.INSTALLATION / "authorities-draft.yaml"
    write_text(
        draft,
        to_yaml(
            {
                "authorities": "grondslag/1",
                "municipality": MUNICIPALITY,
                "example": True,
                "number": 1,
                "issued": day.isoformat(),
                "machines": [home.machine_public_key],
                "entries": entries,
            }
        ),
    )
    sign_authorities(draft, root)
    accept_authorities(home, draft, actor=identity.name)
    draft.unlink()
    issue_revocations(home, signer=Signer(revoker), clock=engine.clock())


def _term(day: date) -> dict[str, str]:
    return {"from": day.isoformat(), "until": (day + timedelta(days=730)).isoformat()}
