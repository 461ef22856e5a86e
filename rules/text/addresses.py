"""Under which names an address is found: by its host, its path, and the hosts above its host."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_AFTER_ADDRESS: Final = ".,;:!?'*_~…’"

ADDRESS_PREFIXES = 6
"""An address is found by its host and this many beginnings of its path, so that it stays linear."""

HOST_LABELS = 6
"""A link is found by its host and by hosts above it of at most this many labels."""

_CACHED_LENGTH = 60


def comparable(found: str) -> tuple[str, int]:
    """The comparable form of an address and the length of what really belongs to it."""
    kept = found.rstrip(_AFTER_ADDRESS if "(" in found else _AFTER_ADDRESS + ")]}")
    plain = kept.casefold()
    for prefix in ("http://", "https://", "www."):
        plain = plain.removeprefix(prefix)
    return plain.rstrip("/").replace("(", "%28").replace(")", "%29"), len(kept)


def names_of(address: str) -> list[str]:
    """Everything by which a comparable address is found.

    ``shop.acme.com/a/b?x`` is found as itself and its beginnings, url:shop.acme.com,
    url:shop.acme.com/a, url:shop.acme.com/a/b; and as each of these again with the prefix "link:",
    for its host and for each host above it: link:acme.com/a, but no path under link:com.
    """
    bare = address.partition("#")[0].partition("?")[0]
    host, *folders = bare.split("/", ADDRESS_PREFIXES)
    paths = [""]
    path = ""
    for folder in folders[: ADDRESS_PREFIXES - 1]:
        path += "/" + folder
        paths.append(path)
    whole = address[len(host) :]
    if whole != path:
        paths.append(whole)
    out = ["url:" + host + path for path in paths]
    last_label, hosts = _hosts(host) if len(host) <= _CACHED_LENGTH else _hosts.__wrapped__(host)
    for name in hosts:
        out += [name + path for path in paths]
    if last_label:
        out.append(last_label)
    return out


@lru_cache(maxsize=4_000)
def _hosts(host: str) -> tuple[str, tuple[str, ...]]:
    """The last label, and the host without user and port and the hosts above it, "link:" each."""
    bare = host.rpartition("@")[2].partition(":")[0].strip(".")
    labels = bare.rsplit(".", HOST_LABELS)
    names = [bare, *(".".join(labels[at:]) for at in range(1, len(labels)))]
    if len(labels) > 1:
        return "link:" + names[-1], tuple("link:" + name for name in names[:-1])
    return "", ("link:" + bare,) if bare else ()
