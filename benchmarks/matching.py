"""Posts per second against thousands of queries, and through tantivy and SQLite in the same run.

    python benchmarks/matching.py TEXTS [--articles FILE] [--queries 100 1000 10000] [--rounds 3]

TEXTS: a JSON Lines file (or a folder of such) with at least "text" in each line; --articles: the
same with long texts. Queries are made up from the words of these texts, seeded. Every figure is
mentions for each second of this process's own CPU time, from a parsed mention to matches with
spans; rounds alternate between the programs and their median counts. The peers get our words and
their queries ready-made, for free. Needs the extra "bench" (tantivy).
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.matching_peers import sqlite_rate, tantivy_rate
from benchmarks.matching_queries import invent
from rules.mention import Author, Engagement, Mention
from rules.query import Document, Query, QuerySet, match, parse

COLLECTED = datetime(2026, 1, 1, tzinfo=UTC)
SITES = ("x.com", "reddit.com", "www.bbc.co.uk", "blog.example.org", "news.acme.com")
PLATFORMS = ("x", "reddit", "rss", "mastodon")
LANGUAGES = ("en", "en", "en", "de", "es", "fr")
BATCH = 2_000


def read_texts(path: Path) -> list[str]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    out: list[str] = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if isinstance(told, dict) and isinstance(told.get("text"), str) and told["text"]:
                out.append(told["text"])
    return out


def mentions_of(texts: list[str]) -> list[Mention]:
    """Texts with made-up authors, places and counts; the same every time."""
    out = []
    for number, text in enumerate(texts):
        dice = hashlib.sha256(f"{number}".encode()).digest()
        out.append(
            Mention(
                platform=PLATFORMS[dice[0] % len(PLATFORMS)],
                text=text,
                collected_at=COLLECTED,
                native_id=str(number),
                url=f"https://{SITES[dice[1] % len(SITES)]}/p/{number}",
                lang=LANGUAGES[dice[2] % len(LANGUAGES)],
                author=Author(
                    handle=f"user{dice[3] * 256 + dice[4]}",
                    name=f"Ann {dice[5]}",
                    followers=dice[6] * dice[7],
                ),
                engagement=Engagement(likes=dice[8], shares=dice[9] // 8),
            )
        )
    return out


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def batches(mentions: list[Mention], size: int = BATCH) -> list[list[Mention]]:
    return [mentions[at : at + size] for at in range(0, len(mentions), size)]


def ours(queries: QuerySet[int], mentions: list[Mention]) -> int:
    return sum(len(found) for part in batches(mentions) for found in queries.match_many(part))


def raw_scan(mentions: list[Mention]) -> int:
    """The least that anything must do: every character looked at once."""
    return sum(len(mention.text.lower()) for mention in mentions)


def compare(what: str, mentions: list[Mention], texts: dict[int, str], *, rounds: int) -> float:
    """All programs in turns; the rate of ours."""
    parsed = {key: parse(text) for key, text in texts.items()}
    set_: QuerySet[int] = QuerySet(parsed)
    set_.load()
    ours(set_, mentions)
    # What stays is no business of the collector's, whoever is measured; see docs/benchmarks.md.
    gc.collect()
    gc.freeze()
    rates: dict[str, list[float]] = {}
    ratios: dict[str, list[float]] = {}
    matches: dict[str, int] = {}
    for _ in range(rounds):
        matches["groundswell"] = ours(set_, mentions)
        mine = len(mentions) / timed(lambda: ours(set_, mentions))
        rates.setdefault("groundswell", []).append(mine)
        rates.setdefault("raw scan", []).append(len(mentions) / timed(lambda: raw_scan(mentions)))
        for size in (BATCH, 20_000):
            if size > BATCH and len(mentions) <= BATCH:
                continue
            name = f"tantivy, batches of {size:,}"
            rate, count = tantivy_rate(parsed, mentions, size=size)
            rates.setdefault(name, []).append(rate)
            ratios.setdefault(name, []).append(mine / rate)
            matches[name] = count
        if len(texts) <= 1_000:
            rate, count = sqlite_rate(parsed, mentions[:20_000])
            rates.setdefault("SQLite FTS5", []).append(rate)
            ratios.setdefault("SQLite FTS5", []).append(mine / rate)
            matches["SQLite FTS5"] = count
    print(f"\n{what}, {len(mentions):,} mentions, {len(texts):,} queries")
    for name, each in rates.items():
        ratio = f"{statistics.median(ratios[name]):6.1f}" if name in ratios else ""
        found = f"{matches[name]:>10,} matches" if name in matches else ""
        print(f"  {name:28} {statistics.median(each):>12,.0f}/s  {ratio:>8}  {found}")
    return statistics.median(rates["groundswell"])


def check(mentions: list[Mention], texts: dict[int, str]) -> None:
    """The answers of the batch and of single mentions against trying each query, on a sample."""
    parsed = {key: parse(text) for key, text in texts.items()}
    sample = mentions[:: max(1, len(mentions) // 60)][:60]
    set_: QuerySet[int] = QuerySet(parsed)
    set_.load()
    batched = set_.match_many(sample)
    differ = 0
    for mention, found in zip(sample, batched, strict=True):
        document = Document.of(mention)
        each = {key: match(query, document) for key, query in parsed.items()}
        right = {key: held for key, held in each.items() if held is not None}
        differ += list(found.items()) != list(right.items())
        differ += list(set_.match(document).items()) != list(right.items())
    print(f"\n{len(sample)} mentions x {len(texts):,} queries, each tried alone: {differ} differ")


def one_at_a_time(mentions: list[Mention], texts: dict[int, str]) -> None:
    set_: QuerySet[int] = QuerySet({key: parse(text) for key, text in texts.items()})
    set_.load()
    ours(set_, mentions[:20_000])
    sample = mentions[:5_000]
    set_.match(Document.of(sample[0]))
    alone = len(sample) / timed(lambda: [set_.match(Document.of(one)) for one in sample])
    kernel = len(sample) / timed(lambda: [set_.match_many([one]) for one in sample])
    print(
        f"\none at a time, {len(texts):,} queries: match {alone:,.0f}/s, "
        f"match_many of one {kernel:,.0f}/s"
    )


def building(texts: dict[int, str], extra: dict[int, str]) -> None:
    """Time and memory of a set, and of changing one query of it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parsed: dict[int, Query] = {}
    reading = timed(lambda: parsed.update({key: parse(text) for key, text in texts.items()}))
    set_: QuerySet[int] = QuerySet(parsed)
    filling = timed(set_.load)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fresh = {key: parse(text) for key, text in list(extra.items())[:500]}
    put = timed(lambda: [set_.put(key + 10**6, query) for key, query in fresh.items()])
    change = timed(lambda: [set_.put(key + 10**6, query) for key, query in fresh.items()])
    remove = timed(lambda: [set_.remove(key + 10**6) for key in fresh])
    print(f"\nbuilding, {len(texts):,} queries: reading {reading:.2f} s, compiling {filling:.2f} s")
    print(
        f"  tables {set_.bytes / len(texts):,.0f} bytes a query; process grew by "
        f"{(after - before) / 1024:.0f} MiB with trees and texts"
    )
    print(
        f"  one query: put {put / len(fresh) * 1e3:.2f} ms, change "
        f"{change / len(fresh) * 1e3:.2f} ms, remove {remove / len(fresh) * 1e3:.2f} ms"
    )


def adversaries() -> None:
    """Queries and texts made to be slow: milliseconds for one mention."""
    a, b = "a" * 50_000, "ab " * 33_000
    queries = {
        "stars": " OR ".join(f"{'a*' * 20}{'b' * (3 + n % 5)}{n}" for n in range(100)),
        "long phrases": " OR ".join(f'"{"ab " * 90}c{n}"' for n in range(60)),
        "NEAR of itself": " OR ".join("(ab NEAR/100 ab)" for _ in range(100)),
        "NEAR in NEAR": "(ab NEAR/9 ab) NEAR/9 (ab NEAR/9 ab) NEAR/9 (ab NEAR/9 abc)",
        "windows": " OR ".join(f'"ab ab ab abx{n}"~50' for n in range(200)),
        "2,000 words": " OR ".join(f"w{n}" for n in range(2_000)),
        "deep": "(" * 90 + "ab" + " AND ab)" * 90,
        "raw": f'raw:"{"ab " * 60}c" OR raw:"{"a" * 150}"',
    }
    print("\nmade to be slow (one query, a text of 100,000 characters):")
    for name, text in queries.items():
        set_: QuerySet[int] = QuerySet({0: parse(text)})
        set_.load()
        worst = 0.0
        for body in (a + " " + a, b, "#ab" * 33_000, "a b " * 25_000):
            mention = mentions_of([body[:100_000]])
            set_.match_many(mention)
            worst = max(worst, timed(lambda mention=mention, set_=set_: set_.match_many(mention)))
        print(f"  {name:16} {worst * 1e3:8.1f} ms")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("texts", type=Path)
    asked.add_argument("--articles", type=Path)
    asked.add_argument("--queries", type=int, nargs="+", default=[100, 1_000, 10_000])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--posts", type=int, default=40_000)
    told = asked.parse_args()
    posts = mentions_of(read_texts(told.texts)[: told.posts])
    everything = invent(posts, count=max(told.queries), seed=7)
    chosen = {count: dict(list(everything.items())[:count]) for count in sorted(told.queries)}
    rates = {
        count: compare("short posts", posts, texts, rounds=told.rounds)
        for count, texts in chosen.items()
    }
    most, least = max(rates), min(rates)
    print(
        f"\n{most // least} times as many queries take {rates[least] / rates[most]:.2f} times "
        "the time"
    )
    if told.articles:
        articles = mentions_of(read_texts(told.articles))
        for count in chosen:
            if count >= 1_000:
                compare("articles", articles, chosen[count], rounds=told.rounds)
        check(articles, chosen[least])
    check(posts, chosen[sorted(chosen)[min(1, len(chosen) - 1)]])
    one_at_a_time(posts, chosen[most])
    building(chosen[most], invent(posts, count=500, seed=8))
    adversaries()


if __name__ == "__main__":
    sys.exit(main())
