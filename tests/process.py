"""The real service as a process of its own: started, waited for, killed, started again.

    with a_service(tmp_path) as service:
        service.wait_until_ready()
        service.kill()          # SIGKILL: no farewell
        service.start()         # the same data, the same port

Only loopback, a data folder of the test's, and what it logs is shown when it does not come up.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.house.source import ROOT

READY_SECONDS = 60.0
STOP_SECONDS = 30.0


class ServiceFailed(Exception):
    """The process ended or did not become ready; the message holds the end of its log."""


class ServiceProcess:
    """``groundswell COMMAND`` on a free port. ``data`` is its data folder."""

    def __init__(
        self,
        data: Path,
        *,
        command: Sequence[str] = ("serve",),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = tuple(command)
        self._settings = dict(settings or {})
        self._log = data / "service.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; ``wait_until_ready`` says when it answers."""
        assert self._process is None, "it is running already"
        self.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service", *self._command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None, "it is not running"
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """What its process has, for other commands that shall work on the same data."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("GROUNDSWELL_")}
        ours = {
            "GROUNDSWELL_DATA_DIR": str(self.data),
            "GROUNDSWELL_HOST": "127.0.0.1",
            "GROUNDSWELL_PORT": str(self.port),
            "GROUNDSWELL_PRIVATE_NETWORKS": "true",
            "PYTHONUNBUFFERED": "1",
        }
        return clean | ours | self._settings

    def run(self, *command: str, timeout: float = 60.0) -> str:
        """Another command of ours on the same data, to its end. Returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "service", *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode != 0:
            raise ServiceFailed(f"{command} ended with {done.returncode}:\n{done.stderr[-4000:]}")
        return done.stdout

    def wait_until_ready(self, *, seconds: float = READY_SECONDS) -> None:
        """Until /readyz answers 200. Raises ServiceFailed."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self._process is not None, "start it first"
            if self._process.poll() is not None:
                raise ServiceFailed(f"ended with {self._process.returncode}:\n{self.log()[-4000:]}")
            try:
                if httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise ServiceFailed(f"not ready after {seconds:.0f} seconds:\n{self.log()[-4000:]}")

    def log(self) -> str:
        """Everything it has written since the first start."""
        return self._log.read_text("utf-8", errors="replace") if self._log.exists() else ""

    def kill(self) -> None:
        """SIGKILL, as a crash of the machine would."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end and wait. Returns its exit code. Raises ServiceFailed if it does not."""
        process, self._process = self._process, None
        assert process is not None, "it is not running"
        process.send_signal(by)
        try:
            return process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            told = f"did not stop within {STOP_SECONDS:.0f} seconds:\n{self.log()[-4000:]}"
            raise ServiceFailed(told) from None


@contextmanager
def a_service(
    data: Path,
    *,
    command: Sequence[str] = ("serve",),
    settings: Mapping[str, str] | None = None,
) -> Iterator[ServiceProcess]:
    """Started, and killed at the end if it still runs."""
    service = ServiceProcess(data, command=command, settings=settings)
    service.start()
    try:
        yield service
    finally:
        service.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
