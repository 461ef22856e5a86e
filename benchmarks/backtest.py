"""How long a backtest takes: 90 days of many brands from synthetic minute rollups.

    python benchmarks/backtest.py [--brands 40] [--days 90] [--budget 3]

A third of the brands are quiet, a third have tens, a third hundreds of negative mentions an hour;
each has a daily rhythm and a fire about once a week.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from service.backtest.rulesets import of_file
from service.backtest.whole import backtest
from service.store.brands import list_brands
from service.store.engine import Session, Store
from service.store.tables import RollupRow
from service.workspace.apply import apply
from service.workspace.file import read

END = datetime(2026, 6, 1, tzinfo=UTC)
HISTORY = timedelta(days=15)
RATES = (0.02, 0.4, 3.0)
"""Negative mentions a minute at the busiest hours."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--brands", type=int, default=40)
    asked.add_argument("--days", type=int, default=90)
    asked.add_argument("--budget", type=float)
    told = asked.parse_args()
    since = END - timedelta(days=told.days)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'backtest.sqlite3'}", durable=False)
        store.migrate()
        text = "".join(f'[[brand]]\nname = "Brand {n}"\n' for n in range(told.brands))
        workspace = read(text + '[[alert]]\nname = "all"\nper_week = 1.0\n', name="rules.toml")
        with store.write() as session:
            apply(session, workspace, now=since - HISTORY)
            rows = _fill(session, brands=told.brands, begin=since - HISTORY)
        with store.read() as session:
            brands = list_brands(session)
            rules = of_file(workspace, session, name="rules.toml")
        began, busy = time.perf_counter(), time.process_time()
        made = backtest(
            store,
            brands,
            rules,
            since=since,
            until=END,
            policies=[],
            budget=told.budget,
        )
        took, busy = time.perf_counter() - began, time.process_time() - busy
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = made["total"]
    print(f"{told.brands} brands, {told.days} days, {rows:,} minutes with mentions")
    print(f"{total['incidents']} incidents, {total['pages']} pages")
    print(f"{took:.1f} s, {took / told.brands:.2f} s a brand; at most {peak:.0f} MiB")
    print(f"{busy / told.brands:.2f} s of one processor a brand")


def _fill(session: Session, *, brands: int, begin: datetime) -> int:
    count = 0
    for number in range(brands):
        batch: list[dict[str, Any]] = []
        for row in _minutes(number, begin):
            batch.append(row)
            if len(batch) == 20_000:
                session.execute(insert(RollupRow), batch)
                count += len(batch)
                batch = []
        if batch:
            session.execute(insert(RollupRow), batch)
        count += len(batch)
    return count


def _minutes(number: int, begin: datetime) -> Iterator[dict[str, Any]]:
    dice = random.Random(number)
    rate = RATES[number % len(RATES)]
    fires = [begin + timedelta(days=dice.uniform(7 * n, 7 * n + 7)) for n in range(60)]
    at = begin
    while at < END:
        usual = rate * (0.25 + 0.75 * (8 <= at.hour < 23)) * dice.gammavariate(4, 0.25)
        hot = any(timedelta(0) <= at - fire < timedelta(minutes=90) for fire in fires)
        bad = _poisson(dice, usual * (5 if hot else 1) + hot * 0.5)
        rest = _poisson(dice, 4 * usual)
        if bad or rest:
            yield {
                "query_id": number + 1,
                "grain": "minute",
                "bucket": at,
                "platform": dice.choice(("mastodon", "news", "reddit")),
                "mentions": bad + rest,
                "negative": bad,
                "neutral": rest,
                "positive": 0,
                "reach": 500 * (bad + rest),
                "negative_reach": 500 * bad,
                "engagement": 0,
            }
        at += timedelta(minutes=1)


def _poisson(dice: random.Random, mean: float) -> int:
    """By waiting times: small means only."""
    count, passed = 0, dice.expovariate(1.0)
    while passed < mean:
        count += 1
        passed += dice.expovariate(1.0)
    return count


if __name__ == "__main__":
    main()
