"""Spikes of negative posts, by the counts detector, against the counts of each hour.

    python benchmarks/airline_hours.py POSTS.jsonl [CHART.svg]

POSTS.jsonl: one post a line with "brand", "text" and "published_at". What the polarity calls
negative is counted in five minutes for each brand, from its first post to the last of the file.
Prints the alarms and the busiest hours beside them: only counts, no texts.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from spikes.charts import HOUR, Panel, draw, panel

from rules.mention import Mention
from rules.query import Match
from rules.score import BrandContext, Label
from rules.score.polarity import polarity

EVERY = 300
BUSIEST = 6


def negatives(path: Path) -> tuple[dict[str, list[float]], dict[str, float], float]:
    """Moments of each brand's negative posts, its first post of any tone, the very last post."""
    bad: dict[str, list[float]] = defaultdict(list)
    first: dict[str, float] = {}
    last = 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        at = datetime.fromisoformat(post["published_at"])
        mention = Mention(platform="file", text=post["text"], collected_at=at)
        first.setdefault(post["brand"], at.timestamp())
        last = max(last, at.timestamp())
        _, label, _ = polarity(mention, Match(()), brand=BrandContext(post["brand"]))
        if label is Label.NEGATIVE:
            bad[post["brand"]].append(at.timestamp())
    return bad, first, last


def by_the_hour(name: str, moments: list[float], *, since: float, until: float) -> Panel:
    begin = since // HOUR * HOUR
    edges = np.arange(begin, until + EVERY, EVERY)
    counts = np.histogram(moments, bins=edges)[0].astype(np.float64)
    return panel(f"{name}, negative posts per hour", edges[:-1], counts)


def tell(one: Panel) -> None:
    print(one.name)
    for when, grew, reason in one.alarms:
        print(f"  {shown(when)} {'grew   ' if grew else 'started'} {reason}")
    busiest = sorted(np.argsort(-one.counts, kind="stable")[:BUSIEST])
    told = ", ".join(f"{shown(one.hours[n])} {one.counts[n]:.0f}" for n in busiest)
    print(f"  busiest hours: {told}")


def shown(when: float) -> str:
    return f"{datetime.fromtimestamp(when, UTC):%d %b %H:%M}"


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit("benchmarks/airline_hours.py: give the posts and, if you like, the SVG to write")
    bad, first, last = negatives(Path(sys.argv[1]))
    panels = [
        by_the_hour(brand, moments, since=first[brand], until=last)
        for brand, moments in sorted(bad.items())
    ]
    for one in panels:
        tell(one)
    if len(sys.argv) == 3:
        note = "Line: negative posts per hour. Blue: what is usual. Red: alarms (hollow: it grew)."
        Path(sys.argv[2]).write_text(draw(panels, note=note), encoding="utf-8")


if __name__ == "__main__":
    main()
