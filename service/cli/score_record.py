"""One line of ``groundswell score``: what was given, and the same with what the rules say of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from rules.errors import InvalidMention
from rules.mention import TEXT_LIMIT, Mention
from service.cli.output import json_line

ADDED: Final = (
    "lang",
    "relevance",
    "polarity",
    "label",
    "confidence",
    "priority",
    "intent",
    "stage",
    "version",
    "parts",
)
"""Keys that are written; what the line has under them already is replaced."""

_ADDED: Final = frozenset(ADDED)
_FACTS: Final = frozenset(
    {
        "platform",
        "title",
        "url",
        "published_at",
        "collected_at",
        "author",
        "engagement",
        "parent_id",
        "type",
        "country",
    }
)
"""Keys that say more of a mention than its words."""


@dataclass(slots=True)
class Record:
    """``line`` is what was given, ``told`` the same read. ``mention`` has title and text as they
    were given, so that spans are those of the line; None where there are no words in either.
    ``bare``: nothing is known of it but its text."""

    line: str
    told: Mapping[str, Any]
    mention: Mention | None
    target: str
    bare: bool = False


@dataclass(slots=True)
class Scored:
    """What is added. ``parts`` by score, as JSON; None: not asked for."""

    lang: str
    relevance: float
    polarity: float
    label: str
    confidence: float
    priority: float
    intent: str
    stage: str
    version: str
    parts: Mapping[str, list[dict[str, Any]]] | None = None


def read_record(line: bytes, *, now: datetime) -> Record:
    """Raises InvalidMention, which says what is wrong."""
    given = line.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    told = _read(given)
    text, title = _words(told, "text"), _words(told, "title")
    target = _words(told, "target") or ""
    if text is None and title is None:
        raise InvalidMention("has neither text nor title")
    if not ((text and not text.isspace()) or (title and not title.isspace())):
        return Record(given, told, None, target)
    if _FACTS.isdisjoint(told):
        lang = _words(told, "lang")
        mention = Mention("file", (text or "")[:TEXT_LIMIT], now, lang=lang)
        return Record(given, told, mention, target, bare=True)
    # Of all other facts the reading is that of every command.
    read = _parsing().parse_line({**told, "title": "", "text": "."}, now=now)
    mention = replace(read, text=(text or "")[:TEXT_LIMIT], title=(title or "")[:TEXT_LIMIT])
    return Record(given, told, mention, target)


def _read(given: str) -> dict[str, Any]:
    try:
        told = json.loads(given)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict):
        return told
    found: dict[str, Any] = _parsing().parse_json(given)  # says what is wrong
    return found


@cache
def _parsing() -> ModuleType:
    """How every command reads a line. Loaded for lines that say more than words, or are wrong: it
    stands among the connectors, and they bring their client for HTTP along."""
    return import_module("connectors.file.parse")


def _words(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidMention(f"{name}: must be a string")
    return value


def spoken(title: str, text: str) -> str:
    """What is judged: the title and the text, once where the text repeats the title."""
    return text if not title or text.startswith(title) else f"{title}\n{text}"


def written(record: Record, scored: Scored) -> str:
    """The line as it was given, and behind its own keys those of ADDED."""
    added = (
        f'"lang": {_quoted(scored.lang)}, "relevance": {scored.relevance!r}, '
        f'"polarity": {scored.polarity!r}, "label": "{scored.label}", '
        f'"confidence": {scored.confidence!r}, "priority": {scored.priority!r}, '
        f'"intent": "{scored.intent}", "stage": "{scored.stage}", "version": "{scored.version}"'
    )
    if scored.parts is not None:
        added += f', "parts": {json.dumps(scored.parts)}'
    if _ADDED.isdisjoint(record.told):
        return json_line(f"{record.line[:-1].rstrip()}, {added}}}\n")
    kept = {name: value for name, value in record.told.items() if name not in _ADDED}
    return json_line(f"{_dumped(kept)[:-1]}, {added}}}\n")


def _dumped(kept: Mapping[str, Any]) -> str:
    told = json.dumps(kept, ensure_ascii=False)
    try:
        told.encode()
    except UnicodeEncodeError:  # half of a pair: what JSON can say and no encoding can
        return json.dumps(kept)
    return told


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    return json.dumps(text)
