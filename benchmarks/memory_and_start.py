"""How long the demonstration takes to show something, and how much memory it then holds.

    python benchmarks/memory_and_start.py [--rounds 3] [--rest 60]

Starts ``groundswell demo --no-live`` as a process of its own with an empty data folder (already
installed; Linux, since memory is read from /proc). Wall seconds from the start of the process
until /healthz answers 200, until somebody who followed the printed link sees the overview, and
until the overview shows an open incident; then MiB resident at ``--rest`` seconds and at the
highest, and CPU seconds of the last ten seconds, with all the jobs ticking and nobody looking.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.process import ServiceProcess

LINK = re.compile(r"http://\S+(/login/link/\S+)")
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
SHOWN = re.compile(r'class="incident-row[^>]*href="/incidents/\d+"')
PATIENCE = 120.0
LAST = 10.0


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not within {PATIENCE:.0f} s")
        time.sleep(0.05)


def is_healthy(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def sign_in(client: httpx.Client, service: ServiceProcess) -> None:
    until(lambda: LINK.search(service.log()) is not None, "the link that signs in")
    found = LINK.search(service.log())
    assert found is not None
    form = CSRF.search(client.get(found[1]).text)
    assert form is not None, "the link's page has no form"
    client.post(found[1], data={"csrf": form[1]}).raise_for_status()


def memory(pid: int, name: str) -> float:
    """MiB: ``VmRSS`` is what is resident now, ``VmHWM`` the most that ever was."""
    told = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert told is not None
    return int(told[1]) / 1024


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(folder: Path, *, rest: float) -> None:
    service = ServiceProcess(folder, command=("demo", "--no-live"))
    began = time.monotonic()
    service.start()
    try:
        with httpx.Client(
            base_url=service.address, follow_redirects=True, timeout=30, trust_env=False
        ) as client:
            until(lambda: is_healthy(client), "/healthz")
            healthy = time.monotonic() - began
            sign_in(client, service)
            assert "/login" not in str(client.get("/").url), "not signed in"
            page = time.monotonic() - began
            until(lambda: SHOWN.search(client.get("/").text) is not None, "an incident")
            incident = time.monotonic() - began
        time.sleep(max(0.0, began + rest - LAST - time.monotonic()))
        before = cpu(service.pid)
        time.sleep(LAST)
        print(
            f"healthz {healthy:.1f} s   signed in, overview {page:.1f} s   "
            f"incident shown {incident:.1f} s   "
            f"resident {memory(service.pid, 'VmRSS'):.0f} MiB "
            f"(highest {memory(service.pid, 'VmHWM'):.0f})   "
            f"CPU at rest {100 * (cpu(service.pid) - before) / LAST:.1f} %",
            flush=True,
        )
    finally:
        service.stop()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--rest", type=float, default=60.0, help="seconds after the start")
    asked = arguments.parse_args()
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), rest=asked.rest)


if __name__ == "__main__":
    main()
