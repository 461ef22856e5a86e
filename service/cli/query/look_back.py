"""``groundswell query look-back``: what a new query would have caught becomes its matches."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from service.cli.app import opened, reports_errors
from service.cli.output import progress, say
from service.cli.query.group import query
from service.cli.query.preview import saved_query
from service.ingest.look_back import look_back as step


@query.command("look-back")
@reports_errors
def look_back(
    name: Annotated[str, typer.Argument(help='A saved query: "brand / name".')],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How far to look back.")] = 14,
) -> None:
    """Match a saved query with what came in before it was there.

    Stored mentions that it holds of become its matches, and posts that were fetched and matched
    nothing become mentions, as far as they are still kept. All are scored; none of them raises an
    alarm. The last three hours are not counted, nor is what is older than rejects are kept. Doing
    it twice changes nothing more.
    """
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.read() as session:
            query_id = saved_query(session, name).id
        matched = taken = undecided = 0
        cursor: str | None = None
        with progress("looking back", total=days) as done:
            while True:
                with runtime.store.write() as session:
                    told = step(
                        session,
                        query_id,
                        since=now - timedelta(days=days),
                        now=now,
                        complete_since=now - timedelta(days=runtime.settings.reject_days),
                        cursor=cursor,
                        depth=runtime.depth,
                    )
                matched += told.matched
                taken += told.taken
                undecided += told.undecided
                if told.looked_back_to is not None:
                    done((now - told.looked_back_to) / timedelta(days=1))
                cursor = told.next_cursor
                if cursor is None:
                    break
        say(f"{matched} stored mentions match now; {taken} fetched posts became mentions")
        if undecided:
            say(f"of {undecided} fetched posts too little was kept to say")
