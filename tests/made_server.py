"""A real PostgreSQL server for one test module: own folder, own port, loopback only."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_HOME = Path("/usr/lib/postgresql")
# The server refuses to run as root: then it runs as the user that Debian's package makes for it.
_USER = "postgres" if os.getuid() == 0 else None


@dataclass(frozen=True)
class Server:
    """A running server that lets everyone on this machine in."""

    port: int
    _tools: Path
    _folder: Path

    def run(self, statements: str) -> str:
        """Run statements of a test; what they answer, one row per line."""
        command = [self._tools / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]
        told = subprocess.run(
            [*command, "-v", "ON_ERROR_STOP=1", "-q", "-t", "-A", "-d", "postgres"],
            input=statements, text=True, check=True, capture_output=True,
        )  # fmt: skip
        return told.stdout.strip()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self._folder}"
        self._control("-l", self._folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a crash would: every connection breaks, whatever it was doing."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: object) -> None:
        _run([self._tools / "pg_ctl", "-D", self._folder / "data", *words], self._folder)


def postgres_tools() -> Path | None:
    """The folder with the programs of the newest PostgreSQL on this machine, if there is one."""
    found = sorted(_HOME.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for one test module; skips where PostgreSQL is not installed."""
    tools = postgres_tools()
    if tools is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    with running_server(tools) as running:
        yield running


@contextmanager
def running_server(tools: Path) -> Iterator[Server]:
    """Start a server, and stop it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="grondslag-pg-"))
    try:
        if _USER:
            shutil.chown(folder, _USER)
        _run([tools / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
              "-E", "UTF8"], folder)  # fmt: skip
        server = Server(_free_port(), tools, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[object], folder: Path) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True, cwd=folder, user=_USER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
