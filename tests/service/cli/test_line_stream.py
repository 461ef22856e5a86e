"""Lines are answered in order and as they come, however they are cut into reads."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from service.cli.line_stream import Answer, answer_stdin, batches
from tests.growth import LINEAR, growth

JOBS = [1, 2]


class Echo:
    """Says each line again, and complains of those that say so."""

    def answer(self, lines: Sequence[bytes], *, first: int) -> Answer:
        said = [f"{number} {line.decode()}\n" for number, line in enumerate(lines, start=first)]
        return Answer("".join(said), ["wrong" for line in lines if line == b"wrong"])


class Failing:
    def answer(self, lines: Sequence[bytes], *, first: int) -> Answer:
        raise RuntimeError("cannot answer")


class Stdin:
    """Gives what it was given piece by piece."""

    def __init__(self, *pieces: bytes) -> None:
        self.buffer = self
        self._pieces = list(pieces)

    def read(self, _: int) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""

    def close(self) -> None:
        """As processes do with what they do not read."""


def test_lines_are_put_together_from_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"on", b"e", b"\ntwo\nth", b"ree\n\nfi", b"ve"))
    assert list(batches()) == [
        (1, [b"one", b"two"]),
        (3, [b"three", b""]),
        (5, [b"five"]),
    ]


def test_a_line_without_end_is_put_together_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(pieces: int) -> None:
        monkeypatch.setattr(sys, "stdin", Stdin(*[b"x" * 16_384] * pieces))
        assert len(next(batches())[1][0]) == 16_384 * pieces

    assert growth(read, small=60, large=600) < LINEAR


@pytest.mark.parametrize("jobs", JOBS)
def test_answers_come_in_order_and_complaints_make_it_wrong(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [b"%d" % number for number in range(5_000)]
    monkeypatch.setattr(sys, "stdin", Stdin(b"\n".join(lines)))
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert answer_stdin(Echo, jobs=jobs)
    assert out.getvalue() == "".join(f"{n + 1} {n}\n" for n in range(5_000))
    monkeypatch.setattr(sys, "stdin", Stdin(b"right\nwrong\n"))
    assert not answer_stdin(Echo, jobs=jobs)


@pytest.mark.parametrize("jobs", JOBS)
def test_what_fails_is_not_hidden(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"one\n"))
    with pytest.raises(RuntimeError, match="cannot answer"):
        answer_stdin(Failing, jobs=jobs)


@pytest.mark.process
@pytest.mark.parametrize("jobs", JOBS)
def test_an_answer_is_told_before_the_next_line_comes(jobs: int) -> None:
    program = (
        "from tests.service.cli.test_line_stream import Echo\n"
        "from service.cli.line_stream import answer_stdin\n"
        f"answer_stdin(Echo, jobs={jobs})\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number, word in enumerate([b"one", b"two", b"three"], start=1):
            process.stdin.write(word + b"\n")
            process.stdin.flush()
            assert process.stdout.readline() == b"%d %s\n" % (number, word)
        process.stdin.close()
        assert process.wait(timeout=30) == 0
