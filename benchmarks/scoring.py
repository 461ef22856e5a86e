"""Polarity: how good each stage is, how fast beside plain vaderSentiment, what it costs to hold.

    python benchmarks/scoring.py DATA [--speed | --quality]

DATA: folder of the labelled sets (see service/training/sets.py); --speed and --quality leave the
other half out. What is judged goes the way of ``groundswell score``. Rounds of all that is timed
alternate and the median of their CPU time counts, so that a busy machine slows all alike.
"""

from __future__ import annotations

import sys
from pathlib import Path

from judging.quality import english, explained, languages
from judging.speed import alone, differing, emoji, speeds

from rules.score.judge import Depth
from service.training.model_card import figures, reliability_table
from service.training.sets import read_set

POSTS = 2_000


def show_quality(data: Path) -> None:
    rows = english(data, told=lambda what: print(what, file=sys.stderr))
    print("\n".join([*figures(rows), "", *reliability_table(rows), "", *languages(data)]))
    samples = read_set(data, "tweeteval_val") + read_set(data, "airline_visible")
    print("\n| reasons | texts | largest error of the sum | top word matters |\n|---|---|---|---|")
    for depth in (Depth.LINEAR, Depth.AUTO):
        found = explained(samples, depth=depth)
        share = f"{100 * found.lowered:.1f} %"
        print(f"| {depth.value} | {found.count:,} | {found.error:.1e} | {share} |")


def show_speed(data: Path) -> None:
    texts = [sample.text for sample in read_set(data, "tweeteval_val")]
    texts += [sample.text for sample in read_set(data, "airline_visible")]
    few = texts[:: max(1, len(texts) // POSTS)]
    timed = speeds(few)
    print(f"\n| {len(few):,} posts | posts a CPU-second | vaderSentiment = 1 |\n|---|---|---|")
    for each in timed:
        print(f"| {each.name} | {each.rate:,.0f} | {each.rate / timed[0].rate:.2f} |")
    print(f"\ncompounds that differ from vaderSentiment's: {differing(texts)} of {len(texts):,}")
    print(f"10,000 emoji in one post: {emoji():.3f} s\n")
    print("\n".join(alone()))


def main() -> None:
    options = {each for each in sys.argv[1:] if each.startswith("--")}
    arguments = [each for each in sys.argv[1:] if each not in options]
    if len(arguments) != 1 or not options <= {"--speed", "--quality"}:
        sys.exit("benchmarks/scoring.py: give one argument, the folder of labelled sets")
    data = Path(arguments[0])
    if "--speed" not in options:
        show_quality(data)
    if "--quality" not in options:
        show_speed(data)


if __name__ == "__main__":
    main()
