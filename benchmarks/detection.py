"""How well the spike detector does on counted series with labelled windows.

    python benchmarks/detection.py FOLDER [--score SCORE.py] [--severity 3]

FOLDER holds one CSV for each series (``timestamp,value``; each row counts the time up to the
next), ``windows.json`` and ``labels.json``. Every count is taken as negative mentions on one
platform. An alarm is the row at which the detector finds that a spike started or grew to at least
the severity asked for. Scored by the folder's own ``score.py`` (default: beside FOLDER), which
runs as a program of its own.

Such series have no negative share, platforms or reach, so nothing in them can page: what is
measured is the finding of spikes, not the choosing of pages.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rules.severity import Severity
from rules.trend import DetectorSettings, DetectorState, Point, Series, observe

PLATFORM = "counted"


def read_rows(path: Path) -> list[tuple[str, datetime, int]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            (
                row["timestamp"],
                datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC),
                round(float(row["value"])),
            )
            for row in csv.DictReader(file)
        ]


def alarms(
    rows: list[tuple[str, datetime, int]], *, severity: Severity, settings: DetectorSettings
) -> set[str]:
    """The timestamps at which an alarm is raised, looking once at each row as it comes."""
    series = Series.build(
        (Point(at, count, count, 0, PLATFORM) for _, at, count in rows), since=rows[0][1]
    )
    state = DetectorState()
    raised: set[str] = set()
    for told, at, _ in rows:
        state, finding = observe(state, series, now=at + timedelta(minutes=1), settings=settings)
        if finding is not None and finding.kind != "ended" and finding.severity <= severity:
            raised.add(told)
    return raised


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer (default: FOLDER/../score.py)")
    parser.add_argument("--severity", type=int, default=4, help="alarms of this or worse (1 to 4)")
    asked = parser.parse_args()
    settings = DetectorSettings()
    with tempfile.TemporaryDirectory() as made:
        began, looks = time.perf_counter(), 0
        for path in sorted(asked.folder.glob("*.csv")):
            rows = read_rows(path)
            looks += len(rows)
            raised = alarms(rows, severity=Severity(asked.severity), settings=settings)
            with (Path(made) / path.name).open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(["timestamp", "alarm"])
                writer.writerows([told, 1] for told in sorted(raised))
        spent = time.perf_counter() - began
        print(f"{looks} looks, {1000 * spent / max(1, looks):.2f} ms each")
        scorer = asked.score or asked.folder.resolve().parent / "score.py"
        command = [
            sys.executable,
            str(scorer),
            "--truth",
            str(asked.folder),
            "--detections",
            made,
            "--per-series",
        ]
        sys.stdout.flush()
        raise SystemExit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
