"""How much of real feeds is read, how rightly and how fast.

    python benchmarks/feeds.py FOLDER [--measures FOLDER]

FOLDER holds ``real/`` (feeds as they were found) and perhaps ``expected.jsonl`` (what is in them).
Every feed is served by an HTTP server on this machine and polled twice by the rss connector, as in
service. ``--measures`` names a folder with ``score.py`` and ``norm.py``, which compare fields.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from connectors.contract import Surroundings
from connectors.dates import parse_date
from connectors.errors import ConnectorError
from connectors.http import HttpClient
from connectors.rss import RssConnector, RssSettings
from connectors.rss.parse import read

FIELDS = ("id", "link", "title", "published")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_parts: Any) -> None:
        """Requests are not the news here."""


def poll_all(folder: Path) -> None:
    """Serve and poll every feed twice, and tell what came of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    http = HttpClient(now=lambda: datetime.now(UTC), private_networks=True)
    surroundings = Surroundings(http=http, now=lambda: datetime.now(UTC))
    told: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    files = sorted(path for path in folder.iterdir() if path.is_file())
    size = sum(path.stat().st_size for path in files)
    started, cpu = time.perf_counter(), time.process_time()
    for path in files:
        url = f"http://127.0.0.1:{server.server_address[1]}/{path.name}"
        connector = RssConnector(RssSettings(url=url, max_entries=5000), surroundings)
        begun = time.process_time()
        try:
            batch = connector.poll(None)
        except ConnectorError as error:
            told["refused"] += 1
            reasons[f"feed: {type(error).__name__}: {str(error)[:70]}"] += 1
        except Exception as error:
            told["crashed"] += 1
            reasons[f"CRASH: {path.name}: {type(error).__name__}: {error}"] += 1
        else:
            again = connector.poll(batch.cursor)
            told["read"] += 1
            told["mentions"] += len(batch.mentions)
            told["left out"] += len(batch.left_out)
            told["given again"] += len(again.mentions)
            told["damaged"] += "damaged" in (batch.notice or "")
            told["undated"] += sum(mention.published_at is None for mention in batch.mentions)
            reasons.update(f"entry: {entry.reason}" for entry in batch.left_out)
        times.append((time.process_time() - begun, path.name))
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    server.shutdown()
    http.close()
    print(
        f"{len(files)} feeds, {size / 1e6:.1f} MB: "
        + ", ".join(f"{n} {k}" for k, n in told.items())
    )
    for reason, count in reasons.most_common(20):
        print(f"  {count:5} {reason}")
    slowest = ", ".join(f"{name} {seconds:.2f} s" for seconds, name in sorted(times)[:-4:-1])
    print(
        f"{wall:.1f} s by the clock, {cpu:.1f} s of CPU (server included):"
        f" {len(files) / cpu:.0f} feeds/s, {told['mentions'] / cpu:.0f} mentions/s;"
        f" slowest: {slowest}"
    )


def compare(folder: Path, measures: Path) -> None:
    """Each field of each expected entry: is it what the feed says?"""
    sys.path.insert(0, str(measures))
    score = _load(measures / "score.py")
    score.H = str(folder.parent)
    counts, _failures = score.score(folder.name, _as_measured)
    for kind in ("real", "small"):
        right = sum(counts[kind, field, "ok"] for field in FIELDS)
        all_ = sum(counts[kind, field, "n"] for field in FIELDS)
        if all_:
            print(
                f"{kind}: {counts[kind, 'files']} files, {counts[kind, 'crash']} refused or"
                f" crashed, {100 * right / all_:.2f} % of {all_} fields right"
            )
            for field in FIELDS:
                share = counts[kind, field, "ok"] / max(1, counts[kind, field, "n"])
                print(f"  {field}: {100 * share:.2f} %")


def dates(path: Path) -> None:
    """Each date string: is it the moment meant, and is none made up?"""
    cases = [json.loads(line) for line in path.open()]
    wrong = []
    for case in cases:
        moment = parse_date(case["raw"])
        if (moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None) != case["utc"]:
            wrong.append(case["raw"])
    print(f"dates: {len(cases) - len(wrong)} of {len(cases)} right; wrong: {wrong}")


def _as_measured(body: bytes, headers: dict[str, str] | None) -> list[dict[str, Any]]:
    told = {name.lower(): value for name, value in (headers or {}).items()}
    document = read(body, url="http://feed.example/feed", content_type=told.get("content-type", ""))
    return [
        {"id": entry.id, "link": entry.link, "title": entry.title, "published": entry.published_at}
        for entry in document.entries
    ]


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--measures", type=Path, default=None)
    given = parser.parse_args()
    if not (given.folder / "real").is_dir():
        parser.error(f"{given.folder} has no folder 'real'")
    poll_all(given.folder / "real")
    if given.measures and (given.folder / "expected.jsonl").is_file():
        compare(given.folder, given.measures)
    if (given.folder / "dates.jsonl").is_file():
        dates(given.folder / "dates.jsonl")


if __name__ == "__main__":
    main()
