"""A report of a project as it stands: every document read back and held against its proof."""

from pathlib import Path

from grondslag.analysis.answering import Answer, read_answer
from grondslag.analysis.noisy_counts import read_noisy_counts
from grondslag.analysis.perturbed_counts import read_perturbed_counts
from grondslag.analysis.protected_tables import read_protected_tables
from grondslag.approval import Installation, SealReport, verify_seal
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock
from grondslag.decision import DecisionRecord, ReviewRecord, read_review_record
from grondslag.decision.deciding import has_decision, read_signed_decision
from grondslag.delivery import latest_delivery, read_manifest, verify_delivery
from grondslag.plan import Plan, read_plan
from grondslag.policy import Outcome
from grondslag.report.anonymity_report import RecordsInput
from grondslag.report.anonymity_told import anonymous_tables
from grondslag.report.model import Proof, ReportInput, Signed
from grondslag.report.writing import write_records, write_report
from grondslag.wording import Word


def report_project(
    project: Path, installation: Installation, *, clock: Clock, language: str = "nl"
) -> tuple[Path, Path]:
    """Write the report of a project: ``report/index.html`` and ``report/report.pdf``.

    Args:
        project: The project's folder.
        installation: Where ledger, authorities and audit chain stand.
        clock: Tells the moment.
        language: ``nl`` or ``en``.

    Raises:
        InputError: Nothing was released yet.
        IntegrityError: A document was changed: no report is written about it.
        SourceError: The report can't be written.
    """
    plan = read_plan(project / "plan.yaml")
    if plan.analysis is None:
        found = latest_delivery(project)
        if anonymous_tables(read_manifest(found)):
            return _report_records(found, plan, installation, clock=clock, language=language)
    answer = read_answer(project, installation)
    folder = project / "deliveries" / answer.delivery
    seal = _verified(folder, installation)
    decision, looked_back = _decided(project, installation)
    given = ReportInput(
        plan=plan,
        facts=answer.facts,
        figures=answer.release.figures,
        manifest=read_manifest(folder),
        outcome=Outcome(seal.outcome),
        proof=_proof(folder, installation, seal, answer),
        decision=decision,
        review=looked_back,
        moment=clock.now(),
        language=language,
        noisy=tuple(
            figure
            for read in (read_noisy_counts, read_perturbed_counts)
            for record in read(project, installation)
            for figure in record.figures
        ),
        protected=tuple(
            figure
            for record in read_protected_tables(project, installation)
            for figure in record.figures
        ),
    )
    files = write_report(project / "report", given)
    installation.record("grondslag", "report.written", answer.delivery)
    return files.html, files.pdf


def _report_records(
    folder: Path, plan: Plan, installation: Installation, *, clock: Clock, language: str
) -> tuple[Path, Path]:
    """Write the report of anonymous records to which the plan puts no question."""
    seal = _verified(folder, installation)
    given = RecordsInput(
        plan=plan,
        manifest=read_manifest(folder),
        outcome=Outcome(seal.outcome),
        proof=_proof(folder, installation, seal),
        moment=clock.now(),
        language=language,
    )
    files = write_records(folder.parent.parent / "report", given)
    installation.record("grondslag", "report.written", folder.name)
    return files.html, files.pdf


def _verified(folder: Path, installation: Installation) -> SealReport:
    """The seal of a project, when it and the delivery are as they were signed."""
    verify_delivery(
        folder,
        root_public_key=installation.root_public_key,
        chain=installation.chain,
    )
    return verify_seal(folder.parent.parent, root_public_key=installation.root_public_key)


def _decided(
    project: Path, installation: Installation
) -> tuple[DecisionRecord | None, ReviewRecord | None]:
    """The decision with its signature verified, and what came of it."""
    if not has_decision(project):
        return None, None
    record = read_signed_decision(project, installation).record
    path = project / "review.json"
    return record, read_review_record(path, record) if path.is_file() else None


def _proof(
    folder: Path, installation: Installation, seal: SealReport, answer: Answer | None = None
) -> Proof:
    manifest = read_manifest(folder)
    head = installation.audit.head()
    signatures = [
        Signed(
            Word(f"tell.role-{item.seat.role.value.replace('_', '-')}"), item.subject, item.witness
        )
        for item in seal.signatures
    ]
    signatures += [Signed(Word("tell.role-owner"), item.subject) for item in seal.consents]
    if answer is not None and answer.released_by:
        signatures.append(Signed(Word("tell.role-releaser"), answer.released_by))
    where = f"{folder.parent.parent.name}/deliveries/{folder.name}"
    return Proof(
        delivery=folder.name,
        made=str(manifest["made"]),
        manifest_sha256=sha256_hex(canonical_bytes(dict(manifest))),
        analysis_sha256=answer.analysis_sha256 if answer else "",
        release=answer.release.id if answer else "",
        release_sha256=answer.release.sha256 if answer else "",
        rule_set=str(manifest["approval"]["rule_set"]),
        seal_sha256=seal.seal_sha256,
        lane=seal.lane,
        signatures=tuple(signatures),
        head_number=head.number if head else 0,
        head_hash=head.hash if head else "",
        root_fingerprint=installation.root.fingerprint,
        command=f"grondslag verify {where} --root root.pub",
    )
