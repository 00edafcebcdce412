"""The work of one delivery, step by step, in a folder nobody sees yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.anonymise import name_finder, name_finder_version
from grondslag.approval import Installation, SealedApproval
from grondslag.audit import SignedHead
from grondslag.canonical import canonical_bytes, sha256_hex, sha256_of_file, write_json
from grondslag.canonical.writing import sync_folder
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import Contract
from grondslag.delivery.anonymous_records import Seeking
from grondslag.delivery.answering_twice import PutTwice, Unfinished, answers_told
from grondslag.delivery.composition import Noted
from grondslag.delivery.differences import check_difference
from grondslag.delivery.fast_lane import check_no_personal_data
from grondslag.delivery.heading import Outcome, whole_manifest
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.lasting import sealed_counts_key
from grondslag.delivery.ledger import note_records, read_ledger
from grondslag.delivery.making_anonymous import Around, make_anonymous
from grondslag.delivery.manifest import table_entry
from grondslag.delivery.model import ObjectionPlan, QueryPlan, ScanPlan, TablePlan
from grondslag.delivery.opening import check_file
from grondslag.delivery.person_log import distinct_persons, log_persons
from grondslag.delivery.planning import plan_query
from grondslag.delivery.populations import counted_in
from grondslag.delivery.record_keys import has_record_keys, write_record_keys
from grondslag.delivery.running import TableResult, objecting_persons, run_table
from grondslag.delivery.sealing import read_table, seal_text, write_table
from grondslag.errors import InputError, SourceError
from grondslag.keys import KeyKind, derive, person_tokens, sign
from grondslag.processing_log import LogFile
from grondslag.sources import Engine, Source, locate, open_engine, open_source

Progress = Callable[[str, str], None]
"""Told at each step: what begins, and about what."""

Earlier = Sequence[tuple[str, Mapping[str, Any] | None]]
"""Name and manifest of earlier deliveries, oldest first; no manifest when it was closed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that was made.

    Args:
        id: Its name, also that of its folder.
        folder: Where it stands.
        manifest: What was delivered and what was left out.
        manifest_sha256: Hash over the canonical manifest.
        head: The audit chain's head that seals it.
    """

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    manifest_sha256: str
    head: SignedHead


@dataclass(slots=True)
class Maker:
    """The work of one delivery; its parts share what they need through here."""

    judged: JudgedProject
    installation: Installation
    clock: Clock
    paths: Mapping[str, Path]
    project: Path
    name: str
    aside: Path
    say: Progress
    put: PutTwice | None = None
    seeking: Seeking = field(default_factory=Seeking)
    _notes: list[Noted] = field(default_factory=list)
    _before: dict[str, pa.Table] = field(default_factory=dict, repr=False)
    _around: Around = field(default_factory=Around, repr=False)

    @property
    def approval(self) -> SealedApproval:
        """The mandate under which sources are opened."""
        return self.judged.approval

    def make(self, earlier: Earlier, actor: str) -> Delivery:
        """Make the delivery and show it.

        Args:
            earlier: The deliveries before this one, to compare with.
            actor: Who runs it, for the audit chain.
        """
        started = timestamp(self.clock)
        query = plan_query(
            self.judged.plan,
            self.judged.contracts,
            day=date.fromisoformat(started[:10]),
            minimum=self.judged.minimum_group,
        )
        if any(table.anonymity is not None for table in query.tables):
            self._around.ledger = read_ledger(self.installation)
        opened: dict[str, Source] = {}
        objectors = self._objectors(query, opened)
        entries: list[dict[str, Any]] = []
        everyone: list[pa.Array] = []
        for table in query.tables:
            entry, persons = self._table(table, query, objectors, opened)
            entries.append(entry)
            everyone.append(persons)
        self._put_twice(entries)
        compared = self._compare(query, earlier)
        log = self._log(everyone, started)
        outcome = Outcome(self.name, started, entries, opened, compared, log)
        head = self.installation.audit.head()
        return self._finish(whole_manifest(outcome, self.judged, head=head, seal=self._seal), actor)

    def _put_twice(self, entries: list[dict[str, Any]]) -> None:
        """Lay the plan's answer from anonymous records beside that from the rows as they were."""
        for name, before in self._before.items():
            if self.put is None:
                break
            self.say("answer", name)
            manifest, key = {"tables": entries}, self._delivery_key()
            unfinished = Unfinished(self.judged, manifest, self.aside, name, before, key)
            answers_told(unfinished, entries, self.put)
        self._before.clear()

    def _log(self, everyone: Sequence[pa.Array], started: str) -> LogFile | None:
        persons = distinct_persons(everyone)
        if not len(persons):
            return None
        self.say("log", self.name)
        return log_persons(
            persons,
            self.judged,
            self.installation,
            delivery=self.name,
            started=started,
            clock=self.clock,
        )

    def _table(
        self,
        table: TablePlan,
        query: QueryPlan,
        objectors: Mapping[str, pa.Array],
        opened: dict[str, Source],
    ) -> tuple[dict[str, Any], pa.Array]:
        self.say("read", table.name)
        found = [self._open(scan, scan.reads) for scan in table.scans]
        readable = [source.location.path for source in found if source.location.path]
        with open_engine(readable) as engine:
            for at, source in enumerate(found):
                source.load(engine, f"source_{at}")
                source.check_readable()
                self._check_not_empty(engine, source, at)
                if self.approval.lane == "fast":
                    check_no_personal_data(engine, table.scans[at], source, at)
                opened[source.contract.name] = source
            self.say("query", table.name)
            names = name_finder() if self._takes_names(table) else None
            result = run_table(engine, table, tokens=self._tokens, objectors=objectors, names=names)
            if table.anonymity is not None:
                self.say("anonymise", table.name)
                note, before = make_anonymous(
                    result,
                    self.judged,
                    self._around,
                    self.name,
                    installation=self.installation,
                    seeking=self.seeking,
                )
                self._notes.append(note)
                self._before[table.name] = before
            self.say("write", table.name)
            file = self.aside / f"{table.name}.parquet"
            rows = write_table(file, result.reader, self._delivery_key())
            if table.name in query.populations:
                self._around.populations[table.name] = counted_in(engine, result)
            for source in found:
                source.location.check_unchanged()
        entry = self._entry(result, query, file, rows)
        if self._takes_names(table):
            entry["names"] = name_finder_version()
        return entry | self._record_keys(table, result.persons), result.persons

    def _takes_names(self, table: TablePlan) -> bool:
        """Whether names are taken out of its texts, as the municipality chose."""
        return bool(table.texts) and self.installation.settings.names_in_text_on(today(self.clock))

    def _record_keys(self, table: TablePlan, persons: pa.Array) -> dict[str, Any]:
        """A number per person, where the municipality wants counts that rest on them."""
        wanted = self.installation.settings.record_keys_on(today(self.clock))
        if not wanted or not has_record_keys(table):
            return {}
        file = write_record_keys(
            self.aside / f"{table.name}.record_keys.parquet",
            persons,
            self._tokens(persons.to_pylist()),
            self.installation,
            dataset=table.name,
            delivery=self.name,
        )
        return {"record_keys": file}

    def _entry(
        self, result: TableResult, query: QueryPlan, file: Path, rows: int
    ) -> dict[str, Any]:
        return table_entry(
            result,
            self.judged.contracts,
            left_out_columns=sum(
                query.left_out_columns[scan.dataset] for scan in result.plan.scans
            ),
            file={
                "name": file.name,
                "sha256": sha256_of_file(file),
                "bytes": file.stat().st_size,
                "rows": rows,
            },
            seal=self._seal,
        )

    def _open(self, scan: ScanPlan, columns: Sequence[str]) -> Source:
        contract = self.judged.contracts[scan.dataset]
        cut = next((c for c in scan.cuts if c.first and c.last and str(c.type) == "date"), None)
        days = (cut.column, cut.first, cut.last) if cut and cut.first and cut.last else None
        return self._open_contract(contract, columns, days, repeats=scan.repeats)

    def _open_contract(
        self,
        contract: Contract,
        columns: Sequence[str],
        days: tuple[str, date, date] | None = None,
        *,
        repeats: bool = False,
    ) -> Source:
        instead = self.paths.get(contract.name)
        location = locate(contract, self.project / "contracts", instead=instead)
        return open_source(
            self.approval, contract, location, columns=columns, days=days, marks_repeats=repeats
        )

    def _check_not_empty(self, engine: Engine, source: Source, at: int) -> None:
        if not engine.table(f"source_{at}").limit(1).fetchall():
            raise InputError("delivery.empty-source", dataset=source.contract.name)

    def _objectors(self, query: QueryPlan, opened: dict[str, Source]) -> dict[str, pa.Array]:
        """Per dataset with objections: the persons who are left out, as text."""
        return {
            dataset: self._persons_objecting(found, opened)
            for dataset, found in query.objections.items()
        }

    def _persons_objecting(self, found: ObjectionPlan, opened: dict[str, Source]) -> pa.Array:
        self.say("objections", found.dataset)
        contract = self.judged.contracts[found.dataset]
        source = self._open_contract(contract, (found.person, found.purpose, found.state))
        readable = [source.location.path] if source.location.path else []
        with open_engine(readable) as engine:
            source.load(engine, "objections")
            source.check_readable()
            rows = engine.table("objections").to_arrow_table()
        opened[found.dataset] = source
        return objecting_persons(rows, found)

    def _tokens(self, persons: Iterable[str]) -> list[bytes | None]:
        """Persons under the project key; made at the first delivery, random, never derived."""
        vault, name = self.installation.vault, self.judged.plan.id
        if not vault.has(KeyKind.PROJECT, name):
            vault.create(KeyKind.PROJECT, name)
        key = derive(vault.read(KeyKind.PROJECT, name), purpose="pseudonym", context=name)
        return person_tokens(persons, key)

    def _delivery_key(self) -> bytes:
        return self.installation.vault.read(KeyKind.DELIVERY, self.name)

    def _seal(self, text: str, about: str) -> str:
        return seal_text(text, sealed_counts_key(self.installation, self.name), about=about)

    def _compare(self, query: QueryPlan, earlier: Earlier) -> list[dict[str, Any]]:
        """Hold the new tables against those of earlier deliveries that can still be opened."""
        compared: list[dict[str, Any]] = []
        for name, manifest in earlier:
            held = manifest is not None and self._compare_with(query, name, manifest)
            compared.append({"delivery": name, "compared": held})
        return compared

    def _compare_with(self, query: QueryPlan, name: str, manifest: Mapping[str, Any]) -> bool:
        """Compare every table that both have; whether that could be done."""
        self.say("compare", name)
        key = self.installation.vault.read(KeyKind.DELIVERY, name)
        known = {entry["name"]: entry["file"] for entry in manifest["tables"]}
        held = True
        for table in query.tables:
            if table.name in known:
                file = self.project / "deliveries" / name / known[table.name]["name"]
                check_file(file, known[table.name]["sha256"])
                new = read_table(self.aside / f"{table.name}.parquet", self._delivery_key())
                held &= check_difference(table, read_table(file, key), new, delivery=name)
        return held

    def _finish(self, manifest: Mapping[str, Any], actor: str) -> Delivery:
        self.say("manifest", self.name)
        digest = sha256_hex(canonical_bytes(manifest))
        write_json(self.aside / "manifest.json", manifest)
        note_records(self.installation, self.name, self._notes, actor)
        self.installation.record(actor, "delivery.made", self.name, manifest_sha256=digest)
        head = self.installation.audit.head()
        if head is None:
            raise SourceError("delivery.no-head", folder=str(self.installation.audit_folder))
        statement = {
            "proof": "grondslag/1",
            "delivery": self.name,
            "manifest_sha256": digest,
            "head": head.to_mapping(),
            "machine": self.installation.machine_public_key,
        }
        signature = sign(self.installation.machine_key(), canonical_bytes(statement))
        write_json(self.aside / "proof.json", {**statement, "signature": signature})
        self.say("show", self.name)
        folder = self.aside.with_name(self.name)
        self.aside.rename(folder)
        sync_folder(folder.parent)
        return Delivery(self.name, folder, manifest, digest, head)
