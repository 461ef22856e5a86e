"""What a foreign query says, on its way into our spelling, each piece with its place in the source.

The pieces are few: a leaf already spelled our way, AND/OR groups, NOT, NEAR, and what is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Level(StrEnum):
    """How much of a foreign operator came over."""

    CARRIED = "carried"
    """Written otherwise here, with the same meaning."""
    CHANGED = "changed"
    """Came over, but not with quite the same meaning."""
    LOST = "lost"
    """Left out: nothing here says the same."""


@dataclass(frozen=True, slots=True)
class Note:
    """``start`` and ``end`` are offsets into the foreign text."""

    level: Level
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """An operand in our spelling. ``placed``: it stands at words, so NEAR can take it."""

    text: str
    start: int
    end: int
    placed: bool = True
    field: str = ""

    def spelled(self) -> str:
        return f"{self.field}:{self.text}" if self.field else self.text


@dataclass(frozen=True, slots=True)
class Group:
    """``op`` is AND or OR."""

    op: str
    children: tuple[Part, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negated:
    child: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nearby:
    """``operator`` in our spelling, as in ``NEAR/5`` or ``ONEAR/s``."""

    left: Part
    right: Part
    operator: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of the author's, with its brackets, kept beside the piece that it stood at."""

    text: str
    child: Part
    start: int
    end: int
    after: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing here says the same; ``message`` tells the reader what it was."""

    message: str
    start: int
    end: int


Part = Leaf | Group | Negated | Nearby | Remark | Lost


def height(part: Part) -> int:
    """How deep the parts lie within each other; without recursion, whatever it is."""
    highest = 0
    waiting = [(part, 1)]
    while waiting:
        here, depth = waiting.pop()
        highest = max(highest, depth)
        if isinstance(here, Group):
            waiting += [(child, depth + 1) for child in here.children]
        elif isinstance(here, Nearby):
            waiting += [(here.left, depth + 1), (here.right, depth + 1)]
        elif isinstance(here, Negated | Remark):
            waiting.append((here.child, depth + 1))
    return highest


@dataclass(slots=True)
class Notes:
    """The notes of one conversion, in the order in which they come up."""

    kept: list[Note] = field(default_factory=list)

    def add(self, level: Level, message: str, start: int, end: int) -> None:
        self.kept.append(Note(level, message, start, end))

    def carried(self, message: str, start: int, end: int) -> None:
        self.add(Level.CARRIED, message, start, end)

    def changed(self, message: str, start: int, end: int) -> None:
        self.add(Level.CHANGED, message, start, end)

    def lost(self, message: str, start: int, end: int) -> None:
        self.add(Level.LOST, message, start, end)

    def told(self) -> tuple[Note, ...]:
        """In reading order. What came over whole is told once, with how often; the rest each."""
        often: dict[str, list[Note]] = {}
        out: list[Note] = []
        for note in sorted(self.kept, key=lambda note: (note.start, note.end)):
            if note.level is Level.CARRIED:
                often.setdefault(note.message, []).append(note)
            elif note not in out[-1:]:
                out.append(note)
        for message, same in often.items():
            places = len({(note.start, note.end) for note in same})
            told = message if places == 1 else f"{message} ({places} times)"
            out.append(replace(same[0], message=told))
        return tuple(sorted(out, key=lambda note: (note.start, note.end)))
