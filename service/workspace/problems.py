"""What is wrong with a file: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from service.workspace.positions import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """``line`` and ``column`` count from 1, columns in characters. ``what`` echoes no secret."""

    file: str
    line: int
    column: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        told = f"{self.file}:{self.line}:{self.column}: {self.what}"
        return f"{told}; {self.hint}" if self.hint else told


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem whose place is still a path. ``on_key``: the key is meant, not its value.
    ``offset``: the character of the string at ``path`` at which it is wrong. ``test``: the file
    can be read, but a query does not do with an example what it must."""

    path: Path
    what: str
    hint: str
    on_key: bool = False
    offset: int | None = None
    test: bool = False


class WorkspaceInvalid(Exception):
    """A file that cannot be used; ``problems`` are all of them, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def choose_from(word: str, known: Iterable[str], *, empty: str) -> str:
    """A hint: the nearest known word, else all of them, else ``empty``."""
    names = sorted(known)
    if not names:
        return empty
    meant = nearest(word, names)
    if meant is not None:
        return f"did you mean {meant!r}?"
    return "there is " + ", ".join(repr(name) for name in names)
