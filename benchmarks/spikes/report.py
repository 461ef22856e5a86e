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
from statistics import median

import numpy as np

from rules.trend.online import (
    DEFAULT,
    GREW,
    HIGH,
    LOW,
    SAID,
    STARTED,
    CountsDetector,
    OnlineSettings,
)
from service.cli.detect import Task, run
from spikes.choice import AS_IT_IS, NEARBY, Raised, Trial, left_out
from spikes.labelled import Labelled
from spikes.scorer import figures

HEADER = "standard / few false / few missed   windows     false alarms per series-week"
LONG = 1_000_000
"""Rows of the series that speed is measured on."""


def command(path: Path) -> str:
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


def shifted(trial: Trial) -> None:
    """The same rows at other hours of the day: days and blocks of hours begin elsewhere in them."""
    told = []
    for hours in range(0, 24, 2):
        given = []
        for copies in trial.scored:
            one = copies[AS_IT_IS]
            said = CountsDetector().judge(one.series.seconds + hours * 3_637.0, one.series.values)
            raised = (said[:, SAID] == STARTED) | (said[:, SAID] == GREW)
            given.append(one.given(raised))
        told.append(figures(trial.scorer, given))
    for name in ("standard", "few_false", "hit", "false_per_week"):
        values = [getattr(one, name) for one in told]
        print(f"  {name}: {min(values):.2f} to {max(values):.2f}")


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


def left_out_table(trial: Trial, settings: Sequence[OnlineSettings], *, most: int) -> None:
    """Settings chosen on some series and taken to the others: up to ``most`` left out at a time."""
    tried = [(one, trial.raised(one)) for one in settings]
    every = range(len(trial.scored))
    plain = [trial.told(raised, ways=[AS_IT_IS], only=every) for _, raised in tried]
    middle = [
        median(getattr(one, name) for one in plain)
        for name in ("standard", "few_false", "false_per_week")
    ]
    print(
        f"{len(tried)} settings, as they are, in the middle: "
        f"{middle[0]:.1f} / {middle[1]:.1f}  {middle[2]:.2f}",
        flush=True,
    )
    for together in range(1, most + 1):
        left, copies, chosen = left_out(trial, tried, together=together)
        print(f"{together} left out, as they are    {left}")
        print(f"{together} left out, all copies     {copies}")
        for one in sorted(set(chosen), key=chosen.index):
            changed = {
                name: round(value, 2)
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
