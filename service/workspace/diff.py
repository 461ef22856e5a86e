"""What the store has against what a file says: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from service.workspace.durations import show_duration
from service.workspace.sources import place_of

Fields = dict[str, Any]
Things = Mapping[str, Mapping[str, Fields]]
"""Kind → key → fields. Keys are names (of brands slugs, of queries, and of lists and alert rules
that belong to a brand, ``slug / name``)."""

KINDS = ("person", "rota", "policy", "brand", "list", "query", "alerts", "alert", "source")
"""In the order in which they are written: a query needs its brand and its lists."""

OFF: Mapping[str, str] = {
    "brand": "archived",
    "list": "disabled",
    "query": "disabled",
    "alerts": "no page budget",
    "alert": "disabled",
    "source": "disabled",
}
"""What pruning does. People, rotas and policies have no such state: nothing refers to one that is
in no file, so it rests."""

_SAYS_LENGTH = frozenset({"turn", "resolve_after_quiet", "reopen_within", "every_seconds"})
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added (+), changed (~) or switched off (-). ``fields``: what to write;
    ``before``: all that the store has, empty for what is added."""

    sign: str
    kind: str
    key: str
    fields: Fields
    details: tuple[str, ...] = ()
    before: Fields = field(default_factory=dict)

    def __str__(self) -> str:
        told = f"{self.sign} {self.kind} {self.key}"
        return f"{told}: {', '.join(self.details)}" if self.details else told


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes, in the order in which they are written."""

    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        if not self.changes:
            return "nothing to do: the store says what the file says"
        counts = [
            f"{sum(change.sign == sign for change in self.changes)} {word}"
            for sign, word in (("+", "to add"), ("~", "to change"), ("-", "to switch off"))
            if any(change.sign == sign for change in self.changes)
        ]
        return "\n".join([*map(str, self.changes), ", ".join(counts)])


def compare(stored: Things, wanted: Things, *, prune: bool) -> Diff:
    """What to do so that the store says what the file says. With ``prune``, whatever the file
    does not have is switched off; without, it is left alone."""
    changes: list[Change] = []
    for kind in KINDS:
        have, want = stored.get(kind, {}), wanted.get(kind, {})
        for key, fields in want.items():
            if key not in have:
                changes.append(Change("+", kind, key, fields, _introduction(kind, fields)))
            elif changed := _changed(kind, have[key], fields):
                details = _details(have[key], changed)
                changes.append(Change("~", kind, key, changed, details, before=have[key]))
        if prune and kind in OFF:
            changes += [
                Change("-", kind, key, {"enabled": False}, (OFF[kind],))
                for key in have
                if key not in want and have[key].get("enabled", True)
            ]
    return Diff(tuple(changes))


def keeps_cursor(before: Fields, after: Mapping[str, Any]) -> bool:
    """Whether a source still listens at the same place, so that its cursor goes on being true."""
    if after.get("connector", before["connector"]) != before["connector"]:
        return False
    settings = after.get("settings", before["settings"])
    return place_of(settings) == place_of(before["settings"])


def _changed(kind: str, have: Fields, want: Fields) -> Fields:
    changed = {name: value for name, value in want.items() if have.get(name) != value}
    if kind == "source" and changed.keys() & {"connector", "settings"}:
        changed["keep_cursor"] = keeps_cursor(have, changed)
    return changed


def _introduction(kind: str, fields: Fields) -> tuple[str, ...]:
    if kind == "alerts":
        return (f"page budget: {fields['page_budget']:g} a week",)
    if kind == "query":
        return (str(fields["role"]), _shown("text", fields["text"]))
    if kind == "list":
        return (_shown("text", fields["text"]),)
    if kind == "source":
        every = timedelta(seconds=fields["every_seconds"])
        return (str(fields["connector"]), f"every {show_duration(every)}")
    return ()


def _details(have: Fields, changed: Fields) -> tuple[str, ...]:
    return tuple(_each(have, changed))


def _each(have: Fields, changed: Fields) -> Iterable[str]:
    for name, value in changed.items():
        before = have.get(name)
        if name == "keep_cursor":
            yield "goes on where it was" if value else "starts anew"
        elif name in ("settings", "body", "voice", "priority") and isinstance(before, Mapping):
            keys = sorted(before.keys() | value.keys())
            for key in keys:
                if before.get(key) != value.get(key):
                    yield f"{name.replace('body', '').strip()} {key}: ".lstrip() + (
                        f"{_shown(key, before.get(key))} → {_shown(key, value.get(key))}"
                    )
        elif name == "topics":
            yield from _topics(before or [], value)
        elif name == "examples":
            yield from _examples(before or {}, value)
        elif name == "enabled":
            yield "on again" if value else "switched off"
        else:
            label = name.removesuffix("_seconds")
            yield f"{label}: {_shown(name, before)} → {_shown(name, value)}"


def _topics(before: Sequence[Fields], after: Sequence[Fields]) -> Iterable[str]:
    old, new = ({topic["name"]: topic for topic in topics} for topics in (before, after))
    for name in new:
        if name not in old:
            yield f"topic {name} added"
        elif new[name] != old[name]:
            yield f"topic {name} changed"
    yield from (f"topic {name} removed" for name in old if name not in new)
    if list(old.values()) != list(new.values()) and old == new:
        yield "topics: in another order"


def _examples(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    for kind in ("must_match", "must_not_match"):
        old, new = before.get(kind, []), after.get(kind, [])
        added = sum(one not in old for one in new)
        gone = sum(one not in new for one in old)
        if added or gone:
            yield f"{kind}: {added} added, {gone} removed"
        elif old != new:
            yield f"{kind}: in another order"


def _shown(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "none"
    if name in _SAYS_LENGTH and isinstance(value, int):
        return show_duration(timedelta(seconds=value))
    if name == "steps" and isinstance(value, list):
        steps = [f"{show_duration(timedelta(seconds=s['after']))} {s['notify']}" for s in value]
        return _cut(", then ".join(steps))
    if isinstance(value, list):
        return _cut(", ".join(str(one) for one in value))
    return _cut(str(value))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
