"""raw: these very characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from rules.query.places import Field
from rules.query.places.runs import Place, Runs, runs_of
from rules.query.tree import Raw
from rules.text import Tokens


def raw_spans(raw: Raw, field: Field) -> Iterator[tuple[int, int]]:
    """Where the characters stand without going on as a word on either side."""
    text = field.tokens.text
    if raw.raw not in text:
        return
    pattern = _pattern(raw.raw)
    found = pattern.search(text)
    while found is not None:
        yield found.span()
        found = pattern.search(text, found.start() + 1)


def raw_runs(raw: Raw, field: Field) -> Runs:
    """The words that such characters touch; what touches none has no place."""
    found = field.kept.get(raw)
    if found is None:
        touched = touching(field.tokens, raw_spans(raw, field))
        found = field.kept[raw] = runs_of({place for _, place in touched})
    return found


def touching(
    tokens: Tokens, spans: Iterator[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Place]]:
    """Each of the spans, in reading order, that touches words, and the first and last of these."""
    starts, ends = tokens.starts, tokens.ends
    first = 0
    for start, end in spans:
        while first < len(ends) and ends[first] <= start:
            first += 1
        last = bisect_left(starts, end, lo=first)
        if last > first:
            yield (start, end), (first, last - 1)


@lru_cache(maxsize=4_096)
def _pattern(raw: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if re.match(r"\w", raw) else ""
    behind = r"(?!\w)" if re.search(r"\w\Z", raw) else ""
    return re.compile(before + re.escape(raw) + behind)
