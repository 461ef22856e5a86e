"""What one look of the detectors at many brands costs, when nothing is going on and in a crisis.

    python benchmarks/detect_many.py [--brands 40] [--days 28] [--spikes 5] [--looks 20]

Every brand has a rollup for each minute of the days, on one platform, most of them without anything
negative, with hours and days as ingestion counts them. Then ``detect`` looks every five seconds, as
it does live, with a new negative mention for every brand in a spike before each look. Figures are
CPU milliseconds of this process (on PostgreSQL the server's own time is not in them) and wall
milliseconds for one look: the first, which reads weeks, and the median of those that follow.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.pipeline import fresh_database
from service.escalation.detect import detect
from service.store.engine import Store
from service.store.kept_series import KeptSeries
from service.store.rollups import Counted, add
from tests.builders import a_brand, a_query, a_source
from tests.postgres import Keeper, wait_for_url

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TICK = timedelta(seconds=5)


def prepare(store: Store, *, brands: int, days: int) -> list[int]:
    """Brands with a mention in every minute, one in a hundred of them negative: their queries."""
    store.migrate()
    began = NOW - timedelta(days=days)
    chance = random.Random(7)
    with store.write() as session:
        a_source(session, created_at=began)
        queries = [
            a_query(session, brand=a_brand(session, f"Brand {n}"), created_at=began)
            for n in range(brands)
        ]
    for query in queries:
        with store.write() as session:
            add(
                session,
                (
                    counted(query, began + timedelta(minutes=minute), chance.random() < 0.01)
                    for minute in range(days * 24 * 60)
                ),
            )
    return queries


def counted(query: int, at: datetime, negative: bool) -> Counted:
    counts = {"mentions": 1, "negative": int(negative), "negative_reach": 100 * negative}
    return Counted(query_id=query, platform="mastodon", at=at, counts=counts)


def burn(store: Store, queries: Sequence[int], *, now: datetime, times: int = 1) -> None:
    """Negative mentions of the last minutes."""
    with store.write() as session:
        add(
            session,
            (
                counted(query, now - timedelta(minutes=1 + n % 30), True)
                for query in queries
                for n in range(times)
            ),
        )


def looks(store: Store, queries: Sequence[int], *, now: datetime, count: int) -> str:
    """Of ``count`` looks: CPU and wall milliseconds of the first, and of the middle one after."""
    read = KeptSeries()
    cpu: list[float] = []
    wall: list[float] = []
    written = 0
    for number in range(count):
        moment = now + number * TICK
        if queries:
            burn(store, queries, now=moment)
        began = time.process_time(), time.perf_counter()
        written += len(detect(store, now=moment, read=read))
        cpu.append(1000 * (time.process_time() - began[0]))
        wall.append(1000 * (time.perf_counter() - began[1]))
    return (
        f"first {cpu[0]:7.1f} CPU {wall[0]:7.1f} wall   then {statistics.median(cpu[1:]):6.1f} CPU "
        f"{statistics.median(wall[1:]):6.1f} wall   {written} alerts"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--brands", type=int, default=40)
    arguments.add_argument("--days", type=int, default=28)
    arguments.add_argument("--spikes", type=int, default=5)
    arguments.add_argument("--looks", type=int, default=20)
    asked = arguments.parse_args()
    with Keeper() as keeper, tempfile.TemporaryDirectory() as folder:
        server = wait_for_url(keeper.folder)
        for name, store in (
            ("SQLite", Store(f"sqlite:///{Path(folder) / 'many.sqlite3'}")),
            ("PostgreSQL", fresh_database(server, "many")),
        ):
            queries = prepare(store, brands=asked.brands, days=asked.days)
            told = looks(store, [], now=NOW, count=asked.looks)
            print(f"{name:10} quiet: {told}", flush=True)
            burning = queries[: asked.spikes]
            burn(store, burning, now=NOW, times=150)
            told = looks(store, burning, now=NOW + timedelta(minutes=1), count=asked.looks)
            print(f"{name:10} {asked.spikes} in a spike: {told}", flush=True)
            store.close()


if __name__ == "__main__":
    main()
