"""``listen``: on a machine without the internet, with one feed that answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rich.console import Console

from service.cli.listen_view import Heard, look, picture, state_of
from service.cli.poll import outcome
from service.ingest.poll import Polled
from service.runtime import build_runtime
from service.settings import load_settings
from service.store.reads.sources import source_list
from service.store.sources import record_failure
from service.workspace.listening import listen_to
from tests.builders import NOON
from tests.house.source import ROOT
from tests.service.cli.conftest import Run

FEED = b"""<rss version="2.0"><channel><title>t</title>
<item><guid>1</guid><title>Acme Kettles are great \x1b[31m</title><link>http://a.example/1</link></item>
<item><guid>2</guid><title>Other news</title><link>http://a.example/2</link></item>
</channel></rss>"""


class _Feed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = 200 if self.path == "/feed.xml" else 500
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED if status == 200 else b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_source_that_answers_is_enough(run: Run, origin: str) -> None:
    done = run(
        "listen", "Acme Kettles", "--competitor", "Globex", "--feed", f"{origin}/feed.xml", "--once"
    )
    assert done.exit_code == 0
    assert "/feed.xml: ok: 2 fetched, 1 new mentions" in done.stdout
    assert "Reddit: Acme Kettles: blind: " in done.stdout
    assert "web  positive  Acme Kettles are great" in done.stdout
    assert "\x1b" not in done.stdout
    assert " of 13 sources heard, 2 posts fetched, 1 new mentions" in done.stdout


@pytest.mark.process
def test_mentions_are_shown_as_they_come_until_ctrl_c(folder: Path, origin: str) -> None:
    call = [sys.executable, "-m", "service", "listen", "Acme Kettles", "--port", "0"]
    started = subprocess.Popen(
        [*call, "--feed", f"{origin}/feed.xml"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    shown = []
    for line in started.stdout:
        shown.append(line)
        if line.startswith("mention: "):
            break
    started.send_signal(signal.SIGINT)
    rest, complaints = started.communicate(timeout=30)
    told = "".join(shown) + rest
    assert started.returncode == 0, complaints
    assert "Groundswell listens on http://127.0.0.1:" in told
    assert "mention: web: positive: Acme Kettles are great" in told
    assert "\x1b" not in told
    assert "source: Reddit: Acme Kettles: blind: " in told
    assert "Traceback" not in complaints


def test_nothing_heard_is_exit_code_1_and_every_reason_is_told(run: Run, origin: str) -> None:
    done = run("listen", "Acme Kettles", "--feed", f"{origin}/broken", "--once")
    assert done.exit_code == 1
    assert done.stdout.count(": blind: ") == 13
    assert "0 of 13 sources heard" in done.stdout


def test_a_port_in_use_is_told(run: Run, origin: str) -> None:
    done = run("listen", "Acme", "--port", origin.rsplit(":", 1)[1])
    assert done.exit_code == 2
    assert done.stderr.startswith("groundswell: cannot listen on 127.0.0.1:")


@pytest.mark.usefixtures("folder")
def test_the_picture_shows_what_each_source_does() -> None:
    runtime = build_runtime(load_settings())
    try:
        runtime.store.migrate()
        with runtime.store.write() as session:
            listening = listen_to(session, "Acme", now=NOON)
            first = source_list(session)[0]
            record_failure(
                session,
                first.id,
                now=NOON,
                error="the host of https://a.example/very/long was not found",
                next_poll_at=NOON,
                stopped=False,
            )
        heard = look(runtime, listening)
    finally:
        runtime.close()
    words = {name: (word, told) for name, word, told in heard.sources}
    assert words[first.name] == ("blind", "the host of a.example was not found")
    assert words["Reddit: Acme"] == ("waiting", "first poll at 12:00:00 UTC")
    assert [name for name, _, _ in heard.sources] == list(listening.sources)
    assert state_of(first, polling=True) == ("polling", "is being polled")
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(picture(heard, height=24))
    told = console.export_text()
    console.file.close()
    assert "blind" in told
    assert max(len(line) for line in told.splitlines()) <= 80


def test_markup_in_a_name_or_a_post_means_nothing() -> None:
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(picture(Heard((("[red]x[/red]", "ok", "[link]"),), ()), height=24))
    assert "[red]x[/red]" in console.export_text()
    console.file.close()


def test_an_outcome_counts_what_could_not_be_read() -> None:
    assert outcome(Polled("s", (), error="no")) == "s: blind: no"
