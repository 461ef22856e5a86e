"""Finding connectors, third parties' too."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from connectors.errors import Misconfigured
from connectors.registry import CONNECTORS, GROUP, all_kinds, find_kind


def an_entry(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


def test_our_connectors_are_found_by_name() -> None:
    assert {"file", "hackernews", "rss"} <= set(CONNECTORS)
    assert find_kind("rss", installed=()) is CONNECTORS["rss"]


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Misconfigured, match=r"'rsss'.*file.*hackernews.*rss"):
        find_kind("rsss", installed=())


def test_installed_connectors_are_found() -> None:
    theirs = an_entry("theirs", "connectors.rss:KIND")
    assert find_kind("theirs", installed=[theirs]) is CONNECTORS["rss"]


def test_a_broken_package_is_reported_and_does_not_harm_the_others() -> None:
    kinds = all_kinds(
        installed=[
            an_entry("broken", "connectors.nowhere:KIND"),
            an_entry("fine", "connectors.rss:KIND"),
            an_entry("odd", "connectors.rss:RssSettings"),
            an_entry("rss", "connectors.file:KIND"),
        ]
    )
    assert set(kinds.usable) == {*CONNECTORS, "fine"}
    assert set(kinds.broken) == {"broken", "odd", "rss"}
    assert kinds.usable["rss"] is CONNECTORS["rss"]
    with pytest.raises(Misconfigured, match="nowhere"):
        find_kind("broken", installed=[an_entry("broken", "connectors.nowhere:KIND")])
