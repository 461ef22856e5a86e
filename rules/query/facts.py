"""What is known of a mention besides its words, as a query asks for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rules.errors import QuerySyntaxError
from rules.mention import KINDS
from rules.query.codes import COUNTRIES, COUNTRY_NAMES, LANGUAGE_NAMES
from rules.query.fields import DATES, NUMBERS, nearest, shortened
from rules.query.instants import Instant, read_instant
from rules.query.tree import And, Fact, Node

TYPES: Final = KINDS
RATINGS: Final = (1.0, 5.0)
NUMBER_LIMIT: Final = 1e12

_OPERATOR: Final = re.compile(r"(>=|<=|>|<|=)?\s*(.*)", re.DOTALL)
_NUMBER: Final = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,3})?)([kKmM]?)")
_TIMES: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_PLATFORM: Final = re.compile(r"[\w.+-]+")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_ADDRESS: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#]\S*)?")
_FLIPPED: Final = {"=>": ">=", "=<": "<="}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One fact as it was written: its field, its value and where they stand."""

    name: str
    value: str
    start: int
    end: int

    def refusal(self, message: str, *, hint: str) -> QuerySyntaxError:
        return QuerySyntaxError(message, start=self.start, end=self.end, hint=hint)

    def fact(self, value: str | float, *, op: str = "=", name: str = "") -> Fact:
        return Fact(name or self.name, op, value, self.start, self.end)


def read_fact(name: str, value: str, *, start: int, end: int) -> Node:
    """The fact that a field and its value ask for; a range is two. Raises QuerySyntaxError."""
    asked = _Asked(name, value.strip(), start, end)
    if not asked.value:
        raise asked.refusal(f"{name}: needs a value", hint=f"write it behind {name}:")
    return _READERS[name](asked)


def folded_name(value: str) -> str:
    """The form in which names of sources and platforms are compared: no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def bare_address(value: str) -> str:
    """An address as it is compared: no scheme, no ``www.``, no slash at its end, no capitals."""
    plain = value.strip().casefold()
    before = None
    while before != plain:
        before = plain
        for prefix in ("http://", "https://", "www."):
            plain = plain.removeprefix(prefix)
        plain = plain.rstrip("/")
    return plain


def _lang(asked: _Asked) -> Node:
    code = asked.value.lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(code):
        known = LANGUAGE_NAMES.get(code, "en")
        raise asked.refusal(
            f"{shortened(asked.value)} is no code of a language",
            hint=f"write its two letters, as in lang:{known}",
        )
    return asked.fact(code)


def _country(asked: _Asked) -> Node:
    code = asked.value.lower()
    if code not in COUNTRIES:
        known = COUNTRY_NAMES.get(code, "de")
        raise asked.refusal(
            f"{shortened(asked.value)} is no code of a country",
            hint=f"write its two letters (ISO 3166), as in country:{known}",
        )
    return asked.fact(code)


def _type(asked: _Asked) -> Node:
    kind = asked.value.lower()
    if kind not in TYPES:
        near = nearest(kind, TYPES)
        hint = f"did you mean type:{near}?" if near else f"write one of {', '.join(TYPES)}"
        if not near and _PLATFORM.fullmatch(kind):
            hint += f"; where it was published is platform:{shortened(kind)}"
        raise asked.refusal(f"there is no type {shortened(asked.value)}", hint=hint)
    return asked.fact(kind)


def _platform(asked: _Asked) -> Node:
    name = folded_name(asked.value)
    if name in TYPES:
        raise asked.refusal(f"{name} is no platform but a type", hint=f"write type:{name}")
    if not _PLATFORM.fullmatch(name):
        raise asked.refusal(
            f"{shortened(asked.value)} is no name of a platform",
            hint="write it as mentions show it, as in platform:hackernews; "
            "a host is site:, a configured source is source:",
        )
    return asked.fact(name)


def _source(asked: _Asked) -> Node:
    name = folded_name(asked.value)
    if not name:
        raise asked.refusal("source: needs a name", hint='write it as in source:"press feed"')
    return asked.fact(name)


def _site(asked: _Asked) -> Node:
    host = bare_address(asked.value).rstrip(".")
    if host.startswith(("*.", ".")):
        raise asked.refusal(
            "subdomains are found with their site", hint=f"write site:{host.lstrip('*.')}"
        )
    if "/" in host:
        raise asked.refusal(
            "site: takes a host without a path", hint=f"write url:{shortened(host)}"
        )
    if not _HOST.fullmatch(host):
        raise asked.refusal(
            f"{shortened(asked.value)} is no host", hint="write it whole, as in site:acme.com"
        )
    return asked.fact(host)


def _url(asked: _Asked) -> Node:
    address = bare_address(asked.value)
    if "*" in address:
        raise asked.refusal(
            "url: takes no wildcards",
            hint="leave out the *: everything below an address is found with it",
        )
    if not _ADDRESS.fullmatch(address):
        raise asked.refusal(
            f"{shortened(asked.value)} is no address",
            hint="begin with the host, as in url:acme.com/press",
        )
    return asked.fact(address)


def _number(asked: _Asked) -> Node:
    first, dots, last = asked.value.partition("..")
    if dots:
        return _between(asked, _amount(asked, first), _amount(asked, last))
    op, rest = _operator(asked)
    return asked.fact(_amount(asked, rest), op=op or "=")


def _amount(asked: _Asked, written: str) -> float:
    found = _NUMBER.fullmatch(written.strip())
    if found is None:
        raise asked.refusal(
            f"{shortened(asked.value)} is no number",
            hint=f"write digits, as in {asked.name}:>{'3' if asked.name == 'rating' else '10000'}"
            f" or {asked.name}:{'2..4' if asked.name == 'rating' else '1k..5k'}",
        )
    amount = round(float(found[1]) * _TIMES[found[2].lower()], 3)
    if amount > NUMBER_LIMIT:
        raise asked.refusal("this number is too large", hint="a million million is the limit")
    if asked.name == "rating" and not RATINGS[0] <= amount <= RATINGS[1]:
        raise asked.refusal("ratings are stars from 1 to 5", hint="write as in rating:<=2")
    return amount


def _operator(asked: _Asked) -> tuple[str, str]:
    for wrong, right in _FLIPPED.items():
        if asked.value.startswith(wrong):
            raise asked.refusal(
                f"{wrong} is no comparison", hint=f"write {asked.name}:{right}{asked.value[2:]}"
            )
    found = _OPERATOR.fullmatch(asked.value)
    return (found[1] or "", found[2]) if found is not None else ("", asked.value)


def _between(asked: _Asked, low: float, high: float) -> Node:
    if high < low:
        raise _reversed(asked)
    bounds = (asked.fact(low, op=">="), asked.fact(high, op="<="))
    return And(bounds, asked.start, asked.end)


def _reversed(asked: _Asked) -> QuerySyntaxError:
    first, _, last = asked.value.partition("..")
    return asked.refusal(
        "this range ends before it begins",
        hint=f"write {asked.name}:{shortened(last.strip())}..{shortened(first.strip())}",
    )


def _date(asked: _Asked) -> Node:
    if asked.name == "after":
        return _published(asked, ">=", _instant(asked, asked.value).begin)
    if asked.name == "before":
        return _published(asked, "<", _instant(asked, asked.value).begin)
    first, dots, last = asked.value.partition("..")
    if dots:
        return _span(asked, first.strip(), last.strip())
    op, rest = _operator(asked)
    instant = _instant(asked, rest)
    if not instant.is_day:
        return _published(asked, op or "=", instant.begin)
    if op in ("", "="):
        return _days(asked, instant.begin, instant.end)
    # Beyond a day is from the next one on; up to a day is with all of it.
    edge = instant.end if op in (">", "<=") else instant.begin
    return _published(asked, ">=" if op in (">", ">=") else "<", edge)


def _span(asked: _Asked, first: str, last: str) -> Node:
    """Both ends belong to it; one may be left open."""
    begin = _instant(asked, first) if first else None
    end = _instant(asked, last) if last or begin is None else None
    if begin is not None and end is not None and end.begin < begin.begin:
        raise _reversed(asked)
    bounds = []
    if begin is not None:
        bounds.append(_published(asked, ">=", begin.begin))
    if end is not None:
        bounds.append(_published(asked, "<" if end.is_day else "<=", end.end))
    return bounds[0] if len(bounds) == 1 else And(tuple(bounds), asked.start, asked.end)


def _days(asked: _Asked, begin: float, end: float) -> Node:
    bounds = (_published(asked, ">=", begin), _published(asked, "<", end))
    return And(bounds, asked.start, asked.end)


def _published(asked: _Asked, op: str, seconds: float) -> Fact:
    return asked.fact(seconds, op=op, name="published")


def _instant(asked: _Asked, written: str) -> Instant:
    found = read_instant(written)
    if found is None:
        raise asked.refusal(
            f"{shortened(written) or 'nothing'} is no date",
            hint="write year-month-day, as in after:2026-11-23, date:2026-11-01..2026-11-23 "
            "or before:2026-11-23T18:00",
        )
    return found


_READERS: Final[dict[str, Callable[[_Asked], Node]]] = {
    "lang": _lang,
    "country": _country,
    "type": _type,
    "platform": _platform,
    "source": _source,
    "site": _site,
    "url": _url,
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(DATES, _date),
}
