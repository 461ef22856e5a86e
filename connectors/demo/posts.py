"""What was posted when: pure. The same seed, start and span of time give the same mentions."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from connectors.demo import words
from connectors.demo.config import DemoSettings
from rules.mention import Author, Engagement, Mention

SLOT = timedelta(minutes=5)
BASE_PER_HOUR = 8.0
WEEKEND = 0.7
STORM_PEAK_PER_MINUTE = 5.0
STORM_RISE = timedelta(minutes=30)
STORM_HALF_LIFE = timedelta(minutes=90)

_BY_HOUR = (2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 10, 11, 11, 10, 10, 10, 11, 12, 13, 13, 11, 8, 4)
_MEAN_BY_HOUR = sum(_BY_HOUR) / 24
_PLATFORMS = ("mastodon", "reddit", "news", "hackernews")
_WEIGHTS = (60, 28, 8, 4)


def posts(
    settings: DemoSettings, *, start: datetime, since: datetime, until: datetime
) -> Iterator[Mention]:
    """The mentions posted after ``since`` up to ``until``, oldest first; all times aware UTC.

    ``start`` is the first poll: the storm begins ``storm_minutes_ago`` before it. A mention counts
    as collected at ``until``.
    """
    slot = _floor(since)
    while slot <= until:
        posted = sorted(_slot(settings, start=start, slot=slot), key=lambda one: one[0])
        for number, (moment, stormy) in enumerate(posted):
            if since < moment <= until:
                yield _post(settings, moment, slot, number, stormy=stormy, collected_at=until)
        slot += SLOT


def storm_rate(since_storm: timedelta) -> float:
    """Stormy posts per minute, so long after the storm began: a rise, then a slow decay."""
    if since_storm <= timedelta(0):
        return 0.0
    if since_storm < STORM_RISE:
        return STORM_PEAK_PER_MINUTE * (0.15 + 0.85 * (since_storm / STORM_RISE) ** 2)
    return float(STORM_PEAK_PER_MINUTE * 0.5 ** ((since_storm - STORM_RISE) / STORM_HALF_LIFE))


def usual_rate(moment: datetime) -> float:
    """Ordinary posts per minute: more in the evening, fewer at night and at the weekend."""
    day = WEEKEND if moment.weekday() >= 5 else 1.0
    return BASE_PER_HOUR / 60 * _BY_HOUR[moment.hour] / _MEAN_BY_HOUR * day


def _slot(
    settings: DemoSettings, *, start: datetime, slot: datetime
) -> Iterator[tuple[datetime, bool]]:
    chance = _chance(settings, slot, "when")
    seconds = SLOT.total_seconds()
    for _ in range(_poisson(chance, usual_rate(slot) * seconds / 60)):
        yield slot + timedelta(seconds=int(chance.random() * seconds)), False
    if not settings.storm:
        return
    storm = start - timedelta(minutes=settings.storm_minutes_ago)
    for minute in range(int(seconds // 60)):
        moment = slot + timedelta(minutes=minute)
        for _ in range(_poisson(chance, storm_rate(moment - storm))):
            yield moment + timedelta(seconds=int(chance.random() * 60)), True


def _post(
    settings: DemoSettings,
    moment: datetime,
    slot: datetime,
    number: int,
    *,
    stormy: bool,
    collected_at: datetime,
) -> Mention:
    chance = _chance(settings, slot, f"what {number}")
    platform = chance.choices(_PLATFORMS, _WEIGHTS)[0]
    news = platform == "news"
    native_id = f"demo-{int(slot.timestamp())}-{number}"
    followers = int(chance.lognormvariate(9.5 if news else 5.2, 1.4))
    excitement = chance.lognormvariate(0.6 if stormy else -0.6, 1.0) * math.sqrt(followers) / 6
    text = _text(chance, stormy=stormy)
    title = ""
    if news or platform == "hackernews":
        title = _filled(chance, chance.choice(words.STORM_NEWS)) if stormy else text
    return Mention(
        platform=platform,
        native_id=native_id,
        url=f"https://demo.invalid/{platform}/{native_id}",
        title=title,
        text=text,
        lang="en",
        published_at=moment,
        collected_at=collected_at,
        author=_author(chance, news=news, followers=followers),
        engagement=Engagement(
            likes=int(excitement * 4), shares=int(excitement), comments=int(excitement * 1.5)
        ),
        raw={"demo": True},
    )


def _author(chance: random.Random, *, news: bool, followers: int) -> Author:
    if news:
        paper = chance.choice(words.PAPERS)
        handle = paper.lower().replace(" ", "-")
        return Author(handle=handle, name=paper, followers=followers, verified=True)
    handle = chance.choice(words.FIRST_NAMES) + chance.choice(words.SECOND_NAMES)
    return Author(
        handle=f"{handle}{chance.randrange(100)}", name=handle.title(), followers=followers
    )


def _text(chance: random.Random, *, stormy: bool) -> str:
    if stormy:
        return _filled(chance, chance.choice(words.STORM))
    kinds = (words.POSITIVE, words.NEUTRAL, words.NEGATIVE)
    return _filled(chance, chance.choice(chance.choices(kinds, (45, 43, 12))[0]))


def _filled(chance: random.Random, text: str) -> str:
    return text.format_map({name: chance.choice(told) for name, told in words.FILLINGS.items()})


def _chance(settings: DemoSettings, slot: datetime, what: str) -> random.Random:
    # Invented posts need chance that repeats, not chance that nobody can guess.
    return random.Random(f"{settings.seed} {int(slot.timestamp())} {what}")  # noqa: S311


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method: for the small means here, quick enough."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _floor(moment: datetime) -> datetime:
    length = int(SLOT.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // length * length, UTC)
