"""Every kind of connector, ours by name and third parties' by entry point.

A third party's package declares, under the entry-point group ``groundswell.connectors``, a name
and the Kind it stands for. Ours win where a name is taken twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from connectors import demo, file, hackernews, rss
from connectors.contract import Kind
from connectors.errors import Misconfigured

GROUP = "groundswell.connectors"

CONNECTORS: Mapping[str, Kind] = MappingProxyType(
    {
        "demo": demo.KIND,
        "file": file.KIND,
        "hackernews": hackernews.KIND,
        "rss": rss.KIND,
    }
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """All connectors that can be used, and third parties' that could not be loaded, with why."""

    usable: Mapping[str, Kind]
    broken: Mapping[str, str] = field(default_factory=dict)


def find_kind(name: str, *, installed: Iterable[EntryPoint] | None = None) -> Kind:
    """The connector of that name. Raises Misconfigured, naming the known ones."""
    if name in CONNECTORS:
        return CONNECTORS[name]
    kinds = all_kinds(installed=installed)
    if name in kinds.usable:
        return kinds.usable[name]
    if name in kinds.broken:
        raise Misconfigured(f"the connector {name!r} cannot be loaded: {kinds.broken[name]}")
    known = ", ".join(sorted(kinds.usable))
    raise Misconfigured(f"there is no connector {name!r}; there are {known}")


def all_kinds(*, installed: Iterable[EntryPoint] | None = None) -> Kinds:
    """Ours and what is installed. A broken package is reported and does not harm the others."""
    usable: dict[str, Kind] = dict(CONNECTORS)
    broken: dict[str, str] = {}
    for entry in entry_points(group=GROUP) if installed is None else installed:
        if entry.name in CONNECTORS:
            broken[entry.name] = f"the name is taken by our own connector ({entry.value})"
            continue
        try:
            kind = entry.load()
        except Exception as error:  # whatever a stranger's module does when it is imported
            broken[entry.name] = f"{type(error).__name__}: {error}"
            continue
        if isinstance(kind, Kind):
            usable[entry.name] = kind
        else:
            broken[entry.name] = f"{entry.value} is no connectors.contract.Kind"
    return Kinds(usable, broken)
