"""Posts per second through the rules, and through plain vaderSentiment in the same run.

    python benchmarks/scoring.py POSTS.jsonl

POSTS.jsonl: one object per line with at least "text". Rounds of the two alternate and the median
of their CPU time counts, so that a busy machine slows both alike.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from rules.mention import Author, Engagement, Mention
from rules.query import Document, QuerySet, parse
from rules.score import BrandContext, score
from rules.score.vader import lexicon, tone

ROUNDS = 5
COLLECTED = datetime(2026, 1, 1, tzinfo=UTC)
QUERIES = {
    "southwest": 'southwest OR southwestair OR @SouthwestAir OR "south west airlines"',
    "us-airways": 'usairways OR @USAirways OR "us airways"',
    "american": '@AmericanAir OR americanair OR "american airlines"',
    "delays": "(flight OR plane OR airport) AND (delayed OR delay OR cancelled OR canceled)",
    "luggage": '(bag OR bags OR luggage OR suitcase) AND (lost OR missing OR "never arrived")',
    "service": '("customer service" OR helpline OR agent) NOT (great OR thanks OR thank)',
    "refund": "refund OR refunds OR compensation OR voucher",
    "safety": 'unsafe OR injured OR "emergency landing" OR smoke',
    "acme": "acme OR @acme OR #acme NOT (jobs OR hiring)",
    "globex": '"globex corporation" OR globex OR $GLBX',
}


def read_posts(path: Path) -> list[Mention]:
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        out.append(
            Mention(
                platform=post.get("platform", "file"),
                text=post["text"],
                title=post.get("title") or "",
                collected_at=COLLECTED,
                native_id=post.get("id"),
                author=Author(handle=post.get("author", {}).get("handle"), followers=1200),
                engagement=Engagement(shares=post.get("engagement", {}).get("shares")),
            )
        )
    return out


def through_rules(posts: list[Mention]) -> int:
    queries = QuerySet({name: parse(text) for name, text in QUERIES.items()})
    brand = BrandContext("Airline", handles=("@SouthwestAir",), red_lines=("emergency landing",))
    scored = 0
    for post in posts:
        for found in queries.match(Document.of(post)).values():
            scored += score(post, found, brand=brand, tier=3).version != ""
    return scored


def rate(work: Callable[[], object], *, posts: int) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return posts / (time.process_time() - start)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("benchmarks/scoring.py: give one argument, the path of a JSON Lines file of posts")
    posts = read_posts(Path(sys.argv[1]))
    plain = SentimentIntensityAnalyzer()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours.append(rate(lambda: through_rules(posts), posts=len(posts)))
        theirs.append(
            rate(lambda: [plain.polarity_scores(post.text) for post in posts], posts=len(posts))
        )
    mine, peer = statistics.median(ours), statistics.median(theirs)
    print(f"{len(posts):,} posts, {len(QUERIES)} queries, {through_rules(posts):,} matches scored")
    print(f"tokenise + match + score: {mine:,.0f} posts a CPU-second")
    print(f"vaderSentiment alone:     {peer:,.0f} posts a CPU-second")
    print(f"ratio:                    {mine / peer:.2f}")
    words = lexicon()
    differ = sum(
        tone(post.text, words=words, own={}).compound
        != plain.polarity_scores(post.text)["compound"]
        for post in posts
    )
    print(f"compounds that differ:    {differ} of {len(posts):,}")


if __name__ == "__main__":
    main()
