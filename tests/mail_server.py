"""A mail server on this machine that speaks SMTP over a real socket, with STARTTLS when asked."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it receives.

    Args:
        certificate: File with a key and its certificate; None: no STARTTLS is offered.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.messages: list[EmailMessage] = []
        self.encrypted: list[bool] = []
        self.tls = None
        if certificate is not None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[MailServer]:
    """Run one while inside."""
    with MailServer(certificate) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def certificate_for(host: str, file: Path) -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        encrypted = False
        self._say("220 mail.example")
        while line := self.rfile.readline():
            verb = line.decode("ascii").strip().upper()
            if verb.startswith("EHLO"):
                offered = self.server.tls is not None and not encrypted
                self._say("250-mail.example", "250 STARTTLS" if offered else "250 OK")
            elif verb == "STARTTLS" and self.server.tls is not None:
                self._say("220 go")
                try:
                    wrapped = self.server.tls.wrap_socket(self.connection, server_side=True)
                except ssl.SSLError:
                    return  # the other side does not trust us
                self.connection, encrypted = wrapped, True
                self.rfile, self.wfile = wrapped.makefile("rb"), wrapped.makefile("wb", 0)
            elif verb == "DATA":
                self._say("354 go")
                self.server.messages.append(self._message())
                self.server.encrypted.append(encrypted)
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 OK")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        read = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode("ascii"))
