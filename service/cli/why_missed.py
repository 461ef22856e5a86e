"""``groundswell why-missed``: was this post fetched, rejected, matched, or could nobody hear it?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

import typer

from service.cli.app import WrongInput, app, opened, reports_errors
from service.cli.output import printable, say, shortened
from service.store.engine import Session
from service.store.reads.by_address import mention_ids_at, spellings
from service.store.reads.mentions import MentionView, mention_page, mention_view
from service.store.reads.rejects import RejectView, reject_page
from service.store.reads.sources import SourceView, source_list

MOST = 5


@app.command("why-missed")
@reports_errors
def why_missed(
    what: Annotated[str, typer.Argument(help="Address of the post, or words of its text.")],
) -> None:
    """Say what became of a post: stored and what it matched, fetched and why it matched nothing,
    or never fetched and which sources could not be heard.

    An address is looked for in every spelling; words must all stand in the title or the text.
    """
    if not what.strip():
        raise WrongInput("nothing to look for; give the post's address or words of its text")
    with opened() as runtime, runtime.store.read() as session:
        urls = spellings(what)
        found = _stored(session, what, urls)
        rejected = _rejected(session, what, urls)
        for view in found:
            _tell_stored(view)
        for reject in rejected:
            _tell_rejected(reject)
        if not found and not rejected:
            _tell_never(source_list(session), urls, now=runtime.clock.now())


def _stored(session: Session, what: str, urls: list[str]) -> list[MentionView]:
    if urls:
        return [mention_view(session, one) for one in mention_ids_at(session, urls)[:MOST]]
    found = mention_page(session, words=what, limit=MOST).items
    return [mention_view(session, view.id) for view in found]


def _rejected(session: Session, what: str, urls: list[str]) -> list[RejectView]:
    if not urls:
        return list(reject_page(session, words=what, limit=MOST).items)
    return [reject for url in urls for reject in reject_page(session, url=url, limit=MOST).items]


def _tell_stored(view: MentionView) -> None:
    say(f"stored: {_named(view.title or view.text)}")
    for seen in view.sightings:
        say(f"  fetched by {seen.source_name} at {_moment(seen.seen_at)}")
    for match in view.matches:
        say(
            f"  matched {match.brand_slug} / {match.query_name}: {match.label}, "
            f"relevance {match.relevance:.2f}, priority {match.priority:.2f}"
        )


def _tell_rejected(reject: RejectView) -> None:
    say(f"fetched, but matched no query: {_named(reject.title or reject.text)}")
    say(f"  fetched by {reject.source_name or 'an import'} at {_moment(reject.collected_at)}")
    for reason in reject.reasons:
        say(f"  {printable(reason.query) or 'it'}: {printable(reason.why)}")


def _tell_never(sources: list[SourceView], urls: list[str], *, now: datetime) -> None:
    say("never fetched: no source brought it, or it was rejected so long ago that it is forgotten")
    in_use = [source for source in sources if source.enabled]
    if not in_use:
        say("  there is no source; groundswell apply FILE or groundswell listen adds some")
        return
    for source in in_use:
        if source.blind is not None:
            since = _moment(source.blind.started_at)
            say(
                f"  blind since {since}: {source.name}: {shortened(source.blind.reason, limit=200)}"
            )
        elif source.last_success_at is None:
            say(f"  not heard yet: {source.name}")
    host = urlsplit(urls[0]).hostname if urls else None
    if host and not any(host in str(source.settings) for source in in_use):
        say(f"  no source listens at {host}; add one if it should be heard")
    heard = [source.last_success_at for source in in_use if source.last_success_at is not None]
    if heard:
        minutes = (now - max(heard)).total_seconds() / 60
        ago = f"{minutes:.0f} min ago" if minutes >= 1 else "within the last minute"
        say(f"  a source was last heard {ago}; a later post is still to come")


def _named(text: str) -> str:
    return printable(text, limit=100)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
