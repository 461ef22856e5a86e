"""Whether what is known of a mention is what a fact of a query asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rules.query.document import Facts
from rules.query.tree import Fact


def known(fact: Fact, facts: Facts) -> str | float | None:
    """What is known of it; empty or None for nothing."""
    found: str | float | None = getattr(facts, fact.name)
    return found


def fact_holds(fact: Fact, facts: Facts) -> bool:
    """What is not known never holds."""
    found, asked = known(fact, facts), fact.value
    if found is None or found == "":
        return False
    if isinstance(found, str) and isinstance(asked, str):
        named = _NAMED.get(fact.name)
        return named(found, asked) if named is not None else found == asked
    if isinstance(found, str) or isinstance(asked, str):
        return False
    return _compared(found, fact.op, asked)


def _compared(found: float, op: str, asked: float) -> bool:
    if op == "=":
        return found == asked
    if op in ("<", "<="):
        return found < asked or (op == "<=" and found == asked)
    return found > asked or (op == ">=" and found == asked)


def _language(found: str, asked: str) -> bool:
    return found == asked or found.startswith(asked + "-")


def _site(found: str, asked: str) -> bool:
    """The host itself or one below it."""
    return found == asked or found.endswith("." + asked)


def _address(found: str, asked: str) -> bool:
    """The host itself or one below it, and whole folders from the beginning of the path."""
    wanted, path = _cut(asked)
    host, rest = _cut(found)
    if not (_site(host, wanted) or _site(host.partition(":")[0], wanted)):
        return False
    behind = rest[len(path) : len(path) + 1]
    return not path or (rest.startswith(path) and behind in ("", "/", "?", "#"))


def _cut(address: str) -> tuple[str, str]:
    """The host, with its port if it has one, and the path behind its first slash."""
    host = re.split(r"[/?#]", address, maxsplit=1)[0]
    return host.rpartition("@")[2], address[len(host) :].removeprefix("/")


_NAMED: Final[dict[str, Callable[[str, str], bool]]] = {
    "lang": _language,
    "site": _site,
    "url": _address,
}
