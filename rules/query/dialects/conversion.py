"""One foreign query to ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.dialects.brandwatch import BRANDWATCH
from rules.query.dialects.dialect import Dialect
from rules.query.dialects.losses import without_losses
from rules.query.dialects.lucene import LUCENE
from rules.query.dialects.meltwater import MELTWATER
from rules.query.dialects.nearness import settled
from rules.query.dialects.parts import Note, Notes
from rules.query.dialects.reader import read
from rules.query.dialects.talkwalker import TALKWALKER
from rules.query.dialects.writer import Written, write
from rules.query.limits import TEXT_LIMIT
from rules.query.parser import read as read_ours

DIALECTS: Final = {
    "brandwatch": BRANDWATCH,
    "lucene": LUCENE,
    "meltwater": MELTWATER,
    "talkwalker": TALKWALKER,
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """``text`` is a query of ours, read already; ``notes`` what became of the foreign one."""

    text: str
    notes: tuple[Note, ...]


def convert(text: str, *, dialect: str) -> Conversion:
    """Another tool's query in our spelling. ``dialect`` is one of ``DIALECTS``.

    Raises QuerySyntaxError, with the place in ``text``, for what cannot be read and for what our
    language would refuse, such as a query that only excludes.
    """
    if len(text) > TEXT_LIMIT:
        raise QuerySyntaxError(
            f"the query has {len(text):,} characters; {TEXT_LIMIT:,} is the limit",
            start=TEXT_LIMIT,
            end=len(text),
            hint="split it into several queries of the same brand",
        )
    notes = Notes()
    spelling = DIALECTS[dialect]
    parts = read(text, spelling, notes)
    rest, lost = without_losses(settled(parts, notes), notes)
    if rest is None:
        first = lost[0]
        raise QuerySyntaxError(
            f"nothing of this query can be carried over: {first.message}",
            start=first.start,
            end=lost[-1].end,
            hint="add words to look for",
        )
    written = write(rest)
    _try(written, spelling)
    return Conversion(written.text, notes.told())


def _try(written: Written, dialect: Dialect) -> None:
    """What we refuse is told with the place in the source."""
    try:
        read_ours(written.text, lists={})
    except QuerySyntaxError as refused:
        place = written.source_of(refused.start, refused.end)
        start, end = place or (0, 0)
        raise QuerySyntaxError(
            f"{refused.message} (read from {dialect.title})",
            start=start,
            end=end,
            hint=refused.hint,
        ) from None
