"""Whether a document is sound enough for the feed parser, and how much of it may be read.

The feed parser builds much for every element and slows down by far more than in proportion on
hostile input, so expat, which is quick and linear, looks first. What it refuses is mended where
that is plain (``mend``), or cut behind the last complete entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

MAX_DEPTH = 200
MAX_ATTRIBUTES = 200
MAX_ELEMENTS = 40_000
"""More than three times the largest feed we have met; the feed parser takes some 40 µs for each."""

_ENTRIES = frozenset({"item", "entry"})
_SEPARATOR = "\x1f"
_UNBOUND_PREFIX = 27
_NOT_FINISHED = frozenset({3, 5})  # no element found; unclosed token


class _TooMuch(Exception):
    """More than a feed has any use for; the message says of what."""


@dataclass(slots=True)
class Look:
    """What expat saw. Offsets are bytes of the UTF-8 text."""

    error: str | None = None
    code: int = 0
    error_at: int = 0
    too_much: bool = False
    root: str | None = None
    entries: int = 0
    entries_end: int = 0
    open_then: tuple[str, ...] = ()
    _open: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return self.error is None

    @property
    def unbound_prefix(self) -> bool:
        return self.code == _UNBOUND_PREFIX

    @property
    def unfinished(self) -> bool:
        """It simply ends too early, as a document does that was cut short."""
        return self.code in _NOT_FINISHED


def look(document: bytes, *, max_elements: int = MAX_ELEMENTS) -> Look:
    """Go over a UTF-8 document without a DOCTYPE once, keeping nothing of its text."""
    seen = Look()
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.namespace_prefixes = True
    count = 0

    def starts(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        qualified = _qualified(name)
        if seen.root is None:
            seen.root = qualified
        seen._open.append(qualified)
        if len(seen._open) > MAX_DEPTH:
            raise _TooMuch(f"nested more than {MAX_DEPTH} deep")
        if len(attributes) > MAX_ATTRIBUTES:
            raise _TooMuch(f"an element with more than {MAX_ATTRIBUTES} attributes")
        if count > max_elements:
            raise _TooMuch(f"more than {max_elements:,} elements")

    def ends(name: str) -> None:
        qualified = seen._open.pop()
        if qualified.rpartition(":")[2].lower() in _ENTRIES and len(seen._open) <= 4:
            seen.entries += 1
            seen.entries_end = parser.CurrentByteIndex
            seen.open_then = tuple(seen._open)

    def declares(*_entity: object) -> None:
        raise _TooMuch("entity declarations")

    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.EntityDeclHandler = declares
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        seen.error = expat.ErrorString(error.code) or "not well-formed"
        seen.code = error.code
        seen.error_at = parser.ErrorByteIndex
    except _TooMuch as error:
        seen.error = str(error)
        seen.too_much = True
        seen.error_at = parser.CurrentByteIndex
    return seen


def complete_entries(document: bytes, seen: Look) -> bytes | None:
    """The document up to the last complete entry, closed properly; None where there is none."""
    if not seen.entries:
        return None
    # The index is that of the entry's closing tag (or of an empty element), which is kept.
    end = document.find(b">", seen.entries_end)
    closing = "".join(f"</{name}>" for name in reversed(seen.open_then))
    return document[: end + 1] + closing.encode("utf-8")


def _qualified(name: str) -> str:
    """Expat's ``uri local prefix`` as it stood in the document."""
    parts = name.split(_SEPARATOR)
    if len(parts) == 3:
        return f"{parts[2]}:{parts[1]}"
    return parts[-1]
