"""How fast the stored past is searched, how fast it is indexed, and what the index weighs.

    python benchmarks/search.py POSTS.jsonl [--mentions 100000] [--rounds 5] [--no-counts]

Fills a store on SQLite (WAL, as ``make run`` has it) and one on PostgreSQL (the tests' server,
fsync off) with copies of the posts (JSON Lines, the shape of ``groundswell import``), spread over a
year; each has a word of its own, and one in 10,000 a word that few have. Then asks for the newest
50 of each query, once to warm up and ``--rounds`` times for the median, and for how many a day. The
raw limit in the same run is the database going through the texts with LIKE for the same word, the
newest 50 first, without words, phrases or decisions.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, or_, select, text

from connectors.file.parse import parse_line
from rules.mention import Mention
from rules.query import Document, parse
from service.store.engine import Store
from service.store.mentions import _row
from service.store.search import index
from service.store.search.find import count_days, scope_of, search
from service.store.search.scan import Budget
from service.store.search.words import words_of
from service.store.tables import MentionRow
from tests.postgres import Keeper, wait_for_url

NOW = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
BATCH = 2_000

QUERIES = {
    "a word of 1 in 10,000": "recallable",
    "a word that nobody wrote": "unwritten",
    "a brand, in 1 of 4": "@southwestair",
    "brand and trouble": "@southwestair (lost OR broken OR damaged) (bag OR luggage OR baggage)",
    "a phrase": '"customer service"',
    "nearness": "flight NEAR/3 cancelled",
    "beginning of a word": "reimburs*",
    "end of a word": "*fundable",
    "40 alternatives": " OR ".join(f"own{number * 7}" for number in range(40)),
    "excluding": "@southwestair NOT flight NOT thanks",
    "one week of a brand": "@southwestair AND date:2025-06-02..2025-06-08",
}
"""What people look for; the second and the eighth have to look at everything or nothing."""

LIKE = {"a word of 1 in 10,000": "recallable", "a word that nobody wrote": "unwritten"}
LIKE |= {"a brand, in 1 of 4": "@southwestair", "a phrase": "customer service"}


def read_posts(path: Path) -> list[Mention]:
    with path.open(encoding="utf-8") as lines:
        return [parse_line(json.loads(line), now=NOW) for line in lines]


def copies(posts: list[Mention], *, count: int) -> Iterator[Mention]:
    """``count`` mentions in the order of their time, give or take an hour."""
    dice = random.Random(7)
    for number in range(count):
        post = posts[dice.randrange(len(posts))]
        told = f"{post.text} own{number}"
        if number % 10_000 == 5_000:
            told += " recallable"
        at = NOW - YEAR + YEAR * (number / count) + timedelta(minutes=dice.uniform(-60, 0))
        yield replace(
            post, native_id=str(number), text=told, url=None, published_at=at, collected_at=NOW
        )


def fill(store: Store, posts: list[Mention], *, count: int) -> dict[str, float]:
    """CPU seconds of storing the rows, of cutting the words, and of writing the index."""
    store.migrate()
    spent = dict.fromkeys(("rows", "words", "index"), 0.0)
    waiting = copies(posts, count=count)
    with store.write() as session:
        index.take_over(session)
    stored = 0
    while batch := list(islice(waiting, BATCH)):
        begun = time.process_time()
        with store.write() as session:
            session.execute(insert(MentionRow), [_row(one.id, one) for one in batch])
        spent["rows"] += time.process_time() - begun
        begun = time.process_time()
        words = [words_of(Document.of(one)) for one in batch]
        spent["words"] += time.process_time() - begun
        begun = time.process_time()
        with store.write() as session:
            index.write(session, [(stored + n, each) for n, each in enumerate(words, start=1)])
        spent["index"] += time.process_time() - begun
        stored += len(batch)
    with store.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    return spent


def sizes(store: Store) -> tuple[int, int]:
    """Bytes of the mentions with their other indexes, and of the index of words."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            told: dict[str, int] = {}
            for name, size in connection.execute(
                text("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
            ):
                told[name] = size
            words = sum(size for name, size in told.items() if name.startswith("mention_words"))
            rest = sum(size for name, size in told.items() if "mentions" in name)
            return rest, words
        connection.execute(text("SELECT gin_clean_pending_list('ix_mention_words_words')"))
        sized = [
            connection.scalar(text(f"SELECT pg_total_relation_size('{name}')"))
            for name in ("mentions", "mention_words")
        ]
        return sized[0] or 0, sized[1] or 0


def timed(act: Callable[[], Any], *, rounds: int) -> tuple[float, float, Any]:
    """Medians of the rounds, after one that does not count: wall and our own CPU, in ms."""
    told = act()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls), statistics.median(cpus), told


def by_like(store: Store, words: str) -> int:
    with store.read() as session:
        statement = (
            select(MentionRow.id)
            .where(or_(MentionRow.title.icontains(words), MentionRow.text.icontains(words)))
            .order_by(MentionRow.effective_at.desc(), MentionRow.id.desc())
            .limit(50)
        )
        return len(session.scalars(statement).all())


def page(store: Store, asked: str, *, all_of_it: bool = False) -> tuple[int, bool]:
    """How many were found, and whether everything was looked at."""
    query = parse(asked)
    patient = Budget(looks=10**9, seconds=3600.0)
    with store.read() as session:
        if all_of_it:
            counted = count_days(session, query, scope=scope_of(), budget=patient)
            return counted.total, True
        found = search(session, query, scope=scope_of(), limit=50)
        return len(found.items), found.next_cursor is None or len(found.items) == 50


def measure(store: Store, posts: list[Mention], *, count: int, rounds: int, counts: bool) -> None:
    spent = fill(store, posts, count=count)
    rows, words = sizes(store)
    print(f"\n{'SQLite' if store.is_sqlite else 'PostgreSQL'}, {count:,} mentions")
    print(
        "  " + ", ".join(f"{name} {count / seconds:,.0f}/CPU-s" for name, seconds in spent.items())
    )
    print(f"  {rows / count:,.0f} bytes a mention, {words / count:,.0f} of its words in the index")
    print(
        f"  {'':26} {'newest 50: wall, CPU ms':>24} {'found':>6} "
        f"{'all, by day: wall, CPU s':>25} {'found':>9} {'LIKE: wall, CPU ms':>20}"
    )
    for name, asked in QUERIES.items():
        wall, cpu, (found, whole) = timed(lambda asked=asked: page(store, asked), rounds=rounds)
        begun, cpu_begun = time.perf_counter(), time.process_time()
        total = page(store, asked, all_of_it=True)[0] if counts else 0
        every, every_cpu = time.perf_counter() - begun, time.process_time() - cpu_begun
        like = ""
        if name in LIKE:
            told = timed(lambda name=name: by_like(store, LIKE[name]), rounds=min(rounds, 3))
            like = f"{told[0]:,.1f} {told[1]:9,.1f}"
        print(
            f"  {name:26} {wall:13,.1f} {cpu:10,.1f} {found:5}{' ' if whole else '+'} "
            f"{every:14,.2f} {every_cpu:10,.2f} {total:9,} {like:>20}"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("posts", type=Path)
    arguments.add_argument("--mentions", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments.add_argument("--no-counts", action="store_true", help="leave out how many a day")
    chosen = arguments.parse_args()
    posts = read_posts(chosen.posts)
    print(f"{len(posts):,} posts to copy from")
    asked: dict[str, Any] = {
        "count": chosen.mentions,
        "rounds": chosen.rounds,
        "counts": not chosen.no_counts,
    }
    if chosen.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            store = Store(f"sqlite:///{Path(folder) / 'search.db'}")
            measure(store, posts, **asked)
            store.close()
    if chosen.only != "sqlite":
        with Keeper() as keeper:
            server = wait_for_url(keeper.folder)
            store = Store(f"{server}/postgres")
            measure(store, posts, **asked)
            store.close()


if __name__ == "__main__":
    main()
