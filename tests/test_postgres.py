"""The keeper leaves nothing behind, however the tests end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.postgres import PostgresFailed, wait_for_url

pytestmark = pytest.mark.postgres

USER_OF_A_KEEPER = """
import time
from tests.postgres import Keeper, wait_for_url
keeper = Keeper()
wait_for_url(keeper.folder)
print(keeper.folder, flush=True)
time.sleep(60)
"""


def test_the_server_goes_when_the_tests_are_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", USER_OF_A_KEEPER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout is not None
        folder = Path(tests.stdout.readline().strip())
        assert folder.is_dir()
        tests.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()


def test_a_server_that_cannot_start_fails_the_test_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "told.json").write_text('{"failed": "no room on the disk"}')
    with pytest.raises(PostgresFailed, match="no room on the disk"):
        wait_for_url(tmp_path)
