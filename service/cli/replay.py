"""``groundswell replay``: which incidents would these mentions have opened, when and why?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from rules.mention import Mention
from rules.score import Depth
from service.cli.app import WrongInput, app, opened, reports_errors, settings_for
from service.cli.files import read_workspace
from service.cli.moments import parse_moment
from service.cli.output import printable, progress, say, write_json
from service.cli.replay_diff import diff_of, show_diff
from service.clock import SystemClock
from service.replay.feed import BadLine, read_mentions
from service.replay.run import Span, replay
from service.replay.setup import Prepare, from_store, from_workspace
from service.store import mentions as stored
from service.workspace.durations import parse_duration


@app.command("replay")
@reports_errors
def replay_mentions(
    posts: Annotated[
        Path | None,
        typer.Argument(help="JSON Lines as import reads them. Left out: the store's mentions."),
    ] = None,
    brands: Annotated[
        Path | None,
        typer.Option(help="Workspace file (TOML) with brands and queries. Left out: the store's."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only mentions from this moment on: a date, a time, or 7d.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Stop the clock at this moment: what was known then.")
    ] = None,
    answer_after: Annotated[
        str, typer.Option(help="Pages are acknowledged after this long: 15m, or never.")
    ] = "15m",
    step: Annotated[str, typer.Option(help="Time between two looks of the detectors.")] = "1m",
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Only what differs between the stored past and this."),
    ] = False,
    proposed: Annotated[
        Path | None,
        typer.Option(
            "--with", help="Only what differs if this workspace file (TOML) were applied now."
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object per incident and line; of a diff, one.")
    ] = False,
) -> None:
    """Run mentions through the whole service on a simulated clock, into a scratch store.

    Prints the incidents that would have opened: when, how severe, why, who would have been paged
    and what Slack would have said. Nothing is sent and the live store is not touched. The same
    mentions, brands and moments give the same output, byte for byte.

    With --with, or --diff, prints what differs instead: mentions of the store that enter or leave
    a query, labels that flip, alerts that appear or vanish; of nothing, that nothing changed.
    """
    depth = Depth(settings_for().polarity)
    now = SystemClock().now()
    span = Span(since=parse_moment(since, now=now), as_of=parse_moment(as_of, now=now))
    if diff or proposed is not None:
        if posts is not None or brands is not None:
            raise WrongInput("a diff is of what is stored: leave out POSTS and --brands")
        told = diff_of(since=span.since, until=span.as_of or now, proposed=proposed)
        write_json(told) if json else show_diff(told)
        return
    stride, answer = _length(step), None if answer_after == "never" else _length(answer_after)
    if stride < timedelta(seconds=1):
        raise WrongInput("--step must be at least 1s")
    found, prepare = _facts(posts, brands, span)
    with progress("Replaying", total=len(found)) as advance:
        incidents = replay(
            found,
            prepare=prepare,
            span=span,
            step=stride,
            answer=answer,
            depth=depth,
            progress=advance,
        )
    for incident in incidents:
        write_json(incident) if json else _tell(incident)
    if not json and not incidents:
        say(f"No incident would have opened over these {len(found)} mentions.")


def _facts(posts: Path | None, brands: Path | None, span: Span) -> tuple[list[Mention], Prepare]:
    prepare = None if brands is None else from_workspace(read_workspace(brands, tested=False))
    if posts is not None and prepare is not None:
        return _read(posts), prepare
    with opened() as runtime:
        if posts is not None:
            return _read(posts), from_store(runtime.store)
        with runtime.store.read() as session:
            known = stored.stream_mentions(session, since=span.since, until=span.as_of)
        return known, prepare or from_store(runtime.store)


def _read(posts: Path) -> list[Mention]:
    try:
        return list(read_mentions(posts, now=SystemClock().now()))
    except OSError as error:
        raise WrongInput(f"{posts}: cannot be read: {error.strerror}; is the name right?") from None
    except BadLine as error:
        raise WrongInput(printable(str(error), limit=500)) from None


def _length(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise WrongInput(f"{error}; write 90s, 15m or 1h") from None


def _tell(incident: dict[str, Any]) -> None:
    ended = incident["resolved_at"] or "still open at the end"
    say(f"{incident['opened_at']}  {incident['severity']}  {printable(incident['title'])}")
    for reason in incident["reasons"]:
        say(f"    {reason}")
    say(
        f"    {incident['negative_count']} of {incident['mention_count']} mentions negative; "
        f"{len(incident['pages'])} page(s); resolved: {ended}"
    )
    for mention in incident["mentions"][:3]:
        say(f"    > {printable(mention['text'], limit=120)}")
    say()
