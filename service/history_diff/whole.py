"""The difference that a change would have made, as JSON: the keys and their order are stable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from rules.trend import DetectorSettings
from service.backtest.rulesets import in_use, policies_in_use
from service.backtest.whole import backtest
from service.errors import Invalid
from service.history_diff.alerts import compare_alerts
from service.history_diff.arm import Arm, judged_arm, stored_arm
from service.history_diff.mentions import differences
from service.replay.setup import Prepare, from_store
from service.store.brands import list_brands
from service.store.engine import Store
from service.store.past import count_posts, read_past

BASELINE: Final = timedelta(days=DetectorSettings().history_days + 1)
"""So much before the span is judged anew as well: a change moves what is usual, too."""

JUDGED: Final = 0.45
"""Part of the work that is done with each arm."""


def history_diff(
    store: Store,
    *,
    since: datetime,
    until: datetime,
    change: Prepare | None = None,
    most: int | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Any]:
    """What ``change``, applied to what the store listens for now, would have made of the span.

    Without a change, what queries, lists, scores and everything learned as they are now make of
    it, beside what the store says: what has been edited since. ``progress`` is told the share
    done; whatever it raises ends the work. Raises what ``change`` raises, and Invalid where more
    than ``most`` posts would have to be judged.
    """
    since, until = (at.replace(second=0, microsecond=0) for at in (since, until))
    begin = since - BASELINE
    with store.read() as session:
        posted = count_posts(session, since=begin, until=until)
        if most is not None and posted > most:
            raise Invalid(
                f"{posted:,} posts would have to be judged, {most:,} at most here; take a later "
                "since, or groundswell replay --with",
                code="too-many-posts",
            )
        past = read_past(session, since=begin, until=until)
    count = max(1, len(past.posts))
    now_in_use = from_store(store)
    make_old = stored_arm if change is None else judged_arm
    with (
        make_old(
            past,
            prepare=now_in_use,
            begin=begin,
            progress=lambda done: progress(JUDGED * done / count),
        ) as old,
        judged_arm(
            past,
            prepare=_both(now_in_use, change),
            begin=begin,
            progress=lambda done: progress(JUDGED * (1 + done / count)),
        ) as new,
    ):
        mentions = [post.mention for post in past.posts]
        places = [number for number, one in enumerate(mentions) if one.effective_at >= since]
        found = differences(
            [mentions[number] for number in places],
            [old.tones[number] for number in places],
            [new.tones[number] for number in places],
        )
        alerts = []
        # Where nothing differs that alerts depend on, they do not either.
        if old.tones != new.tones or old.rules != new.rules:
            reports = [_alerts(arm, since=since, until=until) for arm in (old, new)]
            alerts = compare_alerts(*reports)
    progress(1.0)
    return {
        "since": _time(since),
        "until": _time(until),
        "changed": bool(found or alerts),
        "posts": len(places),
        "queries": found,
        "brands": alerts,
    }


def _both(now_in_use: Prepare, change: Prepare | None) -> Prepare:
    def prepare(session: Any, now: datetime) -> None:
        now_in_use(session, now)
        if change is not None:
            change(session, now)

    return prepare


def _alerts(arm: Arm, *, since: datetime, until: datetime) -> dict[str, Any]:
    with arm.store.read() as session:
        brands, rules = list_brands(session), in_use(session)
        policies = sorted(policies_in_use(session))
    if not brands:
        return {"brands": []}
    return backtest(arm.store, brands, rules, since=since, until=until, policies=policies)


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
