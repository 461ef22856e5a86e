"""Lines from stdin to lines on stdout: in order, in constant memory, in one process or several."""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Final, Protocol, cast

from service.cli.output import complain

_READ_AT_ONCE: Final = 1 << 20
_LINES: Final = 1_000
"""Lines of one batch at most: more make nothing faster."""
_AHEAD: Final = 3
"""Batches for each process that are read before the first of them is answered."""


@dataclass(slots=True)
class Answer:
    """What goes to stdout, and what was wrong with which lines, for stderr."""

    told: str = ""
    complaints: list[str] = field(default_factory=list)


class Worker(Protocol):
    """Who answers lines; ``first`` is the number of the first of them."""

    def answer(self, lines: Sequence[bytes], *, first: int) -> Answer: ...


def answer_stdin(make: Callable[[], Worker], *, jobs: int) -> bool:
    """Write what a worker says of every line of stdin; whether all of them could be read.

    ``make`` is called once in each of ``jobs`` processes, and must be one that can be sent there.
    """
    right = True
    for answer in _answers(make, jobs=jobs):
        right = right and not answer.complaints
        for complaint in answer.complaints:
            complain(complaint, prefix=False)
        sys.stdout.write(answer.told)
        sys.stdout.flush()
    return right


def _answers(make: Callable[[], Worker], *, jobs: int) -> Iterator[Answer]:
    if jobs == 1:
        worker = _ready(make)
        for first, lines in batches():
            yield worker.answer(lines, first=first)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(make,)) as pool:
        under_way: deque[Future[Answer]] = deque()
        for first, lines in batches():
            under_way.append(pool.submit(_answer, lines, first))
            if len(under_way) >= _AHEAD * jobs:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def batches() -> Iterator[tuple[int, list[bytes]]]:
    """Lines as they come, with the number of the first: all that is there, but not too many."""
    number = 1
    rest = b""
    stdin = cast(BufferedReader, sys.stdin.buffer)
    while data := stdin.read1(_READ_AT_ONCE):
        lines = (rest + data).split(b"\n") if b"\n" in data else [rest + data]
        rest = lines.pop()
        for at in range(0, len(lines), _LINES):
            yield number, lines[at : at + _LINES]
            number += len(lines[at : at + _LINES])
    if rest:
        yield number, [rest]


def _ready(make: Callable[[], Worker]) -> Worker:
    worker = make()
    # What it knows stays to the end: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    return worker


_own: list[Worker] = []
"""The worker of this process, where it is one of several."""


def _begin(make: Callable[[], Worker]) -> None:
    _own[:] = [_ready(make)]


def _answer(lines: list[bytes], first: int) -> Answer:
    return _own[0].answer(lines, first=first)
