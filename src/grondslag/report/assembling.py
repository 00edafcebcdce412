"""A report of a project as it stands: every document read back and held against its proof."""

from pathlib import Path

from grondslag.analysis.answering import Answer, read_answer
from grondslag.analysis.noisy_counts import read_noisy_counts
from grondslag.approval import Installation, SealReport, verify_seal
from grondslag.clock import Clock
from grondslag.decision import DecisionRecord, ReviewRecord, read_review_record
from grondslag.decision.deciding import has_decision, read_signed_decision
from grondslag.delivery import read_manifest, verify_delivery
from grondslag.plan import read_plan
from grondslag.policy import Outcome
from grondslag.report.model import Proof, ReportInput, Signed
from grondslag.report.writing import write_report
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
    answer = read_answer(project, installation)
    folder = project / "deliveries" / answer.delivery
    verify_delivery(
        folder,
        root_public_key=installation.root_public_key,
        audit_folder=installation.audit_folder,
    )
    seal = verify_seal(project, root_public_key=installation.root_public_key)
    decision, looked_back = _decided(project, installation)
    given = ReportInput(
        plan=read_plan(project / "plan.yaml"),
        facts=answer.facts,
        figures=answer.release.figures,
        manifest=read_manifest(folder),
        outcome=Outcome(seal.outcome),
        proof=_proof(project, installation, answer, seal),
        decision=decision,
        review=looked_back,
        moment=clock.now(),
        language=language,
        noisy=tuple(
            figure
            for record in read_noisy_counts(project, installation)
            for figure in record.figures
        ),
    )
    files = write_report(project / "report", given)
    installation.record("grondslag", "report.written", answer.delivery)
    return files.html, files.pdf


def _decided(
    project: Path, installation: Installation
) -> tuple[DecisionRecord | None, ReviewRecord | None]:
    """The decision with its signature verified, and what came of it."""
    if not has_decision(project):
        return None, None
    record = read_signed_decision(project, installation).record
    path = project / "review.json"
    return record, read_review_record(path, record) if path.is_file() else None


def _proof(project: Path, installation: Installation, answer: Answer, seal: SealReport) -> Proof:
    folder = project / "deliveries" / answer.delivery
    manifest = read_manifest(folder)
    head = installation.audit.head()
    signatures = [
        Signed(Word(f"tell.role-{item.seat.role.value.replace('_', '-')}"), item.subject)
        for item in seal.signatures
    ]
    signatures += [Signed(Word("tell.role-owner"), item.subject) for item in seal.consents]
    if answer.released_by:
        signatures.append(Signed(Word("tell.role-releaser"), answer.released_by))
    return Proof(
        delivery=answer.delivery,
        made=str(manifest["made"]),
        manifest_sha256=answer.manifest_sha256,
        analysis_sha256=answer.analysis_sha256,
        release=answer.release.id,
        release_sha256=answer.release.sha256,
        rule_set=str(manifest["approval"]["rule_set"]),
        seal_sha256=seal.seal_sha256,
        lane=seal.lane,
        signatures=tuple(signatures),
        head_number=head.number if head else 0,
        head_hash=head.hash if head else "",
        root_fingerprint=installation.root.fingerprint,
        command=f"grondslag verify {project.name}/deliveries/{answer.delivery} --root root.pub",
    )
