"""``groundswell doctor``: is everything as it should be, and what to do where it is not?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import typer

from connectors.errors import Misconfigured
from connectors.registry import all_kinds, find_kind
from service.cli.app import FAILED, app, reports_errors, settings_for
from service.cli.output import printable, say, shortened
from service.escalation.troubles import is_failing
from service.notify.slack_check import check_slack
from service.runtime import Runtime, build_runtime, connector_settings
from service.settings import Settings, SettingsError
from service.store.brands import list_brands
from service.store.engine import Session
from service.store.failures import StoreFailed, explain_store
from service.store.heartbeats import list_heartbeats
from service.store.oncall import list_people
from service.store.queries import list_active
from service.store.reads.sources import SourceView, source_list
from service.store.users import count_users

SILENT_AFTER = timedelta(minutes=3)
"""A job of a running service beats at least this often, except the hourly one."""

HOURLY = frozenset({"tidy"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``todo`` empty: it is as it should be."""

    what: str
    told: str
    todo: str = ""

    def __str__(self) -> str:
        mark = "!!" if self.todo else "ok"
        line = f"{mark}  {self.what}: {printable(self.told, limit=300)}"
        return f"{line}; {printable(self.todo, limit=300)}" if self.todo else line


@app.command()
@reports_errors
def doctor() -> None:
    """Look at settings, store, sources, Slack and the running service, one line each.

    ok is as it should be; !! says what to do. Nothing is changed; Slack is asked who we are. Exit
    code 1 when there is something to do.
    """
    healthy = True
    for finding in examine():
        say(str(finding))
        healthy = healthy and not finding.todo
    if not healthy:
        raise typer.Exit(FAILED)


def examine() -> Iterator[Finding]:
    """All findings, each as soon as it is known."""
    try:
        settings = settings_for()
    except SettingsError as error:
        yield Finding("settings", str(error), "correct the environment; docs/settings.md has all")
        return
    yield Finding("settings", f"pages at {settings.address()}")
    try:
        runtime = build_runtime(settings)
    except (ValueError, OSError, *StoreFailed) as error:
        yield Finding("store", str(error), "correct GROUNDSWELL_DATABASE_URL or _DATA_DIR")
        return
    try:
        yield from _store(runtime)
        yield from _connectors()
        yield _slack(settings)
    finally:
        runtime.close()


def _store(runtime: Runtime) -> Iterator[Finding]:
    try:
        current = runtime.store.is_current()
    except StoreFailed as error:
        yield Finding("store", explain_store(error), "start it or correct its address")
        return
    if not current:
        yield Finding("schema", "is not the newest", "run groundswell migrate")
        return
    yield Finding("store", f"{runtime.store!r}, schema is the newest")
    now = runtime.clock.now()
    with runtime.store.read() as session:
        yield from _setup(session)
        for source in source_list(session):
            if source.enabled:
                yield _source(source, now=now)
        yield from _heartbeats(session, now=now)


def _setup(session: Session) -> Iterator[Finding]:
    brands, queries = list_brands(session), list_active(session)
    if not brands or not queries:
        yield Finding(
            "brands",
            f"{len(brands)} brands, {len(queries)} queries",
            'apply a file, or run groundswell listen "Your brand"',
        )
    else:
        yield Finding("brands", f"{len(brands)} brands, {len(queries)} queries")
    users, people = count_users(session), list_people(session)
    todo = "" if users else "groundswell user add NAME --role admin"
    yield Finding("users", f"{users} may sign in", todo)
    paged = "" if people else "add a [[person]] to the file and apply it"
    yield Finding("on call", f"{len(people)} people can be paged", paged)


def _source(source: SourceView, *, now: datetime) -> Finding:
    what = f"source {source.name}"
    try:
        connector_settings(find_kind(source.connector), source.settings)
    except Misconfigured as error:
        return Finding(what, str(error), "correct its settings and apply the file again")
    if source.state == "stopped":
        return Finding(what, source.last_error or "stopped", "correct it and apply the file again")
    if source.blind is not None:
        minutes = (source.next_poll_at - now).total_seconds() / 60
        again = f"in {minutes:.0f} minutes" if minutes > 1 else "in a moment"
        return Finding(
            what,
            f"blind: {shortened(source.blind.reason, limit=200)}",
            f"it is tried again {again}",
        )
    if source.last_success_at is None:
        return Finding(what, "not polled yet")
    heard = f"{source.last_success_at:%Y-%m-%d %H:%M} UTC"
    return Finding(what, f"{source.mention_count} mentions, last heard {heard}")


def _heartbeats(session: Session, *, now: datetime) -> Iterator[Finding]:
    beats = list_heartbeats(session)
    if not beats:
        yield Finding("service", "has never run on this store", "start it: groundswell serve")
        return
    last = max(beat.beat_at for beat in beats)
    if now - last > SILENT_AFTER:
        told = f"last seen {last:%Y-%m-%d %H:%M} UTC"
        yield Finding("service", f"does not run, {told}", "start it: groundswell serve")
        return
    yield Finding("service", "runs")
    for beat in beats:
        if beat.job == "watchdog":
            # Beats when it has something to tell; the job that looks is called watch.
            continue
        if is_failing(beat):
            error = beat.last_error or "failed"
            yield Finding(f"job {beat.job}", error, "the service's log says more")
        elif beat.job not in HOURLY and now - beat.beat_at > SILENT_AFTER:
            told = f"last ran {beat.beat_at:%H:%M:%S} UTC"
            yield Finding(f"job {beat.job}", told, "restart the service")


def _connectors() -> Iterator[Finding]:
    for name, why in sorted(all_kinds().broken.items()):
        yield Finding(f"connector {name}", why, "reinstall or remove its package")


def _slack(settings: Settings) -> Finding:
    if settings.slack_bot_token is None:
        return Finding("slack", "not set up: alerts go to the console and the pages")
    problem = check_slack(
        token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
    )
    if problem.todo:
        return Finding("slack", problem.told, problem.todo)
    return Finding("slack", problem.told)
