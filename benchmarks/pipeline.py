"""How many mentions a second go through the whole pipeline on one core, and where the time goes.

    python benchmarks/pipeline.py POSTS.jsonl [--batch 200] [--queries 10] [--rounds 3]

Reads posts (JSON Lines, the shape of ``groundswell import``) and puts them, batch by batch,
through ``accept``: clean, match, score, and one transaction with mentions, matches, rollups,
rejects and the cursor. SQLite (WAL, as ``make run`` has it) and PostgreSQL (the tests' server,
fsync off) alternate within each round; the figures are CPU seconds of this process, and wall
seconds, medians over the rounds. The raw limit in the same run is SQLite taking the same rows by
``executemany`` in the same batches, without matching, scoring or rollups.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from connectors.contract import Batch
from connectors.file.parse import parse_line
from rules.mention import Mention
from service.ingest.inbox import Origin, accept, load_pipeline
from service.store.engine import Store
from tests.builders import a_brand, a_query, a_source
from tests.postgres import Keeper, wait_for_url

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BRAND_WORDS = (
    '@USAirways OR "US Airways"',
    '@SouthwestAir OR "Southwest Airlines"',
    '@AmericanAir OR "American Airlines"',
)


def read_posts(path: Path) -> list[Mention]:
    with path.open(encoding="utf-8") as lines:
        return [parse_line(json.loads(line), now=NOW) for line in lines]


def prepare(store: Store, *, queries: int) -> int:
    """Three brands that the posts are about, the other queries about things they are not."""
    store.migrate()
    with store.write() as session:
        for number in range(queries):
            brand = a_brand(session, f"Brand {number}")
            spare = f'"invention {number}" OR (gadget{number} AND (broken OR refund))'
            text = BRAND_WORDS[number] if number < len(BRAND_WORDS) else spare
            a_query(session, brand=brand, text=text)
        return a_source(session)


def whole(store: Store, posts: list[Mention], *, batch: int, source: int) -> int:
    stored = 0
    for start in range(0, len(posts), batch):
        page = Batch(mentions=tuple(posts[start : start + batch]), cursor={"at": start})
        origin = Origin(source_id=source, tier=2, next_poll_at=NOW)
        stored += accept(store, page, origin=origin, now=NOW).stored
    return stored


def judge_only(store: Store, posts: list[Mention]) -> int:
    with store.read() as session:
        pipeline = load_pipeline(session)
    return sum(bool(pipeline.judge(post, tier=2).matches) for post in posts)


def raw_insert(path: Path, posts: list[Mention], *, batch: int) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE m (identity TEXT UNIQUE, text TEXT, at TEXT)")
    for start in range(0, len(posts), batch):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT OR IGNORE INTO m VALUES (?, ?, ?)",
            [(p.id, p.text, p.effective_at.isoformat()) for p in posts[start : start + batch]],
        )
        connection.execute("COMMIT")
    connection.close()
    return len(posts)


@contextmanager
def measured(into: list[tuple[float, float]]) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    into.append((time.process_time() - cpu, time.perf_counter() - wall))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("posts", type=Path)
    arguments.add_argument("--batch", type=int, default=200)
    arguments.add_argument("--queries", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    posts = read_posts(chosen.posts)
    times: dict[str, list[tuple[float, float]]] = {
        name: []
        for name in ("raw inserts", "match and score", "whole, SQLite", "whole, PostgreSQL")
    }
    with Keeper() as keeper, tempfile.TemporaryDirectory() as folder:
        server = wait_for_url(keeper.folder)
        for number in range(chosen.rounds):
            place = Path(folder)
            with measured(times["raw inserts"]):
                raw_insert(place / f"raw{number}.db", posts, batch=chosen.batch)
            sqlite = Store(f"sqlite:///{place / f's{number}.db'}")
            postgres = fresh_database(server, f"bench{number}")
            for name, store in (("whole, SQLite", sqlite), ("whole, PostgreSQL", postgres)):
                source = prepare(store, queries=chosen.queries)
                if store is sqlite:
                    with measured(times["match and score"]):
                        matched = judge_only(store, posts)
                with measured(times[name]):
                    stored = whole(store, posts, batch=chosen.batch, source=source)
                assert stored == matched, (stored, matched)
                store.close()
    print(f"{len(posts)} posts, {matched} match, {chosen.queries} queries, batches {chosen.batch}")
    report(times, len(posts))


def fresh_database(server: str, name: str) -> Store:
    admin = Store(f"{server}/postgres")
    with admin.engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.close()
    return Store(f"{server}/{name}")


def report(times: dict[str, list[tuple[float, float]]], count: int) -> None:
    middle: Callable[[list[float]], float] = statistics.median
    limit = middle([cpu for cpu, _ in times["raw inserts"]])
    print(f"{'':20} {'posts/CPU-s':>12} {'posts/s wall':>13} {'CPU / raw':>10}")
    for name, told in times.items():
        cpu = middle([one[0] for one in told])
        wall = middle([one[1] for one in told])
        print(f"{name:20} {count / cpu:12,.0f} {count / wall:13,.0f} {cpu / limit:10.1f}")


if __name__ == "__main__":
    main()
