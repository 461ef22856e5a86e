"""What ``listen`` shows while it listens: a live picture on a terminal, plain lines elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from service.cli.output import printable, say, shortened
from service.runtime import Runtime
from service.store import sources
from service.store.brands import find_brand
from service.store.reads.mentions import MentionView, mention_page
from service.store.reads.sources import SourceView, source_list
from service.workspace.listening import Listening

LOOK_EVERY = 1.0
NEWEST = 12
_STYLES = {"negative": "red", "positive": "green", "waiting": "dim", "polling": "cyan"}


@dataclass(frozen=True, slots=True)
class Heard:
    """How things stand: each source with its state in words, and the newest mentions."""

    sources: tuple[tuple[str, str, str], ...]
    mentions: tuple[MentionView, ...]


def show(runtime: Runtime, listening: Listening, *, ended: threading.Event) -> None:
    """Show what is heard until the event is set."""
    console = Console()
    if console.is_terminal:
        _live(console, runtime, listening, ended)
    else:
        _lines(runtime, listening, ended)


def look(runtime: Runtime, listening: Listening) -> Heard:
    """Ask the store how things stand."""
    with runtime.store.read() as session:
        polling = {one.id for one in sources.list_leased(session, now=runtime.clock.now())}
        views = [one for one in source_list(session) if one.name in listening.sources]
        brand = find_brand(session, listening.slug)
        page = mention_page(session, brand_id=brand.id if brand else None, limit=NEWEST)
    order = {name: number for number, name in enumerate(listening.sources)}
    views.sort(key=lambda view: order[view.name])
    told = tuple((view.name, *state_of(view, polling=view.id in polling)) for view in views)
    return Heard(told, page.items)


def state_of(view: SourceView, *, polling: bool) -> tuple[str, str]:
    """A source's state as one word, and what to say of it."""
    if not view.enabled:
        return "off", "switched off"
    if polling:
        return "polling", "is being polled"
    if view.blind is not None:
        return "blind", shortened(view.blind.reason, limit=120)
    if view.last_success_at is None:
        return "waiting", f"first poll at {view.next_poll_at:%H:%M:%S} UTC"
    count = "1 mention" if view.mention_count == 1 else f"{view.mention_count} mentions"
    return "ok", count if view.notice is None else f"{count}; {printable(view.notice, limit=60)}"


def said_of(view: MentionView, *, limit: int = 200) -> str:
    """A mention on one line; whose it is where it is a competitor's."""
    whose = f"({view.top.query_name}) " if view.top.query_role == "competitor" else ""
    return printable(whose + (view.title or view.text), limit=limit)


def _live(console: Console, runtime: Runtime, listening: Listening, ended: threading.Event) -> None:
    with Live(console=console, auto_refresh=False) as live:
        while True:
            heard = look(runtime, listening)
            live.update(picture(heard, height=console.height), refresh=True)
            if ended.wait(LOOK_EVERY):
                return


def picture(heard: Heard, *, height: int) -> RenderableType:
    """Sources above, below as many of the newest mentions as there is room for. All text is data:
    markup in it means nothing."""
    above = Table.grid(padding=(0, 2))
    for least, most in ((16, 44), (7, 7), (16, None)):
        above.add_column(no_wrap=True, overflow="ellipsis", min_width=least, max_width=most)
    for name, word, told in heard.sources:
        style = _STYLES.get(word, "yellow" if word == "blind" else "")
        above.add_row(Text(printable(name)), Text(word, style), Text(told))
    below = Table.grid(padding=(0, 2))
    for _ in range(4):
        below.add_column(no_wrap=True, overflow="ellipsis")
    room = max(3, height - len(heard.sources) - 3)
    for view in heard.mentions[:room]:
        label = view.top.label
        below.add_row(
            Text(f"{view.effective_at:%H:%M}", "dim"),
            Text(printable(view.platform, limit=14)),
            Text(label, _STYLES.get(label, "")),
            Text(said_of(view)),
        )
    return Group(above, Text(""), below)


def _lines(runtime: Runtime, listening: Listening, ended: threading.Event) -> None:
    states: dict[str, tuple[str, str]] = {}
    seen: set[int] = set()
    while True:
        heard = look(runtime, listening)
        for name, word, told in heard.sources:
            if word not in ("waiting", "polling") and states.get(name) != (word, told):
                states[name] = (word, told)
                say(f"source: {printable(name)}: {word}: {told}")
        _say_new(heard.mentions, seen)
        if ended.wait(LOOK_EVERY):
            return


def _say_new(mentions: Sequence[MentionView], seen: set[int]) -> None:
    for view in reversed(mentions):
        if view.id not in seen:
            seen.add(view.id)
            told = said_of(view, limit=140)
            say(f"mention: {printable(view.platform)}: {view.top.label}: {told}")
