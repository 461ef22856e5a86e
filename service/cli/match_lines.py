"""Lines of mentions to lines of matches, as bytes and text: what each process of ``match`` does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.file.parse import parse_json, parse_line
from rules.errors import InvalidMention
from rules.mention import Mention
from rules.query import Document, Match, Query, QuerySet, Span
from service.cli.explain_view import explained
from service.cli.line_stream import Answer
from service.cli.output import json_line, printable
from service.cli.told_offsets import Moved, mover

_KERNEL_FROM = 50
"""Queries from which on it is worth while to load the kernels for a file of mentions."""


class Matcher:
    """The queries of one run."""

    def __init__(self, queries: Mapping[str, Query], *, explains: bool, now: datetime) -> None:
        self._queries = dict(sorted(queries.items()))
        self._set: QuerySet[str] = QuerySet(self._queries, kernel_from=_KERNEL_FROM)
        self._names = {name: json.dumps(name, ensure_ascii=False) for name in self._queries}
        self._explains = explains
        self._now = now

    def answer(self, lines: Sequence[bytes], *, first: int) -> Answer:
        """Every match of these lines, in order; ``first`` is the number of the first line."""
        out = Answer()
        given: list[_Given] = []
        for number, line in enumerate(lines, start=first):
            if not line.strip():
                continue
            try:
                told = parse_json(line.decode("utf-8", "replace"))
                given.append(_given(told, parse_line(told, now=self._now)))
            except InvalidMention as error:
                out.complaints.append(f"stdin:{number}: {printable(str(error))}; left out")
        tell = self._explained if self._explains else self._matches
        found = self._set.match_many([one.asked for one in given])
        out.told = "".join([tell(*pair) for pair in zip(given, found, strict=True)])
        return out

    def _matches(self, given: _Given, found: Mapping[str, Match]) -> str:
        if not found:
            return ""
        shown_id = json.dumps(given.id, ensure_ascii=False)
        return json_line(
            "".join(
                [
                    f'{{"id": {shown_id}, "query": {self._names[name]}, '
                    f'"spans": [{_spans(given.spans(match))}]}}\n'
                    for name, match in found.items()
                ]
            )
        )

    def _explained(self, given: _Given, found: Mapping[str, Match]) -> str:
        asked = given.asked
        document = asked if isinstance(asked, Document) else Document.of(asked)
        out: list[str] = []
        missed = [name for name in self._queries if name not in found]
        for name in (*found, *missed):
            match = found.get(name)
            spans = [span._asdict() for span in given.spans(match)] if match is not None else []
            line = {"id": given.id, "query": name, "spans": spans}
            line |= given.moved(explained(self._queries[name], document, match))
            told = json.dumps(line, ensure_ascii=False, separators=(", ", ": "))
            out.append(json_line(told) + "\n")
        return "".join(out)


@dataclass(frozen=True, slots=True)
class _Given:
    """One mention as it was given: ``id`` is shown as it was, ``asked`` is what is matched."""

    id: str | int
    asked: Mention | Document
    move: Moved | None

    def spans(self, match: Match) -> Sequence[Span]:
        """The match's spans, in the strings as they were given."""
        return match.spans if self.move is None else [self.move(span) for span in match.spans]

    def moved(self, explained: dict[str, Any]) -> dict[str, Any]:
        """The same with the spans of every clause where they are in the strings as given."""
        if self.move is None:
            return explained
        clauses = [explained["clause"]]
        while clauses:
            clause = clauses.pop()
            clause["spans"] = [self.move(Span(**span))._asdict() for span in clause["spans"]]
            clauses += clause["children"]
        return explained


def _given(told: Mapping[str, Any], mention: Mention) -> _Given:
    shown = told.get("id")
    source = told.get("source")
    return _Given(
        shown if shown and isinstance(shown, str | int) else mention.id,
        Document.of(mention, source=source) if source and isinstance(source, str) else mention,
        mover(told, mention),
    )


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(
        [
            f'{{"field": "{place}", "start": {start}, "end": {end}, "term": {_quoted(term)}}}'
            for place, start, end, term in spans
        ]
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
