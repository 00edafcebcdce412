"""Heads of the chain, brought where whoever rules this machine does not reach: by mail, on paper.

A head vouches for every record before it, so the newest one is enough: a head that could not be
sent is covered by the next one that can. A head names nobody and holds no word of a record.
"""

import json
import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Any, Protocol

from grondslag.audit.journal import Journal
from grondslag.audit.record import SignedHead
from grondslag.errors import SourceError
from grondslag.wording import sentence

_PATIENCE = 15.0
_GROUP = 4


class Channel(Protocol):
    """A way to bring a head elsewhere."""

    @property
    def key(self) -> str:
        """Which way it is, to remember what went along it."""
        ...

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``installation.yaml``."""
        ...

    def send(self, head: SignedHead, *, language: str) -> None:
        """Bring a head there.

        Raises:
            SourceError: It did not arrive.
        """
        ...


@dataclass(frozen=True, slots=True)
class MailChannel:
    """A mailbox outside the reach of whoever runs this machine: the FG's, or the auditor's.

    Args:
        host: Mail server that takes mail from this machine.
        port: Of that server.
        starttls: Whether the connection must be encrypted, with a certificate that is trusted.
        sender: Address it comes from.
        recipient: Address it goes to.
    """

    host: str
    port: int
    starttls: bool
    sender: str
    recipient: str

    @property
    def key(self) -> str:
        """The address."""
        return f"mail:{self.recipient}"

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``installation.yaml``."""
        return {"mail": asdict(self)}

    def send(self, head: SignedHead, *, language: str) -> None:
        """Mail it: readable, and as a file that ``audit verify --head`` takes.

        Raises:
            SourceError: The server cannot be reached, is not trusted, or does not take it.
        """
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = self.recipient
        message["Subject"] = sentence("audit.away-subject", language=language, number=head.number)
        message.set_content(_page(head, language))
        message.add_attachment(
            json.dumps(head.to_mapping(), indent=2).encode(),
            maintype="application",
            subtype="json",
            filename=f"head-{head.number:06d}.json",
        )
        try:
            with smtplib.SMTP(self.host, self.port, timeout=_PATIENCE) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            reason = type(error).__name__  # what a server answers is not ours to repeat
            raise SourceError("audit.head-not-mailed", host=self.host, reason=reason) from error


@dataclass(frozen=True, slots=True)
class PaperChannel:
    """A printer: paper cannot be changed from here.

    Args:
        printer: Its name, as ``lpstat -p`` gives it.
    """

    printer: str

    @property
    def key(self) -> str:
        """The printer."""
        return f"print:{self.printer}"

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in ``installation.yaml``."""
        return {"printer": self.printer}

    def send(self, head: SignedHead, *, language: str) -> None:
        """Print it, with its hash in groups to read aloud.

        Raises:
            SourceError: There is no ``lp``, or it refuses.
        """
        command = shutil.which("lp")
        if command is None:
            raise SourceError("audit.cannot-print", printer=self.printer)
        try:
            subprocess.run(  # noqa: S603 - no shell, and the schema keeps the name to plain letters
                [command, "-d", self.printer, "-"],
                input=_page(head, language).encode(),
                capture_output=True,
                check=True,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise SourceError("audit.head-not-printed", printer=self.printer) from error


def send_newest(
    head: SignedHead | None, channels: Sequence[Channel], *, sent: Journal, language: str
) -> Sequence[SourceError]:
    """Bring the newest head along every channel that has not had it yet.

    Args:
        head: The newest head; None for an empty chain.
        channels: The ways.
        sent: Keeps what went along which way.
        language: Of the words around it.

    Returns:
        What did not arrive, and why; it goes again at the next call.

    Raises:
        SourceError: What was sent cannot be read or kept.
    """
    if head is None or not channels:
        return ()
    had = _last_sent(sent)
    failed = []
    for channel in channels:
        if had.get(channel.key) == head.digest:
            continue
        try:
            channel.send(head, language=language)
        except SourceError as error:
            failed.append(error)
        else:
            kept = {"channel": channel.key, "head": head.digest, "number": head.number}
            sent.append(json.dumps(kept, sort_keys=True).encode())
    return tuple(failed)


def _last_sent(sent: Journal) -> Mapping[str, str]:
    """The head that went last along each channel; a line that is not ours counts for nothing."""
    had: dict[str, str] = {}
    for line in sent.lines():
        try:
            kept = json.loads(line)
            had[kept["channel"]] = kept["head"]
        except (ValueError, TypeError, KeyError):
            continue
    return had


def _page(head: SignedHead, language: str) -> str:
    groups = [head.hash[at : at + _GROUP] for at in range(0, len(head.hash), _GROUP)]
    return (
        sentence(
            "audit.away-page",
            language=language,
            number=head.number,
            time=head.time,
            hash=" ".join(groups),
            key=head.key,
        )
        + "\n"
    )
