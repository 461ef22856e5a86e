"""What a change would have made of the past, for ``groundswell replay``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from service.cli.app import WrongInput, opened
from service.cli.files import read_text
from service.cli.output import printable, progress, say
from service.history_diff.proposal import proposal
from service.history_diff.whole import history_diff

SHOWN = 10
"""Of each kind; --json has fifty."""

Facts = Mapping[str, Any]


def diff_of(*, since: datetime | None, until: datetime, proposed: Path | None) -> dict[str, Any]:
    """Raises WrongInput, and what is wrong with the file."""
    if since is None or not since < until:
        raise WrongInput("a diff needs --since, which must lie before --as-of")
    with opened() as runtime:
        change = None
        if proposed is not None:
            text = read_text(proposed)
            with runtime.store.read() as session:
                change = proposal(session, text, name=str(proposed))
        with progress("Judging the past anew", total=100) as advance:
            return history_diff(
                runtime.store,
                since=since,
                until=until,
                change=change,
                progress=lambda share: advance(100 * share),
            )


def show_diff(told: Facts) -> None:
    """For people."""
    if not told["changed"]:
        say(f"Nothing changed: {told['posts']} posts, and the alerts on them, are as they were.")
        return
    for query in told["queries"]:
        counts = query["counts"]
        flips = ", ".join(f"{count} {name}" for name, count in query["flips"].items())
        say(
            f"{printable(query['query'])}: {counts['entered']} enter, {counts['left']} leave, "
            f"{counts['flipped']} flip{f' ({flips})' if flips else ''}"
        )
        for sign, kind in (("+", "entered"), ("-", "left"), ("~", "flipped")):
            for one in query[kind][:SHOWN]:
                tones = " → ".join(each for each in (one["from"], one["to"]) if each)
                say(f"  {sign} {one['at'][:16]}  {tones}  {printable(one['text'], limit=100)}")
            if counts[kind] > SHOWN:
                say(f"  {sign} … and {counts[kind] - SHOWN} more")
    for brand in told["brands"]:
        say(
            f"{brand['brand']}: {len(brand['appeared'])} alerts appear, "
            f"{len(brand['vanished'])} vanish, {len(brand['changed'])} change"
        )
        for sign, kind in (("+", "appeared"), ("-", "vanished")):
            for one in brand[kind]:
                say(f"  {sign} {_incident(one)}")
        for one in brand["changed"]:
            say(f"  ~ {_incident(one['old'])}")
            say(f"    {_incident(one['new'])}")


def _incident(one: Facts) -> str:
    reason = one["alerts"][0]["reasons"][0] if one["alerts"][0]["reasons"] else ""
    return (
        f"{one['opened_at'][:16]}  {one['severity']}  {printable(one['query'])}, "
        f"{len(one['pages'])} page(s): {printable(reason)}"
    )
