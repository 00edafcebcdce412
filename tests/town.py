"""A made-up town for tests: installation, keys in memory, authorities, revocations, a project.

    town = make_town(tmp_path)
    town.sign_all()
    approval = town.verified()

Every step can also be taken by itself, later, or by somebody else.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import (
    Installation,
    Judgement,
    SealedApproval,
    Seat,
    Settings,
    Signer,
    accept_authorities,
    bundle_for,
    create_installation,
    current_authorities,
    issue_revocations,
    open_installation,
    required_seats,
    sign_authorities,
    sign_bundle,
    verified_approval,
)
from grondslag.approval.bundle import write_bundle
from grondslag.approval.seal import keep_authorities
from grondslag.approval.statements import signed, write_strict
from grondslag.audit import FileStore
from grondslag.canonical import read_document, to_yaml, write_text
from grondslag.clock import FixedClock, timestamp
from grondslag.errors import GrondslagError
from grondslag.keys import PublicIdentity, public_key_of
from grondslag.vocabulary import SigningRole
from grondslag.wording import explain
from made_contracts import areas_hash, column, write_contract
from made_plans import plan_content, write_plan

FIRST_DAY = date(2027, 1, 1)
LAST_DAY = date(2027, 12, 31)
SIGNING = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
MANDATE = "Mandaatbesluit 2027, artikel 4"
RULES = "ab" * 32
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "E. Eigenaar": {"roles": ["owner"], "departments": ["Verkeer"]},
    "B. Burgerzaken": {"roles": ["owner"], "departments": ["Burgerzaken"]},
    "P. Privacy": {"roles": ["privacy_officer"]},
    "D. Beslisser": {"roles": ["decider"], "bodies": ["college"], "mandate": MANDATE},
    "F. Toezicht": {"roles": ["data_protection_officer"]},
    "R. Intrekker": {"roles": ["revoker"]},
    "V. Vrijgever": {"roles": ["releaser"]},
}
APPLICANT = "A. Aanvrager"


def at(year: int, month: int, day: int, hour: int = 9) -> FixedClock:
    """A clock that stands still on a day."""
    return FixedClock(datetime(year, month, day, hour, tzinfo=UTC))


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[GrondslagError]]:
    """What happens inside is refused with exactly this code, and the refusal can be said."""
    with pytest.raises(GrondslagError) as caught:
        yield caught
    assert caught.value.code == code
    assert "{" not in explain(caught.value)


def entry(subject: str, public_key: str, **changes: Any) -> dict[str, Any]:
    """A line of the authorities; every part can be replaced."""
    return {
        "subject": subject,
        "public_key": public_key,
        "roles": ["owner"],
        "departments": ["*"],
        "mandate": "",
        "from": FIRST_DAY.isoformat(),
        "until": LAST_DAY.isoformat(),
    } | changes


@dataclass
class Town:
    """Who lives there, with their keys, and one project.

    Args:
        home: Folder of the installation.
        project: Folder of the project.
        example: Whether the installation is an example.
        clock: The moment at which things are done, unless told otherwise.
        judgement: What policy is taken to say of the plan.
    """

    home: Path
    project: Path
    example: bool = False
    clock: FixedClock = field(default_factory=lambda: FixedClock(SIGNING))
    judgement: Judgement = field(default_factory=lambda: Judgement("go", RULES, "signed", {}))
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    keys: dict[str, Ed25519PrivateKey] = field(default_factory=dict)
    number: int = 0

    @property
    def root_public_key(self) -> str:
        """The anchor, base64."""
        return public_key_of(self.root)

    @property
    def installation(self) -> Installation:
        """Opened at the town's clock."""
        return open_installation(self.home, clock=self.clock)

    @property
    def approval(self) -> Path:
        """The folder of the seal."""
        return self.project / "approval"

    def signer(self, subject: str) -> Signer:
        """Somebody with their own key; made when they have none yet."""
        return Signer(self.keys.setdefault(subject, Ed25519PrivateKey.generate()))

    def entries(self) -> list[dict[str, Any]]:
        """The lines of the usual authorities."""
        return [
            entry(name, self.signer(name).public_key, **parts) for name, parts in PEOPLE.items()
        ]

    def draft(self, entries: list[dict[str, Any]] | None = None, **changes: Any) -> Path:
        """A draft of the next authorities, not signed."""
        content = {
            "authorities": "grondslag/1",
            "municipality": "Voorbeeldstad",
            "example": self.example,
            "number": self.number + 1,
            "issued": FIRST_DAY.isoformat(),
            "machines": [self.installation.machine_public_key],
            "entries": self.entries() if entries is None else entries,
        } | changes
        path = self.home.parent / f"authorities-{content['number']}.yaml"
        write_text(path, to_yaml(content))
        return path

    def give_authorities(self, entries: list[dict[str, Any]] | None = None, **changes: Any) -> None:
        """Sign the next authorities with the root key and bring them in."""
        path = self.draft(entries, **changes)
        sign_authorities(path, self.root)
        self.number = accept_authorities(self.installation, path, actor="beheerder").number

    def change_entry(self, subject: str, **changes: Any) -> None:
        """Give new authorities in which one person's line differs."""
        lines = [line | changes if line["subject"] == subject else line for line in self.entries()]
        self.give_authorities(lines)

    def fresh_revocations(self) -> None:
        """Say again that nothing more was revoked."""
        issue_revocations(self.installation, signer=self.signer("R. Intrekker"), clock=self.clock)

    def actions(self) -> list[tuple[str, str, str]]:
        """Who did what to what, as the audit chain has it."""
        records = FileStore(self.installation.audit_folder).records()
        return [(record.actor, record.action, record.object) for record in records]

    def signs_as(self) -> dict[Seat, str]:
        """Who signs in which seat, for the project as it stands."""
        owners = {"meldingen": "E. Eigenaar", "inwoners": "B. Burgerzaken"}
        others = {SigningRole.PRIVACY_OFFICER: "P. Privacy", SigningRole.DECIDER: "D. Beslisser"}
        bundle = bundle_for(self.project, self.installation, self.judgement, clock=self.clock)
        return {
            seat: owners.get(seat.dataset) or others.get(seat.role, "E. Eigenaar")
            for seat in required_seats(bundle)
        }

    def sign(self, seat: Seat, by: str | Signer) -> Path:
        """One signature."""
        signer = self.signer(by) if isinstance(by, str) else by
        return sign_bundle(
            self.project,
            self.installation,
            self.judgement,
            seat=seat,
            signer=signer,
            clock=self.clock,
        )

    def sign_all(self) -> None:
        """Everybody who must sign signs."""
        for seat, by in self.signs_as().items():
            self.sign(seat, by)

    def forge(self, seat: Seat, by: str | Signer, *, said: str = "", **changes: Any) -> Path:
        """A signature file as an attacker writes it: well made, by whoever, whatever the rules."""
        signer = self.signer(by) if isinstance(by, str) else by
        bundle = bundle_for(self.project, self.installation, self.judgement, clock=self.clock)
        content = {
            "project": bundle.project,
            "bundle_sha256": bundle.sha256,
            "role": seat.role.value,
            "dataset": seat.dataset or None,
            "subject": said or by,
            "public_key": signer.public_key,
            "time": timestamp(self.clock),
        } | changes
        keep_authorities(self.approval, current_authorities(self.installation))
        path = self.approval / "signatures" / seat.file_name
        write_strict(path, signed("seal", content, signer.private))
        return path

    def forge_all(self, **bundle: Any) -> None:
        """The whole seal as an attacker with everybody's keys writes it, parts of it replaced."""
        made = bundle_for(self.project, self.installation, self.judgement, clock=self.clock)
        made = replace(made, **bundle)
        for seat, by in self.signs_as().items():
            self.forge(seat, by, bundle_sha256=made.sha256)
        write_bundle(self.approval, made)

    def judge(self, **changes: Any) -> None:
        """From now on policy says something else."""
        self.judgement = replace(self.judgement, **changes)

    def verified(self, *, on: FixedClock | None = None) -> SealedApproval:
        """The approval, at the town's clock or another."""
        clock = on or self.clock
        installation = open_installation(self.home, clock=clock)
        return verified_approval(self.project, installation, self.judgement, clock=clock)

    def edit(self, file: str, change: Callable[[Any], None]) -> None:
        """Change a YAML file of the project."""
        path = self.project / file
        content = read_document(path).content
        change(content)
        write_text(path, to_yaml(content))


def write_project(folder: Path, **plan: Any) -> None:
    """A small project with two datasets of two departments."""
    write_plan(folder, plan_content(applicant=APPLICANT, **plan))
    buurt = {
        "category": "ordinary",
        "role": "quasi",
        "allowed": ["area:buurt", "area:wijk"],
        "area_level": "buurt",
    }
    write_contract(
        folder / "contracts",
        name="meldingen",
        columns=[
            column("nummer", privacy={"category": "ordinary", "role": "direct", "allowed": []}),
            column("dag", "date"),
            column("soort"),
            column("buurt", privacy=buurt),
            column("toelichting", privacy={"category": "ordinary", "allowed": []}),
        ],
        privacy={
            "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
            "person_key": "nummer",
        },
    )
    members = [{"username": "b.burgerzaken", "role": role} for role in ("owner", "steward")]
    team = {"name": "Burgerzaken", "members": members}
    write_contract(
        folder / "contracts",
        name="inwoners",
        columns=[column("wijk"), column("aantal", "integer")],
        privacy={"data": "open"},
        team=team,
    )


def make_town(
    folder: Path,
    *,
    example: bool = False,
    plan: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
) -> Town:
    """A town with everything in place, ready to sign; parts of the plan can be replaced."""
    town = Town(home=folder / "home", project=folder / "project", example=example)
    create_installation(
        town.home,
        root=PublicIdentity("hoofdsleutel", town.root_public_key),
        clock=town.clock,
        example=example,
        witness=folder / "witness.jsonl",
        settings=settings or Settings.usual(FIRST_DAY),
    )
    write_project(town.project, **(plan or {}))
    town.give_authorities()
    town.fresh_revocations()
    return town
