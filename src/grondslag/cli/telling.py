"""What came of a step, told to people and to programs."""

from datetime import datetime

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.approval import Advice
from grondslag.cli.output import Output
from grondslag.delivery import Delivery, VerifiedDelivery
from grondslag.delivery.told import LeftOut, left_out
from grondslag.release import ALL, ReleasedFigure
from grondslag.report.anonymity_words import AnonymityWords


def tell_delivery(output: Output, made: Delivery) -> None:
    """What was delivered, and what was left out and why."""
    output.say("tell.delivered", delivery=made.id, folder=str(made.folder))
    for table in made.manifest["tables"]:
        output.say(
            "tell.delivered-table",
            title=table["title"],
            rows=int(table["file"]["rows"]),
            columns=len(table["columns"]),
        )
        if table.get("anonymisation"):
            words = AnonymityWords(table["anonymisation"], {}, output.language)
            output.text(words.proof())
    output.table(
        ("tell.column-what", "tell.column-dataset", "tell.column-number", "tell.column-article"),
        [
            (
                output.words(item.what.code),
                item.dataset,
                _shown(output, item),
                item.provision,
            )
            for item in left_out(made.manifest)
        ],
    )
    output.result(
        {
            "delivery": made.id,
            "folder": str(made.folder),
            "manifest_sha256": made.manifest_sha256,
            "tables": [
                {"name": table["name"], "rows": table["file"]["rows"], "risk": table["risk"]}
                for table in made.manifest["tables"]
            ],
        }
    )


def _shown(output: Output, item: LeftOut) -> str:
    """A count of the manifest as people read it: a number, or "fewer than so many"."""
    if item.count is None:
        return output.words("tell.fewer-than", minimum=item.minimum)
    return output.words("tell.number", number=item.count)


def tell_verified(output: Output, found: VerifiedDelivery) -> None:
    """What was verified, who signed, and under which root key."""
    for step in found.steps:
        output.text("✓ " + output.words(step), style="green")
    for signature in found.seal.signatures:
        output.say(
            "tell.signed-by",
            subject=signature.subject,
            role=output.words(f"tell.role-{signature.seat.role.value.replace('_', '-')}"),
            about=signature.seat.about,
            fingerprint=signature.fingerprint[:19],
        )
        _tell_witness(
            output, signature.subject, witness=signature.witness, stepped_up=signature.stepped_up
        )
    for consent in found.seal.consents:
        output.say(
            "tell.consented", subject=consent.subject, dataset=consent.dataset, until=consent.until
        )
        _tell_witness(
            output, consent.subject, witness=consent.entry.witness, stepped_up=consent.stepped_up
        )
    if found.seal.advice is not None:
        _tell_advice(output, found.seal.advice)
    if found.example:
        output.say("tell.example-mark", style="yellow")
    output.say("tell.verified", delivery=found.delivery, root=found.seal.root_fingerprint)
    output.result(
        {
            "delivery": found.delivery,
            "verified": list(found.steps),
            "example": found.example,
            "root_fingerprint": found.seal.root_fingerprint,
            "head": found.head.to_mapping(),
        }
    )


def _tell_advice(output: Output, advice: Advice) -> None:
    """Who advised, what was said to it and by whom."""
    output.say("tell.advised-by", subject=advice.subject, fingerprint=advice.fingerprint[:19])
    _tell_witness(output, advice.subject, witness=advice.witness, stepped_up=advice.stepped_up)
    output.say(
        "tell.advice-followed" if advice.followed else "tell.advice-explained",
        subject=advice.answered_by, fingerprint=advice.answer_fingerprint[:19],
    )  # fmt: skip
    _tell_witness(
        output, advice.answered_by,
        witness=advice.answer_witness, stepped_up=advice.answer_stepped_up,
    )  # fmt: skip


def _tell_witness(output: Output, subject: str, *, witness: bool, stepped_up: str) -> None:
    """Whether a portal signed for somebody, and when they had shown anew who they are."""
    if stepped_up:
        moment = datetime.fromisoformat(stepped_up)
        output.say("tell.witnessed-anew", subject=subject, moment=moment)
    elif witness:
        output.say("tell.witnessed", subject=subject)


def tell_counts(output: Output, figure: ReleasedFigure, *, of: str) -> None:
    """One row per combination of values, the count last.

    Args:
        output: Where it is shown.
        figure: The table; none of its cells is withheld.
        of: The head of the column with the counts.
    """
    words = {ALL: output.words("tell.noisy-all"), UNKNOWN: output.words("tell.noisy-unknown")}
    output.rows(
        (*figure.dimensions, of),
        [
            (*(words.get(key, key) for key in cell.keys),
             output.words("tell.number", number=cell.count or 0))
            for cell in figure.cells
        ],
    )  # fmt: skip
