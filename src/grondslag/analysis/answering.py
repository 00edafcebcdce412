"""From a delivery to an answer that may be shown: analysed, sealed, released by a second person.

An analysis holds small counts, so it is kept sealed under the delivery's key and dies with it. What
may be shown comes out through `release` only.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.analysis.asking import ask
from grondslag.analysis.result import AnalysisResult, Facts
from grondslag.approval import Capacity, Installation, Signer, current_authorities
from grondslag.approval.statements import is_signed_by, shown_by, shown_in, signed
from grondslag.canonical import write_json
from grondslag.clock import Clock, timestamp, today
from grondslag.delivery import OpenedDelivery, latest_delivery, open_delivery
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError
from grondslag.release import (
    FourEyes,
    Ledger,
    ReleaseRecord,
    profile_on,
    read_release,
    release,
    write_release,
)
from grondslag.vocabulary import SigningRole

_KIND = "release"


@dataclass(frozen=True, slots=True)
class AnalysisRecord:
    """An analysis that was made.

    Args:
        path: Its file; the numbers in it are sealed.
        sha256: Hash over the analysis itself.
        delivery: On which delivery it rests.
        manifest_sha256: Hash over that delivery's manifest.
        analysed_by: Who made it.
    """

    path: Path
    sha256: str
    delivery: str
    manifest_sha256: str
    analysed_by: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that may be shown.

    Args:
        release: The released tables.
        facts: What the analysis established that is no count.
        analysis_sha256: Hash over the analysis behind it.
        delivery: On which delivery it rests.
        manifest_sha256: Hash over that delivery's manifest.
        released_by: Who let it out; empty in the fast lane.
        stepped_up: When they showed anew who they are, as a portal says (RFC 3339, UTC); empty for
            a key of one's own.
    """

    release: ReleaseRecord
    facts: Facts
    analysis_sha256: str
    delivery: str
    manifest_sha256: str
    released_by: str
    stepped_up: str = ""


def analyse(
    project: Path, installation: Installation, *, clock: Clock, actor: str
) -> AnalysisRecord:
    """Put the plan's question to the newest delivery, and keep the outcome sealed.

    Args:
        project: The project's folder.
        installation: Where keys and logs stand.
        clock: Tells the day.
        actor: Who analyses; somebody else releases.

    Raises:
        InputError: Nothing was delivered, or the plan asks no question of the delivery.
        ApprovalError: The delivery may not be opened.
    """
    opened = open_delivery(latest_delivery(project), installation, clock=clock, actor=actor)
    result = ask(opened)
    digest = result.sha256
    path = project / "analysis" / f"{digest[:16]}.json"
    text = json.dumps(result.to_mapping(), ensure_ascii=False)
    content = {
        "analysis": "grondslag/1",
        "sha256": digest,
        "delivery": opened.id,
        "manifest_sha256": opened.manifest_sha256,
        "analysed_by": actor,
        "made": timestamp(clock),
        "sealed": opened.seal(text, about=digest),
    }
    write_json(path, content, mode=0o600)
    installation.record(actor, "analysis.made", opened.id, sha256=digest)
    return AnalysisRecord(path, digest, opened.id, opened.manifest_sha256, actor)


def latest_analysis(project: Path) -> AnalysisRecord:
    """The newest analysis of a project; its numbers stay sealed.

    Raises:
        InputError: Nothing was analysed yet.
    """
    made = []
    for path in (project / "analysis").glob("*.json"):
        content = _read(path)
        made.append((str(content["made"]), path, content))
    if not made:
        raise InputError("answering.nothing-analysed", folder=str(project))
    _made, path, content = max(made, key=lambda item: item[0])
    return AnalysisRecord(
        path,
        str(content["sha256"]),
        str(content["delivery"]),
        str(content["manifest_sha256"]),
        str(content["analysed_by"]),
    )


def release_answer(
    project: Path, installation: Installation, *, signer: Signer | None, clock: Clock
) -> Answer:
    """Let the newest analysis out; a second person signs, except in the fast lane.

    Args:
        project: The project's folder.
        installation: Where authorities, ledger and keys stand.
        signer: The second person; None in the fast lane only.
        clock: Tells the day.

    Raises:
        DisclosureRefusedError: A figure could show a person, or nobody else looked.
        ApprovalError: The key may not release, or the delivery may not be opened.
    """
    record = latest_analysis(project)
    folder = project / "deliveries" / record.delivery
    opened = open_delivery(folder, installation, clock=clock, actor="grondslag")
    result = _unsealed(record, opened)
    subject = releaser_of(opened, installation, signer, clock)
    eyes = FourEyes(record.analysed_by, subject, fast_lane=opened.judged.approval.lane == "fast")
    profile = profile_on("open", today(clock))
    ledger = Ledger(installation.ledger)
    figures = release(
        result.figures,
        profile=profile,
        ledger=ledger,
        by=eyes,
        project=opened.plan.id,
        clock=clock,
    )
    path = write_release(
        project / "releases",
        figures,
        project=opened.plan.id,
        profile=profile,
        by=eyes,
        clock=clock,
    )
    released = read_release(path, ledger)
    content = _answer_content(released, record, result.facts) | {
        "released_by": subject,
        "public_key": signer.public_key if signer and subject else "",
        "time": timestamp(clock),
    }
    if signer is not None and subject:
        content |= shown_by(signer, witness=bool(signer.subject))
        content = signed(_KIND, content, signer.private)
    write_json(path.with_name(path.name.replace(".json", ".answer.json")), content)
    installation.record(
        subject or "grondslag", "answer.released", released.id, sha256=released.sha256
    )
    return read_answer(project, installation)


def read_answer(project: Path, installation: Installation) -> Answer:
    """The newest answer of a project, held against the ledger and its signature.

    Raises:
        InputError: Nothing was released yet.
        IntegrityError: A file was changed after release.
    """
    found = sorted((project / "releases").glob("*.answer.json"))
    if not found:
        raise InputError("answering.nothing-released", folder=str(project))
    contents = [(path, _read(path)) for path in found]
    path, content = max(contents, key=lambda item: str(item[1]["time"]))
    record = path.with_name(path.name.replace(".answer.json", ".json"))
    released = read_release(record, Ledger(installation.ledger))
    stepped_up = _checked_answer(path, content, released, installation)
    return Answer(
        release=released,
        facts=Facts.from_mapping(content["facts"]),
        analysis_sha256=str(content["analysis_sha256"]),
        delivery=str(content["delivery"]),
        manifest_sha256=str(content["manifest_sha256"]),
        released_by=str(content["released_by"]),
        stepped_up=stepped_up,
    )


def releaser_of(
    opened: OpenedDelivery, installation: Installation, signer: Signer | None, clock: Clock
) -> str:
    """The second person's name in the authorities; empty in the fast lane.

    Raises:
        DisclosureRefusedError: Nobody else looked.
        ApprovalError: The key may not release.
    """
    if opened.judged.approval.lane == "fast":
        return ""
    if signer is None:
        raise DisclosureRefusedError("answering.second-person-releases", project=opened.plan.id)
    entry = current_authorities(installation).may_sign(
        signer.public_key, Capacity(SigningRole.RELEASER), today(clock), subject=signer.subject
    )
    return entry.subject


def _unsealed(record: AnalysisRecord, opened: OpenedDelivery) -> AnalysisResult:
    text = opened.unseal(str(_read(record.path)["sealed"]), about=record.sha256)
    result = AnalysisResult.from_mapping(json.loads(text))
    if result.sha256 != record.sha256 or record.manifest_sha256 != opened.manifest_sha256:
        raise IntegrityError("answering.analysis-changed", file=record.path.name)
    return result


def _answer_content(
    released: ReleaseRecord, record: AnalysisRecord, facts: Facts
) -> dict[str, Any]:
    return {
        "answer": "grondslag/1",
        "release": released.id,
        "release_sha256": released.sha256,
        "analysis_sha256": record.sha256,
        "delivery": record.delivery,
        "manifest_sha256": record.manifest_sha256,
        "facts": facts.to_mapping(),
    }


def _checked_answer(
    path: Path, content: Mapping[str, Any], released: ReleaseRecord, installation: Installation
) -> str:
    """When who let it out showed anew who they are; empty when it does not say.

    Raises:
        IntegrityError: It is not as it was signed, or says what cannot be.
    """
    whole = content.get("release_sha256") == released.sha256
    key = str(content.get("public_key", ""))
    entries = [one for one in current_authorities(installation).entries if one.public_key == key]
    if key:
        whole = whole and bool(entries) and is_signed_by(key, _KIND, content)
    elif content.get("released_by"):
        whole = False
    stepped_up = shown_in(content, witness=any(one.witness for one in entries))
    if not whole or stepped_up is None:
        raise IntegrityError("answering.answer-changed", file=path.name)
    return stepped_up


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise IntegrityError("answering.answer-changed", file=path.name) from error
    if not isinstance(content, dict):
        raise IntegrityError("answering.answer-changed", file=path.name)
    return content
