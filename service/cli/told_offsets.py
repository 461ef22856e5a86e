"""Spans in a mention's cleaned title or text, as spans in the string that was given.

Cleaning (``connectors.markup``) takes characters out and turns white space into other white space;
so the visible characters of both strings are the same ones in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connectors.markup import is_dropped
from rules.mention import Mention
from rules.query import Span

Moved = Callable[[Span], Span]


def mover(told: Mapping[str, Any], mention: Mention) -> Moved | None:
    """What turns a match's spans into spans of the strings in ``told``; None: they are already."""
    offsets: dict[str, list[int]] = {}
    for name, cleaned in (("title", mention.title), ("text", mention.text)):
        given = told.get(name)
        if isinstance(given, str) and given != cleaned:
            offsets[name] = told_offsets(given, cleaned=cleaned)
    if not offsets:
        return None

    def move(span: Span) -> Span:
        where = offsets.get(span.field)
        if where is None or span.end <= span.start:
            return span
        return span._replace(start=where[span.start], end=where[span.end - 1] + 1)

    return move


def told_offsets(told: str, *, cleaned: str) -> list[int]:
    """For each character of ``cleaned`` its offset in ``told``; white space: behind the last one
    that can be seen."""
    seen = (at for at, sign in enumerate(told) if not (sign.isspace() or is_dropped(sign)))
    out: list[int] = []
    behind = 0
    for sign in cleaned:
        if sign.isspace():
            out.append(behind)
        else:
            at = next(seen)
            out.append(at)
            behind = at + 1
    return out
