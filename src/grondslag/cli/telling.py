"""What came of a step, told to people and to programs."""

from grondslag.analysis.fixed_lists import UNKNOWN
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
        if signature.shown_anew is not None:
            output.say(
                "tell.witnessed-anew", subject=signature.subject, moment=signature.shown_anew
            )
        elif signature.witness:
            output.say("tell.witnessed", subject=signature.subject)
    for consent in found.seal.consents:
        output.say(
            "tell.consented", subject=consent.subject, dataset=consent.dataset, until=consent.until
        )
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
