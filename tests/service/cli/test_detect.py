"""groundswell detect: what it reads, what it writes, what it says of bad rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from service.cli.series_rows import CHUNK
from tests.rules.trend.online.counted import at, rhythm, times
from tests.service.cli.conftest import Run

HEADER = ["timestamp", "value", "expected_low", "expected_high", "score", "alarm", "reason"]


def lines(days: float = 14, *, seed: int = 1) -> list[str]:
    """A header and rows of five minutes with a burst at noon of the 11th day."""
    when = times(days)
    counts = rhythm(when, mean=20, seed=seed)
    counts[at(when, day=10.5, hours=1)] += 400
    stamps = np.datetime_as_string(when.astype("datetime64[s]"))
    return [
        "timestamp,value",
        *(
            f"{stamp.replace('T', ' ')},{count:.0f}"
            for stamp, count in zip(stamps, counts, strict=True)
        ),
    ]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def write(path: Path, told: list[str]) -> str:
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return str(path)


def test_every_row_is_judged_and_a_burst_is_an_alarm_with_its_reason(
    run: Run, folder: Path
) -> None:
    told = lines()
    done = run("detect", write(folder / "acme.csv", told))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == ",".join(HEADER)
    judged = rows(done.stdout)
    assert [f"{row['timestamp']},{row['value']}" for row in judged] == told[1:]
    alarms = [row for row in judged if row["alarm"] == "1"]
    assert [row["timestamp"] for row in alarms] == ["2026-01-11 12:00:00"]
    assert "where" in alarms[0]["reason"]
    assert float(alarms[0]["score"]) >= 0.5
    assert all(float(row["score"]) < 0.5 for row in judged if row["alarm"] == "0")
    assert judged[0]["expected_low"] == ""
    assert float(judged[-1]["expected_low"]) < 12 < float(judged[-1]["expected_high"])


@pytest.mark.parametrize("cut", [2, 500, 3_030, CHUNK - 100])
def test_a_row_depends_on_no_later_row(run: Run, folder: Path, cut: int) -> None:
    told = lines(15)
    assert len(told) > CHUNK
    whole = run("detect", write(folder / "whole.csv", told)).stdout.splitlines()
    begun = run("detect", write(folder / "begun.csv", told[:cut])).stdout.splitlines()
    assert begun == whole[:cut]


def test_columns_can_be_named_and_stdin_is_read(run: Run) -> None:
    text = "brand,when,n\nAcme,2026-01-01T00:00Z,3\nAcme,2026-01-01T00:05Z,4\n"
    done = run("detect", "-", "--timestamp-column", "when", "--value-column", "n", stdin=text)
    assert done.exit_code == 0
    assert [row["value"] for row in rows(done.stdout)] == ["3", "4"]


def test_a_missing_column_is_told_with_those_there_are(run: Run, folder: Path) -> None:
    path = write(folder / "acme.csv", ["time,value", "2026-01-01,1"])
    done = run("detect", path)
    assert done.exit_code == 2
    assert f"{path}:1: there is no column 'timestamp', only time, value" in done.stderr
    assert "--timestamp-column" in done.stderr


def test_bad_rows_are_told_with_their_line_and_the_others_are_judged(
    run: Run, folder: Path
) -> None:
    told = [
        "timestamp,value",
        "2026-01-01 00:00,1",
        "yesterday,2",
        "2026-01-01 00:10,many",
        "2026-01-01 00:15,-4",
        "2026-01-01 00:05,1",
        "2026-01-01 00:01,1",
        "2026-01-01 00:20",
        "",
        "2026-01-01 00:25,7",
    ]
    path = write(folder / "acme.csv", told)
    done = run("detect", path)
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"{path}:{line}" for line in (3, 4, 5, 7, 8)
    ]
    assert [row["value"] for row in rows(done.stdout)] == ["1", "1", "7"]


def test_a_blank_count_is_a_blind_spot(run: Run, folder: Path) -> None:
    told = lines()
    blind = [*told[:3000], *(f"{line.split(',')[0]}," for line in told[3000:3024]), *told[3024:]]
    done = run("detect", write(folder / "blind.csv", blind))
    left_out = run("detect", write(folder / "out.csv", [*told[:3000], *told[3024:]]))
    assert done.exit_code == 0
    shown = done.stdout.splitlines()
    assert shown[3000].endswith(",,,,0,0,")
    assert [line for line in shown if not line.endswith(",,,,0,0,")] == left_out.stdout.splitlines()


def test_zones_and_seconds_since_1970_say_the_same(run: Run, folder: Path) -> None:
    told = lines()
    zoned = [told[0], *(f"{line[:19]}+00:00{line[19:]}" for line in told[1:])]
    when = times(14)
    epoch = [told[0], *(f"{at:.0f}{line[19:]}" for at, line in zip(when, told[1:], strict=True))]
    plain, *others = (
        [line.split(",", 1)[1] for line in run("detect", path).stdout.splitlines()]
        for path in (
            write(folder / "plain.csv", told),
            write(folder / "zoned.csv", zoned),
            write(folder / "epoch.csv", epoch),
        )
    )
    assert others == [plain, plain]


def test_several_files_are_told_apart_and_jobs_change_nothing(run: Run, folder: Path) -> None:
    paths = [write(folder / f"{n}.csv", lines(11, seed=n)) for n in (1, 2, 3)]
    alone = [run("detect", path).stdout.splitlines()[1:] for path in paths]
    done = run("detect", *paths)
    assert done.stdout.splitlines() == [
        ",".join(["series", *HEADER]),
        *(f"{n}.csv,{line}" for n, told in zip((1, 2, 3), alone, strict=True) for line in told),
    ]
    assert run("detect", *paths, "--jobs", "2").stdout == done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_is_not_there_is_told_before_anything_is_written(
    run: Run, folder: Path, jobs: str
) -> None:
    path = write(folder / "acme.csv", lines(1))
    done = run("detect", path, str(folder / "none.csv"), "--jobs", jobs)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "none.csv: there is no such file" in done.stderr


def test_what_is_no_text_is_told(run: Run, folder: Path) -> None:
    (folder / "bad.csv").write_bytes(b"timestamp,value\n2026-01-01,\xff\n")
    done = run("detect", str(folder / "bad.csv"))
    assert done.exit_code == 2
    assert "bad.csv:" in done.stderr
    assert "is not UTF-8" in done.stderr


def test_a_name_with_a_comma_stays_one_cell(run: Run, folder: Path) -> None:
    paths = [write(folder / name, lines(1)) for name in ("a,b.csv", "c.csv")]
    assert {row["series"] for row in rows(run("detect", *paths).stdout)} == {"a,b.csv", "c.csv"}


def test_the_rate_of_false_alarms_sets_the_bar(run: Run, folder: Path) -> None:
    path = write(folder / "acme.csv", lines(10))
    few, many = (
        max(float(row["score"]) for row in rows(run("detect", path, "--false-alarms", rate).stdout))
        for rate in ("0.05", "1.5")
    )
    assert few < many
    refused = run("detect", path, "--false-alarms", "0")
    assert refused.exit_code == 2
    assert "known from 0.03 to 2.03" in refused.stderr
