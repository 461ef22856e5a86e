"""How fast each stage is beside plain vaderSentiment, and what a process of it costs."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from rules.score.judge import Asked, judge
from rules.score.vader import lexicon, sound, tone
from service.cli.score_lines import Judge, Targets

ROUNDS = 5
DEEP_POSTS = 500
LINES = 1_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EMOJI = 10_000
ALONE = """
import os, sys, time
from pathlib import Path
from service.cli import main
sys.argv = ["groundswell", "score", "--stage", "{stage}"]
try:
    main()
finally:
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(sum(os.times()[:2]), int(peak) / 1024, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Posts a CPU-second, the median of the rounds."""

    name: str
    rate: float


def speeds(texts: Sequence[str]) -> list[Timed]:
    """Alternating rounds of all of them in one process on one thread; the first is vaderSentiment
    from JSON to JSON, as the stages are."""
    plain = SentimentIntensityAnalyzer()
    words = lexicon()
    lines = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(texts)]
    few = lines[:: max(1, len(lines) // DEEP_POSTS)]

    def original() -> None:
        for line in lines:
            told = json.loads(line)
            told["compound"] = plain.polarity_scores(told["text"])["compound"]
            json.dumps(told)

    def by(stage: str, given: Sequence[bytes], *, at_once: int) -> Callable[[], None]:
        worker = Judge(aims=Targets(), stage=stage, explains=False, now=NOW)

        def work() -> None:
            for at in range(0, len(given), at_once):
                worker.answer(given[at : at + at_once], first=1)

        return work

    asked = [Asked(text) for text in texts]
    works: dict[str, tuple[Callable[[], object], int]] = {
        "vaderSentiment, from JSON to JSON": (original, len(lines)),
        "`--stage vader`": (by("vader", lines, at_once=LINES), len(lines)),
        "`--stage linear`": (by("linear", lines, at_once=LINES), len(lines)),
        "`--stage linear`, line by line": (by("linear", lines, at_once=1), len(lines)),
        "`--stage auto`": (by("auto", few, at_once=LINES), len(few)),
        "`--stage deep`": (by("deep", few, at_once=LINES), len(few)),
        "vaderSentiment, the compound alone": (
            lambda: [plain.polarity_scores(text) for text in texts],
            len(texts),
        ),
        "the same number, our way": (lambda: [sound(text) for text in texts], len(texts)),
        "the same with every step": (
            lambda: [tone(text, words=words, own={}) for text in texts],
            len(texts),
        ),
        "polarity alone, linear, one by one": (lambda: [judge(each) for each in asked], len(texts)),
    }
    for work, _ in works.values():
        work()
    seen: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, (work, posts) in works.items():
            seen[name].append(_rate(work, posts=posts))
    return [Timed(name, statistics.median(rates)) for name, rates in seen.items()]


def _rate(work: Callable[[], object], *, posts: int) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return posts / (time.process_time() - start)


def differing(texts: Sequence[str]) -> int:
    """Texts whose compound is not vaderSentiment's."""
    plain = SentimentIntensityAnalyzer()
    return sum([sound(text)[0] != plain.polarity_scores(text)["compound"] for text in texts])


def emoji() -> float:
    """Seconds of CPU for a post of nothing but emoji, by the stages that see all of it."""
    line = json.dumps({"text": "\U0001f602" * EMOJI}).encode()
    workers = [
        Judge(aims=Targets(), stage=stage, explains=False, now=NOW) for stage in ("vader", "linear")
    ]
    start = time.process_time()
    for worker in workers:
        worker.answer([line], first=1)
    return (time.process_time() - start) / len(workers)


def alone() -> list[str]:
    """A program that judges one line: CPU from its start, and the most memory it had."""
    out = ["| `groundswell score` of one line | CPU | memory |", "|---|---|---|"]
    for stage in ("vader", "linear", "deep"):
        runs = []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, "-c", ALONE.format(stage=stage)],
                input='{"text": "the service was awful, never again"}\n',
                capture_output=True,
                text=True,
                check=True,
            )
            runs.append(tuple(map(float, done.stderr.split()[-2:])))
        cpu, memory = sorted(runs)[1]
        out.append(f"| {stage} | {cpu:.2f} s | {memory:.0f} MiB |")
    return out
