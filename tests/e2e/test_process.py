"""The real service as a process: it starts, survives kill -9, and stops when asked."""

from __future__ import annotations

import signal
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


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_the_service_stops_cleanly_when_asked(tmp_path: Path, by: signal.Signals) -> None:
    with a_service(tmp_path / "data") as service:
        service.wait_until_ready()
        assert service.stop(by=by) in (0, 128 + by)
        assert "Traceback" not in service.log()
