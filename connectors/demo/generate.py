"""From a story to posts: the same seed, start and span always give the same ones."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.demo.people import SHOPS, author
from connectors.demo.story import Story, Subject
from connectors.demo.texts import Words, words_for
from rules.mention import Author, Engagement, Mention

PLATFORMS: dict[Subject, dict[str, float]] = {
    Subject.PRAISE: {"mastodon": 34, "reddit": 22, "reviews": 36, "news": 4, "hackernews": 4},
    Subject.TALK: {"mastodon": 46, "reddit": 36, "hackernews": 10, "news": 8},
    Subject.COMPLAINT: {"mastodon": 36, "reddit": 28, "reviews": 36},
    Subject.RIVAL: {"mastodon": 45, "reddit": 30, "reviews": 20, "news": 5},
    Subject.NOISE: {"mastodon": 60, "reddit": 35, "hackernews": 5},
    Subject.LAUNCH: {"mastodon": 52, "reddit": 26, "news": 16, "hackernews": 6},
    Subject.JOKE: {"mastodon": 72, "reddit": 28},
    Subject.FIRE: {"mastodon": 56, "reddit": 29, "reviews": 8, "news": 4, "hackernews": 3},
}
"""Where a subject is talked about, as weights."""

KINDS = {"news": "article", "reviews": "review"}
"""What is published there, where it is not posts."""

SMALL_FIRE = timedelta(minutes=20)
"""For so long the fire is told by people only: papers and reviews come later."""


STEPS = {Subject.FIRE: timedelta(minutes=1)}
"""What changes quicker than by the hour."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the platform would show it."""

    id: str
    at: datetime
    platform: str
    subject: Subject
    words: Words
    author: Author
    engagement: Engagement


def posts(story: Story, *, after: datetime, until: datetime) -> Iterator[Post]:
    """What was posted later than ``after`` and not later than ``until``, oldest first."""
    hour = after.replace(minute=0, second=0, microsecond=0)
    while hour <= until:
        made = [post for subject in Subject for post in _in_hour(story, subject, hour=hour)]
        for post in sorted(made, key=lambda post: (post.at, post.id)):
            if after < post.at <= until:
                yield post
        hour += timedelta(hours=1)


def mention_of(post: Post, *, collected_at: datetime) -> Mention:
    return Mention(
        platform=post.platform,
        native_id=post.id,
        url=_address(post),
        title=post.words.title,
        text=post.words.text,
        lang="en",
        kind=KINDS.get(post.platform, "post"),
        published_at=post.at,
        collected_at=collected_at,
        author=post.author,
        engagement=post.engagement,
        raw={"demo": True, "subject": str(post.subject)},
    )


def _in_hour(story: Story, subject: Subject, *, hour: datetime) -> Iterator[Post]:
    """The posts of a clock hour, drawn in steps within which the rate is taken as constant."""
    step = STEPS.get(subject, timedelta(hours=1))
    starts = [hour + step * number for number in range(timedelta(hours=1) // step)]
    rates = [story.rate(subject, at=start + step / 2) for start in starts]
    if not any(rates):
        return
    dice = random.Random(
        f"{story.seed}:{subject}:{hour.isoformat()}:{_told_around(story, subject)}"
    )
    number = 0
    for start, rate in zip(starts, rates, strict=True):
        count = _poisson(rate * (step / timedelta(hours=1)), dice=dice)
        # Microseconds keep moments apart: the cursor is the moment of the last post brought.
        for micro in sorted(
            dice.randrange(step // timedelta(microseconds=1)) for _ in range(count)
        ):
            number += 1
            native = f"demo-{subject}-{hour:%Y%m%d%H}-{number}"
            yield _post(story, subject, start + timedelta(microseconds=micro), native, dice=dice)


def _told_around(story: Story, subject: Subject) -> str:
    """Ordinary days are the same whenever the demo starts; the events move with its start."""
    moves = (Subject.LAUNCH, Subject.JOKE, Subject.FIRE)
    return story.start.isoformat() if subject in moves else ""


def _post(
    story: Story, subject: Subject, at: datetime, native: str, *, dice: random.Random
) -> Post:
    weights = dict(PLATFORMS[subject])
    if story.ignition is not None and subject is Subject.FIRE and at < story.ignition + SMALL_FIRE:
        weights = {"mastodon": 68, "reddit": 32}
    platform = dice.choices(list(weights), list(weights.values()))[0]
    who = author(platform, dice=dice)
    words = words_for(subject, platform, dice=dice)
    return Post(
        id=native,
        at=at,
        platform=platform,
        subject=subject,
        words=words,
        author=who,
        engagement=_reactions(subject, platform, words, who, dice=dice),
    )


def _reactions(
    subject: Subject, platform: str, words: Words, who: Author, *, dice: random.Random
) -> Engagement:
    if platform == "reviews":
        return Engagement(rating=words.stars, likes=_poisson(0.8, dice=dice))
    heat = {Subject.FIRE: 9.0, Subject.JOKE: 7.0, Subject.LAUNCH: 2.0}.get(subject, 1.0)
    draw = dice.lognormvariate(0.9, 1.1) * heat * (1 + math.log10(1 + (who.followers or 200)) / 3)
    likes = int(draw)
    if platform == "mastodon":
        return Engagement(likes=likes, shares=int(draw * 0.35), comments=int(draw * 0.2))
    if platform == "news":
        return Engagement(comments=int(draw * 0.6), shares=int(draw * 1.5))
    return Engagement(likes=likes, comments=int(draw * 0.7))


def _address(post: Post) -> str:
    place = {
        "mastodon": f"mastodon/{(post.author.handle or '').strip('@').split('@')[0]}",
        "reddit": "reddit/r/kettles",
        "hackernews": "hackernews/item",
        "news": "news/" + (post.author.name or "").lower().replace(" ", "-").replace("&", "and"),
        "reviews": f"reviews/{SHOPS[len(post.id) % len(SHOPS)]}",
    }[post.platform]
    return f"https://demo.invalid/{place}/{post.id}"


def _poisson(mean: float, *, dice: random.Random) -> int:
    """Knuth's draw: multiply uniforms until below e^-mean (TAOCP 2, 3.4.1); for small means."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
