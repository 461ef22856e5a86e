"""Names of what queries ask for beside words: raw runs, look-alikes, facts."""

from __future__ import annotations

import re
from typing import Final

from rules.query.tree import Fact

RAW_KEY: Final = "\0r"
LOOKALIKE_KEY: Final = "\0l"
FACT_KEY: Final = "\0f"
"""No word begins with them."""

_BEHIND_HOST: Final = re.compile(r"[/?#]")


def fact_key(fact: Fact) -> str:
    return f"{FACT_KEY}{fact.name}={fact.value}"


def host_of(key: str) -> str | None:
    """The host that an address must have, or stand below, to be found under this key."""
    for prefix in ("url:", "link:"):
        if key.startswith(prefix):
            host = _BEHIND_HOST.split(key.removeprefix(prefix), maxsplit=1)[0]
            return host.rpartition("@")[2].partition(":")[0].strip(".")
    return None
