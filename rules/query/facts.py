"""What is known of a mention besides its words, as a query asks for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from rules.mention import KINDS
from rules.query.amounts import read_number
from rules.query.asked import Asked
from rules.query.codes import COUNTRIES, COUNTRY_NAMES, LANGUAGE_NAMES
from rules.query.dates import read_date
from rules.query.fields import DATES, NUMBERS, nearest, shortened
from rules.query.hosts import bare_address, read_site, read_url
from rules.query.tree import Node

__all__ = ["TYPES", "bare_address", "folded_name", "read_fact"]

TYPES: Final = KINDS

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_PLATFORM: Final = re.compile(r"[\w.+-]+")


def read_fact(name: str, value: str, *, start: int, end: int) -> Node:
    """The fact that a field and its value ask for; a range is two. Raises QuerySyntaxError."""
    asked = Asked(name, value.strip(), start, end)
    if not asked.value:
        raise asked.refusal(f"{name}: needs a value", hint=f"write it behind {name}:")
    return _READERS[name](asked)


def folded_name(value: str) -> str:
    """The form in which names of sources and platforms are compared: no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _lang(asked: Asked) -> Node:
    code = asked.value.lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(code) or code in LANGUAGE_NAMES:
        known = LANGUAGE_NAMES.get(code, "en")
        raise asked.refusal(
            f"{shortened(asked.value)} is no code of a language",
            hint=f"write its two letters, as in lang:{known}",
        )
    return asked.fact(code)


def _country(asked: Asked) -> Node:
    code = asked.value.lower()
    if code not in COUNTRIES:
        known = COUNTRY_NAMES.get(code, "de")
        raise asked.refusal(
            f"{shortened(asked.value)} is no code of a country",
            hint=f"write its two letters (ISO 3166), as in country:{known}",
        )
    return asked.fact(code)


def _type(asked: Asked) -> Node:
    kind = asked.value.lower()
    if kind not in TYPES:
        near = nearest(kind, TYPES)
        hint = f"did you mean type:{near}?" if near else f"write one of {', '.join(TYPES)}"
        if not near and _PLATFORM.fullmatch(kind):
            hint += f"; where it was published is platform:{shortened(kind)}"
        raise asked.refusal(f"there is no type {shortened(asked.value)}", hint=hint)
    return asked.fact(kind)


def _platform(asked: Asked) -> Node:
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


def _source(asked: Asked) -> Node:
    name = folded_name(asked.value)
    if not name:
        raise asked.refusal("source: needs a name", hint='write it as in source:"press feed"')
    return asked.fact(name)


_READERS: Final[dict[str, Callable[[Asked], Node]]] = {
    "lang": _lang,
    "country": _country,
    "type": _type,
    "platform": _platform,
    "source": _source,
    "site": read_site,
    "url": read_url,
    **dict.fromkeys(NUMBERS, read_number),
    **dict.fromkeys(DATES, read_date),
}
