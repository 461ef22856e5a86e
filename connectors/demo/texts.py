"""In which words: sentences with slots, drawn and filled. All of them are our own."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.demo import events, everyday
from connectors.demo.story import Subject

SLOT = re.compile(r"\{(\w+)\}")
BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeio])")
BEGINNING = re.compile(r"(?:^|[.!?] )[a-z]")

BODIES: Mapping[Subject, Sequence[str]] = {
    Subject.PRAISE: everyday.PRAISE,
    Subject.TALK: everyday.TALK,
    Subject.COMPLAINT: everyday.COMPLAINT,
    Subject.RIVAL: everyday.RIVAL,
    Subject.NOISE: everyday.NOISE,
    Subject.LAUNCH: events.LAUNCH,
    Subject.JOKE: events.JOKE,
    Subject.FIRE: events.FIRE,
}
TAILS: Mapping[Subject, Sequence[str]] = {
    Subject.PRAISE: everyday.PRAISE_TAILS,
    Subject.TALK: everyday.TALK_TAILS,
    Subject.COMPLAINT: everyday.COMPLAINT_TAILS,
    Subject.LAUNCH: events.LAUNCH_TAILS,
    Subject.FIRE: events.FIRE_TAILS,
}
TITLES: Mapping[Subject, Sequence[str]] = {
    Subject.PRAISE: everyday.PRAISE_TITLES,
    Subject.TALK: everyday.TALK_TITLES,
    Subject.COMPLAINT: everyday.COMPLAINT_TITLES,
    Subject.RIVAL: everyday.RIVAL_TITLES,
    Subject.NOISE: everyday.NOISE_TITLES,
    Subject.LAUNCH: events.LAUNCH_TITLES,
    Subject.JOKE: events.JOKE_TITLES,
    Subject.FIRE: events.FIRE_TITLES,
}
NEWS: Mapping[Subject, Sequence[tuple[str, str]]] = {
    Subject.PRAISE: everyday.GOOD_NEWS,
    Subject.TALK: everyday.PLAIN_NEWS,
    Subject.RIVAL: everyday.RIVAL_NEWS,
    Subject.LAUNCH: events.LAUNCH_NEWS,
    Subject.FIRE: events.FIRE_NEWS,
}
STARS: Mapping[Subject, Sequence[int]] = {
    Subject.PRAISE: (5, 5, 5, 4, 4),
    Subject.COMPLAINT: (1, 2, 2, 3),
    Subject.RIVAL: (1, 3, 4, 5),
    Subject.FIRE: (1,),
}
"""Reviews of a subject have one of these numbers of stars."""

TITLED = ("reddit", "hackernews", "reviews", "news")


@dataclass(frozen=True, slots=True)
class Words:
    """What a post says. ``stars`` only for reviews."""

    title: str
    text: str
    stars: float | None = None


def words_for(subject: Subject, platform: str, *, dice: random.Random) -> Words:
    if platform == "news":
        title, text = dice.choice(NEWS[subject])
        return Words(title=_filled(title, dice=dice), text=_filled(text, dice=dice))
    parts = [dice.choice(BODIES[subject])]
    if subject in TAILS and dice.random() < 0.55:
        parts.append(dice.choice(TAILS[subject]))
    text = _filled(" ".join(parts), dice=dice)
    title = _filled(dice.choice(TITLES[subject]), dice=dice) if platform in TITLED else ""
    if platform == "mastodon" and dice.random() < 0.2:
        text = f"{text} {dice.choice(everyday.TAGS)}"
    stars = float(dice.choice(STARS[subject])) if platform == "reviews" else None
    return Words(title=title, text=text, stars=stars)


def _filled(template: str, *, dice: random.Random) -> str:
    """Slots hold words that may have slots of their own; one slot twice is drawn twice."""
    while "{" in template:
        template = SLOT.sub(lambda found: dice.choice(everyday.SLOTS[found[1]]), template)
    template = BEFORE_VOWEL.sub(r"\1n ", template)
    return BEGINNING.sub(lambda found: found[0].upper(), template)
