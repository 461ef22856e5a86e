"""``groundswell detect``: spikes in a plain series of counts. Needs no store."""

from __future__ import annotations

import csv
import gc
import io
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Annotated, TextIO

import numpy as np
import typer

from rules.trend.online import (
    DEFAULT,
    ENDED,
    HIGH,
    LOW,
    SAID,
    SCORE,
    CountsDetector,
    OnlineSettings,
    scaled,
)
from service.cli.app import WRONG_INPUT, WrongInput, app, reports_errors
from service.cli.output import complain, progress
from service.cli.series_rows import Rows, read_chunks

HEADER = "timestamp,value,expected_low,expected_high,score,alarm,reason"
STDIN = "-"
NEEDS_QUOTES = re.compile('[,"\n\r]')


@dataclass(frozen=True, slots=True)
class Task:
    """One file to go through. ``shown``: its name in every row, where there are several."""

    path: str
    timestamp: str
    value: str
    settings: OnlineSettings
    shown: str | None = None


@app.command()
@reports_errors
def detect(
    series: Annotated[
        list[str], typer.Argument(help="CSV files, each one series in time order; - is stdin.")
    ],
    timestamp_column: Annotated[
        str,
        typer.Option(help="Column of the times: ISO 8601 (no zone: UTC) or epoch seconds."),
    ] = "timestamp",
    value_column: Annotated[str, typer.Option(help="Column of the counts.")] = "value",
    jobs: Annotated[int, typer.Option(min=1, help="Files gone through at the same time.")] = 1,
    false_alarms: Annotated[
        float | None,
        typer.Option(help="Expected false alarms per week and series; sets how high the bar is."),
    ] = None,
) -> None:
    """Find spikes in series of counts, such as mentions per 5 minutes.

    Writes CSV: timestamp,value,expected_low,expected_high,score,alarm,reason. Of several files the
    first column is the series. A row is judged by the rows before it alone. The expected counts are
    blank while too little is known; alarm is 1 where a spike starts or grows much; score is 0 to 1
    and says how near to an alarm a row comes, 0.5 being one. Missing rows and blank counts are
    blind spots, not zeros. Rows that cannot be read are told on stderr and left out, and the exit
    code is 2 at the end.
    """
    settings = DEFAULT
    if false_alarms is not None:
        try:
            settings = scaled(DEFAULT, per_week=false_alarms)
        except ValueError as error:
            raise WrongInput(f"--false-alarms: {error}") from None
    shown = _names(series)
    tasks = [
        Task(path, timestamp_column, value_column, settings, shown.get(path)) for path in series
    ]
    for task in tasks:
        _check(task.path)
    sys.stdout.write(HEADER + "\n" if len(tasks) == 1 else f"series,{HEADER}\n")
    right = _one_by_one(tasks) if jobs == 1 or len(tasks) == 1 else _side_by_side(tasks, jobs)
    if not right:
        raise typer.Exit(WRONG_INPUT)


def _names(series: Sequence[str]) -> dict[str, str]:
    """What each file is called in the rows: its name, or its path where names are not unique."""
    if len(series) == 1:
        return {}
    if len(set(series)) < len(series):
        raise WrongInput("a file is named twice")
    often = Counter(Path(path).name for path in series)
    return {path: Path(path).name if often[Path(path).name] == 1 else path for path in series}


def _check(path: str) -> None:
    if path != STDIN and not Path(path).is_file():
        raise WrongInput(f"{path}: there is no such file; is the name right?")


def _one_by_one(tasks: Sequence[Task]) -> bool:
    right = True
    with progress("series", total=len(tasks)) as done:
        for number, task in enumerate(tasks, start=1):
            told = run(task, sys.stdout)
            right = right and told
            done(number)
    return right


def _side_by_side(tasks: Sequence[Task], jobs: int) -> bool:
    """Each file in a process of its own, into a file of its own; shown in the order asked for."""
    if any(task.path == STDIN for task in tasks):
        raise WrongInput("stdin cannot be shared between processes; leave --jobs out")
    right = True
    with tempfile.TemporaryDirectory(prefix="groundswell-") as folder:
        outs = [str(Path(folder) / f"{number}.csv") for number in range(len(tasks))]
        with (
            ProcessPoolExecutor(min(jobs, len(tasks))) as pool,
            progress("series", total=len(tasks)) as done,
        ):
            for number, (out, (told, wrong)) in enumerate(
                zip(outs, pool.map(_into_file, tasks, outs), strict=True), start=1
            ):
                if wrong:
                    raise WrongInput(wrong)
                right = right and told
                with Path(out).open(encoding="utf-8", newline="") as made:
                    shutil.copyfileobj(made, sys.stdout)
                Path(out).unlink()
                done(number)
    return right


def _into_file(task: Task, out: str) -> tuple[bool, str]:
    """Whether every row was right, and why the file could not be read at all."""
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        try:
            return run(task, file), ""
        except WrongInput as error:
            return False, str(error)


def run(task: Task, out: TextIO) -> bool:
    """One series from its file to ``out``; False if rows were left out. Raises WrongInput."""
    detector = CountsDetector(task.settings)
    wrong: list[str] = []

    def tell(what: str) -> None:
        wrong.append(what) if not wrong else None
        complain(what, prefix=False)

    name = "stdin" if task.path == STDIN else task.path
    prefix = "" if task.shown is None else f"{_cell(task.shown)},"
    with _opened(task.path) as lines, _collecting_only_what_is_new():
        for rows in read_chunks(
            lines, name=name, timestamp=task.timestamp, value=task.value, complain=tell
        ):
            out.write("".join(_lines(detector, rows, prefix=prefix)))
    return not wrong


@contextmanager
def _collecting_only_what_is_new() -> Iterator[None]:
    """Rows are many small lists: going through all that was imported for each few hundred of them
    took as long as the rest."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _opened(path: str) -> Iterator[TextIO]:
    """Raises WrongInput."""
    if path == STDIN:
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        return
    try:
        # Only that it opens is told as wrong input, so the block that closes it begins below.
        file = Path(path).open(encoding="utf-8-sig", newline="")  # noqa: SIM115
    except OSError as error:
        raise WrongInput(f"{path}: cannot be read: {error.strerror}") from None
    with file:
        yield file


def _lines(detector: CountsDetector, rows: Rows, *, prefix: str) -> Iterator[str]:
    """Lines of CSV. Rows that nobody counted are shown, not judged."""
    values = np.array(rows.values)
    heard = ~np.isnan(values)
    judged = detector.judge(np.array(rows.times)[heard], values[heard])
    said = iter(judged[:, [LOW, HIGH, SCORE, SAID]].tolist())
    place = -1
    # A band holds for half an hour, so it is written once and not for every row.
    last: tuple[float, float] | None = None
    band = ","
    for start, counted in zip(_starts(rows, prefix), heard.tolist(), strict=True):
        if not counted:
            yield f"{start},,,0,0,\n"
            continue
        place += 1
        low, high, score, kind = next(said)
        if last != (low, high):
            last = low, high
            band = "," if isnan(low) else f"{low:.1f},{high:.1f}"
        if kind:
            alarm = int(kind != ENDED)
            reason = _cell(detector.reason(judged[place].tolist()))
            yield f"{start},{band},{max(score, 0.5 * alarm):.4f},{alarm},{reason}\n"
        else:
            yield f"{start},{band},{score:.4f},0,\n"


def _starts(rows: Rows, prefix: str) -> Iterator[str]:
    """What stood in the file, as the first cells of each line."""
    if NEEDS_QUOTES.search("".join(rows.stamps)) or NEEDS_QUOTES.search("".join(rows.counts)):
        for stamp, count in zip(rows.stamps, rows.counts, strict=True):
            yield f"{prefix}{_cell(stamp)},{_cell(count)}"
    else:
        for stamp, count in zip(rows.stamps, rows.counts, strict=True):
            yield f"{prefix}{stamp},{count}"


def _cell(text: str) -> str:
    """As a cell of CSV."""
    if not NEEDS_QUOTES.search(text):
        return text
    cells = io.StringIO()
    csv.writer(cells, lineterminator="").writerow([text])
    return cells.getvalue()
