"""Where a mention was published: a host or the beginning of an address."""

from __future__ import annotations

import re
from typing import Final

from rules.query.asked import Asked
from rules.query.fields import shortened
from rules.query.tree import Fact

_SCHEME: Final = re.compile(r"\A(?:https?://|www\.)+")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_ADDRESS: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#]\S*)?")


def bare_address(value: str) -> str:
    """An address as it is compared: no scheme, no ``www.``, no slash at its end, no capitals."""
    return _SCHEME.sub("", value.strip().casefold()).rstrip("/")


def read_site(asked: Asked) -> Fact:
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


def read_url(asked: Asked) -> Fact:
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
