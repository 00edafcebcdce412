"""A tiny lawful project on real files, for tests of the whole way of a delivery.

town = make_small_town(tmp_path)
town.sign()
delivery = town.deliver()
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grondslag.approval import (
    Installation,
    bundle_for,
    issue_revocations,
    open_installation,
    required_seats,
    seal_fast_lane,
    sign_bundle,
    sign_consent,
)
from grondslag.audit import ChainReport, FileStore, verify_chain
from grondslag.canonical import read_document, to_yaml, write_text
from grondslag.delivery import (
    Delivery,
    OpenedDelivery,
    VerifiedDelivery,
    deliver,
    open_delivery,
    read_project,
    verify_delivery,
)
from grondslag.errors import GrondslagError
from grondslag.synthetic.players import Players, make_players
from grondslag.vocabulary import SigningRole
from grondslag.wording import LANGUAGES, explain, has_sentence
from small_project import (
    AGGREGATE,
    MANDATE,
    OBJECTIONS,
    OPEN,
    WIJKEN,
    lawful_plan,
    write_csv,
    write_reports,
    write_small_project,
)

START = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)


class TownClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def go_on(self, **amount: int) -> None:
        """Let time pass."""
        self.moment += timedelta(**amount)


@dataclass
class SmallTown:
    """An example installation with its players, and one project; more can be added.

    Args:
        folder: Holds ``data``, ``installation`` and the projects.
        project: The project that the methods below work on.
        players: Who signs.
        clock: The one clock of everything.
    """

    folder: Path
    project: Path
    players: Players
    clock: TownClock = field(default_factory=TownClock)

    @property
    def installation(self) -> Installation:
        """Where keys and logs stand."""
        return self.players.installation

    @property
    def deliveries(self) -> Path:
        """Where the project's deliveries come to stand."""
        return self.project / "deliveries"

    @property
    def visible(self) -> list[Path]:
        """The deliveries that somebody could see, with their names in order."""
        found = self.deliveries.iterdir() if self.deliveries.is_dir() else ()
        return sorted(path for path in found if not path.name.startswith("."))

    @property
    def unfinished(self) -> list[Path]:
        """What a stopped delivery left."""
        return sorted(self.deliveries.glob(".*.part"))

    def add_project(self, name: str, plan: Mapping[str, Any]) -> "SmallTown":
        """Another project in the same installation; not signed yet."""
        write_small_project(self.folder / name, plan)
        return SmallTown(self.folder, self.folder / name, self.players, self.clock)

    def edit(self, file: str, change: Callable[[Any], None]) -> None:
        """Change a YAML file of the project."""
        path = self.project / file
        content = read_document(path).content
        change(content)
        write_text(path, to_yaml(content))

    def sign(self) -> None:
        """Everybody who must sign signs what stands there now; or the owners consent."""
        read = read_project(self.project, clock=self.clock)
        if read.judgement.lane == "fast":
            self._consent()
            return
        bundle = bundle_for(self.project, self.installation, read.judgement, clock=self.clock)
        for seat in required_seats(bundle):
            is_owner = seat.role is SigningRole.OWNER
            contract = read.contracts.get(seat.dataset)
            signer = (
                self.players.owner_of(contract)
                if is_owner and contract
                else self.players.signers[seat.role]
            )
            sign_bundle(
                self.project,
                self.installation,
                read.judgement,
                seat=seat,
                signer=signer,
                clock=self.clock,
            )

    def _consent(self) -> None:
        read = read_project(self.project, clock=self.clock)
        for need in read.plan.data:
            contract = read.contracts[need.dataset]
            sign_consent(
                self.installation,
                contract,
                columns=[part.name for part in need.columns],
                until=date(2027, 12, 31),
                signer=self.players.owner_of(contract),
                clock=self.clock,
            )
        self.reseal()

    def reseal(self) -> None:
        """Seal on the consents that there are."""
        read = read_project(self.project, clock=self.clock)
        seal_fast_lane(self.project, self.installation, read.judgement, clock=self.clock)

    def go_on(self, **amount: int) -> None:
        """Let time pass; the list of revocations is kept fresh, as a municipality does."""
        self.clock.go_on(**amount)
        revoker = self.players.signers[SigningRole.REVOKER]
        issue_revocations(self.installation, signer=revoker, clock=self.clock)

    def deliver(self, **options: Any) -> Delivery:
        """Deliver, a second later than whatever came before."""
        self.clock.go_on(seconds=1)
        return deliver(self.project, self.installation, clock=self.clock, **options)

    def open(self, folder: Path | None = None) -> OpenedDelivery:
        """Open a delivery, by default the last one."""
        return open_delivery(folder or self.visible[-1], self.installation, clock=self.clock)

    def verify(self, folder: Path | None = None, *, chain: bool = True) -> VerifiedDelivery:
        """Verify a delivery, by default the last one, with the audit chain at hand or without."""
        return verify_delivery(
            folder or self.visible[-1],
            root_public_key=self.installation.root_public_key,
            chain=self.installation.chain if chain else None,
        )

    def verified_chain(self) -> ChainReport:
        """The audit chain, verified against its witness."""
        return verify_chain(
            FileStore(self.installation.audit_folder),
            public_key=self.installation.machine_public_key,
            witness=self.installation.witness,
        )

    def audited(self) -> list[tuple[str, str, str]]:
        """Action, object and result of every record in the audit chain."""
        records = FileStore(self.installation.audit_folder).records()
        return [(item.action, item.object, item.result) for item in records]


def make_small_town(folder: Path, plan: Mapping[str, Any] | None = None) -> SmallTown:
    """A small town with data, players and one project, not signed yet."""
    data, project = folder / "data", folder / "project"
    write_reports(data)
    write_csv(data / "bezwaren.csv", ("bsn", "doel", "staat"), OBJECTIONS)
    write_csv(data / "wijken.csv", ("code", "inwoners", "naam"), [(*row, "Wijk") for row in WIJKEN])
    content = lawful_plan(AGGREGATE, OPEN) if plan is None else plan
    write_small_project(project, content)
    clock = TownClock()
    read = read_project(project, clock=clock)
    players = make_players(
        folder / "installation",
        municipality="Voorbeeldstad",
        contracts=read.contracts.values(),
        body=read.plan.controller,
        mandate=MANDATE,
        clock=clock,
    )
    return SmallTown(folder, project, players, clock)


def copied(town: SmallTown, folder: Path) -> SmallTown:
    """The same town at another place: quicker than making and signing one again."""
    shutil.copytree(town.folder, folder, dirs_exist_ok=True)
    home = folder / "installation"
    content = read_document(home / "installation.yaml").content
    witness = str(folder / Path(content["witness"]).name)
    write_text(home / "installation.yaml", to_yaml(content | {"witness": witness}), mode=0o600)
    clock = TownClock(town.clock.now())
    players = replace(town.players, installation=reopened(folder, clock))
    return SmallTown(folder, folder / town.project.name, players, clock)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What happens inside is refused with exactly this code, and can be told in both languages."""
    with pytest.raises(GrondslagError) as caught:
        yield
    assert caught.value.code == code
    for language in LANGUAGES:
        assert has_sentence(code, language)
        assert "{" not in explain(caught.value, language=language)


def reopened(folder: Path, clock: TownClock) -> Installation:
    """The installation as another process opens it."""
    return open_installation(folder / "installation", clock=clock)


def files_below(folder: Path) -> Iterator[Path]:
    """Every plain file in a folder, however deep."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
