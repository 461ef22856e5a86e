"""Lines of mentions to lines of matches, as bytes and text: what each process of ``match`` does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connectors.file.parse import parse_json, parse_line
from rules.errors import InvalidMention
from rules.mention import Mention
from rules.query import Document, Match, Query, QuerySet
from service.cli.explain_view import explained
from service.cli.output import json_line, printable

_KERNEL_FROM = 50
"""Queries from which on it is worth while to load the kernels for a file of mentions."""


@dataclass(slots=True)
class Answer:
    """What goes to stdout, and what was wrong with which lines, for stderr."""

    told: str = ""
    complaints: list[str] = field(default_factory=list)


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
        mentions: list[Mention] = []
        for number, line in enumerate(lines, start=first):
            if not line.strip():
                continue
            try:
                told = parse_json(line.decode("utf-8", "replace"))
                mentions.append(parse_line(told, now=self._now))
            except InvalidMention as error:
                out.complaints.append(f"stdin:{number}: {printable(str(error))}; left out")
        tell = self._explained if self._explains else self._matches
        found = self._set.match_many(mentions)
        out.told = "".join([tell(*pair) for pair in zip(mentions, found, strict=True)])
        return out

    def _matches(self, mention: Mention, found: Mapping[str, Match]) -> str:
        if not found:
            return ""
        shown_id = json.dumps(mention.native_id or mention.id, ensure_ascii=False)
        return json_line(
            "".join(
                [
                    f'{{"id": {shown_id}, "query": {self._names[name]}, '
                    f'"spans": [{_spans(match)}]}}\n'
                    for name, match in found.items()
                ]
            )
        )

    def _explained(self, mention: Mention, found: Mapping[str, Match]) -> str:
        document = Document.of(mention)
        out: list[str] = []
        missed = [name for name in self._queries if name not in found]
        for name in (*found, *missed):
            match = found.get(name)
            spans = [span._asdict() for span in match.spans] if match is not None else []
            line = {"id": mention.native_id or mention.id, "query": name, "spans": spans}
            line |= explained(self._queries[name], document, match)
            told = json.dumps(line, ensure_ascii=False, separators=(", ", ": "))
            out.append(json_line(told) + "\n")
        return "".join(out)


def _spans(match: Match) -> str:
    return ", ".join(
        [
            f'{{"field": "{place}", "start": {start}, "end": {end}, "term": {_quoted(term)}}}'
            for place, start, end, term in match.spans
        ]
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
