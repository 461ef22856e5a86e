"""What goes to the terminal. Data goes to stdout; words about it, and progress, to stderr."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# What JSON leaves as it is: DEL, the controls beyond ASCII, line separators, marks that turn text.
_STEERING = {
    sign: f"\\u{sign:04x}"
    for sign in (*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_ADDRESS = re.compile(r"https?://([^\s/?#]+)[^\s;,]*")


class Advance(Protocol):
    """Tells the progress bar how much is done."""

    def __call__(self, done: float) -> None: ...


def say(line: str = "") -> None:
    """A line for people, on stdout, at once."""
    print(line, flush=True)


def remark(line: str) -> None:
    """A line about what is going on, on stderr."""
    print(line, file=sys.stderr, flush=True)


def complain(message: str, *, prefix: bool = True) -> None:
    """What is wrong, on stderr; every line says who speaks unless it names a place itself."""
    for line in message.splitlines() or [""]:
        remark(f"groundswell: {line}" if prefix else line)


def write_json(value: Any) -> None:
    """One JSON object on a line of stdout, in which nothing steers a terminal."""
    told = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    sys.stdout.write(json_line(told) + "\n")


def json_line(told: str) -> str:
    """JSON in which nothing steers a terminal; line breaks between lines stay."""
    return told if told.isascii() and "\x7f" not in told else told.translate(_STEERING)


def printable(text: str, *, limit: int = 200) -> str:
    """Text from the internet as one line that cannot steer a terminal: control characters, bidi
    marks and line breaks become blanks, and what is too long is cut."""
    cut = text[: limit * 4]
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in cut)
    words = " ".join(plain.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def shortened(reason: str, *, limit: int) -> str:
    """A reason in which addresses are told by their host alone: they are long, and known."""
    return printable(_ADDRESS.sub(r"\1", reason), limit=limit)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need to be, on stdout. Plain text, so that it can be piped."""
    safe = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in [list(header), *safe]) for n in range(len(header))]
    for row in [list(header), *safe]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say(line.rstrip())


@contextmanager
def progress(what: str, *, total: float | None) -> Iterator[Advance]:
    """A progress bar on stderr while the block runs; nothing where stderr is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
