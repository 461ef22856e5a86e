"""Lines from stdin to lines on stdout: in order, in constant memory, in one process or several."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import BinaryIO, Final, Protocol

from service.cli.output import complain

_READ_AT_ONCE: Final = 1 << 20
_LINES: Final = 1_000
"""Lines of one batch at most: more make nothing faster."""
_AHEAD: Final = 3
"""Batches for each process that are read before the first of them is told."""


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
    under_way: Queue[Future[Answer] | None] = Queue(_AHEAD * jobs)
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(make,)) as pool:
        # The processes begin now: a process must not be forked beside other threads.
        pool.submit(bool)
        # A thread of its own waits for input: what is answered is told although nothing comes.
        # It is left behind where telling fails, as by a pipe that is closed.
        Thread(target=_hand_out, args=(pool, under_way), daemon=True).start()
        while (answer := under_way.get()) is not None:
            yield answer.result()


def _hand_out(pool: ProcessPoolExecutor, under_way: Queue[Future[Answer] | None]) -> None:
    """Every batch to the pool; None at the end."""
    try:
        for first, lines in batches():
            under_way.put(pool.submit(_answer, lines, first))
    except Exception as error:
        broken: Future[Answer] = Future()
        broken.set_exception(error)
        under_way.put(broken)
    under_way.put(None)


def batches() -> Iterator[tuple[int, list[bytes]]]:
    """Lines as they come, with the number of the first: all that is there, but not too many."""
    number = 1
    rest: list[bytes] = []
    # Not through the buffer: a thread that waits in it holds its lock when the program ends.
    stdin: BinaryIO = getattr(sys.stdin.buffer, "raw", None) or sys.stdin.buffer
    while data := stdin.read(_READ_AT_ONCE):
        if b"\n" not in data:
            rest.append(data)
            continue
        lines = b"".join([*rest, data]).split(b"\n")
        rest = [lines.pop()]
        for at in range(0, len(lines), _LINES):
            yield number, lines[at : at + _LINES]
            number += len(lines[at : at + _LINES])
    if last := b"".join(rest):
        yield number, [last]


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
