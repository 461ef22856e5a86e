"""The real service as a process: it starts, survives kill -9, and stops when asked."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.process import a_service

pytestmark = pytest.mark.process


def test_the_service_starts_survives_a_kill_and_starts_again(tmp_path: Path) -> None:
    with a_service(tmp_path / "data") as service:
        service.wait_until_ready()
        service.kill()
        with pytest.raises(httpx.TransportError):
            httpx.get(service.address)
        service.start()
        service.wait_until_ready()
        assert httpx.get(f"{service.address}/healthz").status_code == 200


def test_the_demo_pages_somebody_by_name_and_keeps_the_way_in_in_sight(tmp_path: Path) -> None:
    with a_service(tmp_path / "data", command=("demo", "--no-live")) as service:
        deadline = time.monotonic() + 60
        while service.log().count("Groundswell listens on") < 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        told = service.log()
        before, after = told.split("PAGE You, on call: SEV")
        assert service.address in before
        assert f"{service.address}/login/link/" in after
        assert "uvicorn" not in told
        service.stop(by=signal.SIGINT)
        assert service.log().endswith("Stopped. Starting again goes on where it was.\n")


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_the_service_stops_cleanly_when_asked(tmp_path: Path, by: signal.Signals) -> None:
    with a_service(tmp_path / "data") as service:
        service.wait_until_ready()
        assert service.stop(by=by) in (0, 128 + by)
        assert "Traceback" not in service.log()
