"""How long it takes from a post that a feed shows to the call at Slack, less the poll interval.

    python benchmarks/latency.py [--brands 20]

Starts the real service as a process on an empty SQLite store, a site with one feed and a Slack of
the tests' own, all on loopback. For one brand after the other the feed publishes a storm of 30
cross posts; the time counts from the feed's answer that first held them to the arrival of the
incident's card at Slack. What lies between: parsing, matching, scoring, the transaction, the next
look of the detectors (every 5 s), and the next look into the outbox (every second).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from tests.feed_server import FeedServer
from tests.process import ServiceProcess, a_service
from tests.slack_server import TOKEN, SlackServer

STORM = 30


def workspace(feed: str, history: str, *, brands: int) -> str:
    tables = [
        f'[[source]]\nname = "feed"\nconnector = "rss"\nevery = "5s"\n'
        f"settings = {{ url = {json.dumps(feed)} }}\n",
        f'[[source]]\nname = "history"\nconnector = "file"\nevery = "5s"\n'
        f"settings = {{ path = {json.dumps(history)} }}\n",
    ]
    for number in range(brands):
        name = f"brand{number}"
        tables.append(f'[[brand]]\nname = "{name}"\nchannel = "#crisis"\n')
        tables.append(
            f'[[query]]\nbrand = "{name}"\nname = "{name}"\nrole = "brand"\ntext = "{name}"\n'
        )
    return "\n".join(tables)


def history(*, brands: int) -> str:
    """Three quiet days for each brand."""
    now = datetime.now(UTC)
    lines = [
        {
            "id": f"h{number}-{hour}",
            "platform": "web",
            "text": f"I saw brand{number} today",
            "published_at": (now - timedelta(hours=hour + 2)).isoformat(),
        }
        for number in range(brands)
        for hour in range(72)
    ]
    return "\n".join(json.dumps(line) for line in lines) + "\n"


def storm(feed: FeedServer, number: int) -> None:
    now = datetime.now(UTC)
    for post in range(STORM):
        text = f"brand{number} is awful, dangerous, I hate it, terrible complaint {post}"
        feed.publish(text, at=now - timedelta(seconds=10 * post))


def wait(true: Callable[[], object], *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.005)


def measure(feed: FeedServer, slack: SlackServer, number: int) -> float:
    before = len(feed.full_answers)
    storm(feed, number)
    wait(lambda: len(feed.full_answers) > before)
    answered = feed.full_answers[before]
    wait(lambda: any(f"brand{number}:" in post.text for post in slack.messages))
    return time.monotonic() - answered


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--brands", type=int, default=20)
    brands = arguments.parse_args().brands
    with tempfile.TemporaryDirectory() as told, FeedServer() as feed, SlackServer() as slack:
        folder = Path(told)
        slack.now = time.time()
        (folder / "history.jsonl").write_text(history(brands=brands), "utf-8")
        file = folder / "brands.toml"
        path = str(folder / "history.jsonl")
        file.write_text(workspace(feed.url, path, brands=brands), "utf-8")
        settings = {
            "GROUNDSWELL_SLACK_BOT_TOKEN": TOKEN,
            "GROUNDSWELL_SLACK_API_URL": slack.url,
        }
        data = folder / "data"
        data.mkdir()
        ServiceProcess(data, settings=settings).run("apply", str(file))
        with a_service(data, settings=settings) as service:
            service.wait_until_ready()
            metrics = f"{service.address}/metrics"
            expected = f"groundswell_mentions_stored_total {brands * 72}.0"
            wait(lambda: expected in httpx.get(metrics).text)
            times = sorted(measure(feed, slack, number) for number in range(brands))
    print(f"{brands} storms: seconds from the feed's answer to the call at Slack")
    print(
        f"p50 {statistics.median(times):.1f}  p95 {times[round(0.95 * (len(times) - 1))]:.1f}  "
        f"least {times[0]:.1f}  most {times[-1]:.1f}"
    )


if __name__ == "__main__":
    main()
