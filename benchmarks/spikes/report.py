"""What benchmarks/detection.py prints."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rules.trend.online import DEFAULT, HIGH, LOW, CountsDetector, OnlineSettings
from service.cli.detect import Task, run
from spikes.choice import AS_IT_IS, NEARBY, Raised, Trial, grid, left_out
from spikes.labelled import Labelled

HEADER = "standard / few false / few missed   windows     false alarms per series-week"
LONG = 1_000_000
"""Rows of the series that speed is measured on."""


def command(path: Path, out: io.TextIOBase | None = None) -> str:
    """What ``groundswell detect`` writes of one file."""
    told = io.StringIO()
    run(Task(str(path), "timestamp", "value", DEFAULT), told)
    return "timestamp,value,expected_low,expected_high,score,alarm,reason\n" + told.getvalue()


def by_the_scorer(folder: Path, scorer: Path) -> None:
    """The command's own output, given to the scorer as a program of its own."""
    with tempfile.TemporaryDirectory() as made:
        for path in sorted(folder.glob("*.csv")):
            (Path(made) / path.name).write_text(command(path), encoding="utf-8")
        asked = [sys.executable, str(scorer), "--truth", str(folder), "--detections", made]
        sys.stdout.flush()
        subprocess.run([*asked, "--per-series"], check=True)


def inside(series: Sequence[Labelled]) -> str:
    """How much of what was counted outside the windows lay in the band."""
    told = []
    for one in series:
        said = CountsDetector().judge(one.seconds, one.values)
        calm = np.ones(one.values.size, dtype=np.bool_)
        for start, end in one.windows:
            calm &= ~np.array([start <= when <= end for when in one.times])
        calm &= ~np.isnan(said[:, LOW])
        held = (one.values >= said[:, LOW]) & (one.values <= said[:, HIGH])
        told.append(f"{one.name.removesuffix('.csv')} {held[calm].mean():.1%}")
    return ", ".join(told)


def disturbed_table(trial: Trial, settings: OnlineSettings = DEFAULT) -> Raised:
    every = range(len(trial.scored))
    raised = trial.raised(settings)
    print(f"{'':22}{HEADER}")
    for how in trial.ways:
        print(f"{how:22}{trial.told(raised, ways=[how], only=every)}")
    print(f"{'all of them':22}{trial.told(raised, ways=trial.ways, only=every)}")
    for k in every:
        name = trial.scored[k][AS_IT_IS].series.name.removesuffix(".csv")
        print(f"  {name:32}{trial.told(raised, ways=trial.ways, only=[k])}")
    return raised


def nearby_table(trial: Trial) -> None:
    """How much hangs on each number: the others stay as they are."""
    every = range(len(trial.scored))
    print(f"{'':24}aim   {'as they are: ' + HEADER}")
    for name, values in [("as frozen", [0.0]), *NEARBY.items()]:
        for value in values:
            settings = DEFAULT if name == "as frozen" else DEFAULT._replace(**{name: value})
            raised = trial.raised(settings)
            shown = name if name == "as frozen" else f"{name} {value:g}"
            told = trial.told(raised, ways=[AS_IT_IS], only=every)
            print(f"{shown:22}{trial.aim(raised, only=every):5.1f}   {told}", flush=True)


def left_out_table(trial: Trial) -> None:
    """Settings chosen on some series and taken to others."""
    began = time.perf_counter()
    tried = [(settings, trial.raised(settings)) for settings in grid()]
    print(f"{len(tried)} settings tried in {time.perf_counter() - began:.0f} s", flush=True)
    for together in (1, 2):
        plain, copies, chosen = left_out(trial, tried, together=together)
        print(f"{together} left out, as they are    {plain}")
        print(f"{together} left out, all copies     {copies}")
        for one in sorted(set(chosen), key=chosen.index):
            changed = {
                name: value
                for name, value in one._asdict().items()
                if value != getattr(DEFAULT, name)
            }
            print(f"    chosen {chosen.count(one)} times: {changed or 'as frozen'}", flush=True)


def speed(series: Labelled) -> None:
    """Points per second and memory of one series."""
    many = np.tile(series.values, LONG // series.values.size + 1)[:LONG]
    seconds = series.seconds[0] + 300.0 * np.arange(LONG)
    CountsDetector().judge(seconds[:10], many[:10])
    detector = CountsDetector()
    began = time.process_time()
    detector.judge(seconds, many)
    print(f"judging alone: {LONG / (time.process_time() - began):,.0f} points/s of CPU")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.csv"
        stamps = np.datetime_as_string(seconds.astype("datetime64[s]"))
        rows = (f"{when},{count:.0f}\n" for when, count in zip(stamps, many, strict=True))
        path.write_text("timestamp,value\n" + "".join(rows), encoding="utf-8")
        with (Path(folder) / "said.csv").open("w", encoding="utf-8") as out:
            began = time.process_time()
            run(Task(str(path), "timestamp", "value", DEFAULT), out)
            spent = time.process_time() - began
    print(f"groundswell detect, CSV in and out: {LONG / spent:,.0f} points/s of CPU")
    kept = len(json.dumps(detector.to_json()))
    print(f"memory of a series: {detector.size:,} bytes, {kept:,} as JSON")
