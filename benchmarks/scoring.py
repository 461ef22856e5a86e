"""Polarity: how good each stage is, how fast beside plain vaderSentiment, what it costs to hold.

    python benchmarks/scoring.py DATA [--speed]

DATA: folder of the labelled sets (see service/training/sets.py); --speed leaves out the quality.
Rounds of all that is timed alternate and the median of their CPU time counts, so that a busy
machine slows all alike.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import rules.score
from rules.mention import Author, Mention
from rules.query import Document, QuerySet, parse
from rules.score import BrandContext, score
from rules.score.judge import Asked, Depth, judge, judge_many
from rules.score.vader import lexicon, tone
from service.training.measure import measure
from service.training.model_card import figures, reliability_table
from service.training.sets import read_set

ROUNDS = 5
POSTS = 2_000
DEEP_POSTS = 600
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
ALONE = """
import time
from pathlib import Path
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1048576
before, start = held(), time.process_time()
from rules.score.judge import Asked, Depth, judge
judge(Asked("the service was awful, never again"), depth=Depth.{depth})
print(time.process_time() - start, held() - before)
"""


def through_rules(texts: list[str]) -> None:
    queries = QuerySet({name: parse(text) for name, text in QUERIES.items()})
    brand = BrandContext("Airline", handles=("@SouthwestAir",), red_lines=("emergency landing",))
    for number, text in enumerate(texts):
        post = Mention(
            platform="file",
            text=text,
            title="",
            collected_at=COLLECTED,
            native_id=str(number),
            author=Author(handle="somebody", followers=1200),
        )
        for found in queries.match(Document.of(post)).values():
            score(post, found, brand=brand, tier=3)


def rate(work: Callable[[], object], *, posts: int) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return posts / (time.process_time() - start)


def speed(texts: list[str]) -> None:
    plain = SentimentIntensityAnalyzer()
    words = lexicon()
    asked = [Asked(text) for text in texts]
    few = asked[:: max(1, len(asked) // DEEP_POSTS)]
    works: dict[str, tuple[Callable[[], object], int]] = {
        "vaderSentiment": (lambda: [plain.polarity_scores(text) for text in texts], len(texts)),
        "its number, our way": (
            lambda: [tone(text, words=words, own={}) for text in texts],
            len(texts),
        ),
        "linear, one by one": (lambda: [judge(each) for each in asked], len(texts)),
        "linear, all at once": (lambda: judge_many(asked), len(texts)),
        "linear, with reasons": (lambda: judge_many(asked, explain=True), len(texts)),
        "cascade, all at once": (lambda: judge_many(few, depth=Depth.AUTO), len(few)),
        "transformer for all": (lambda: judge_many(few, depth=Depth.DEEP), len(few)),
        "match and score": (lambda: through_rules(texts), len(texts)),
    }
    first = rate(lambda: [judge(each) for each in asked], posts=len(texts))
    judge_many(asked[:20], depth=Depth.DEEP)
    seen: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, (work, posts) in works.items():
            seen[name].append(rate(work, posts=posts))
    base = statistics.median(seen["vaderSentiment"])
    print(f"\n{len(texts):,} posts, median of {ROUNDS} rounds, one core\n")
    print("| what | posts a CPU-second | vaderSentiment = 1 |\n|---|---|---|")
    for name, rates in seen.items():
        found = statistics.median(rates)
        print(f"| {name} | {found:,.0f} | {found / base:.2f} |")
    print(f"| linear, the very first time it sees them | {first:,.0f} | {first / base:.2f} |")
    differ = sum(
        tone(text, words=words, own={}).compound != plain.polarity_scores(text)["compound"]
        for text in texts
    )
    print(f"\ncompounds that differ from vaderSentiment's: {differ} of {len(texts):,}")
    start = time.process_time()
    tone("😂" * 10_000, words=words, own={})
    print(f"10,000 emoji in one post: {time.process_time() - start:.3f} s")


def alone() -> None:
    """A process that judges one text: CPU from its first import, and memory."""
    print("\n| a process that judges one text | CPU | memory |\n|---|---|---|")
    for depth in ("LINEAR", "DEEP"):
        command = [sys.executable, "-c", ALONE.format(depth=depth)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        print(f"| {depth.lower()} | {float(told[0]):.2f} s | {float(told[1]):.0f} MiB |")


def main() -> None:
    arguments = [each for each in sys.argv[1:] if each != "--speed"]
    if len(arguments) != 1:
        sys.exit("benchmarks/scoring.py: give one argument, the folder of labelled sets")
    data = Path(arguments[0])
    if "--speed" not in sys.argv:
        models = Path(rules.score.__file__).parent / "models"
        rows = measure(data, models, told=lambda what: print(what, file=sys.stderr))
        print("\n".join([*figures(rows), "", *reliability_table(rows)]))
    texts = [sample.text for sample in read_set(data, "tweeteval_val")]
    texts += [sample.text for sample in read_set(data, "airline_visible")]
    speed(texts[:: max(1, len(texts) // POSTS)])
    alone()


if __name__ == "__main__":
    main()
