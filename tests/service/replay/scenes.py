"""A small town's worth of posts: two brands, quiet hours, and a fire for each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from rules.mention import Author, Mention
from tests.builders import NOON, minutes

BRANDS = """\
[[brand]]
name = "Acme"
[[brand]]
name = "Brewster"
[[query]]
brand = "Acme"
name = "Acme"
role = "brand"
text = "acme"
[[query]]
brand = "Brewster"
name = "Brewster"
role = "brand"
text = "brewster"
[[person]]
name = "ines"
full_name = "Ines"
[[rota]]
name = "primary"
people = ["ines"]
timezone = "UTC"
starts = 2026-01-01T09:00:00
"""

BEGIN = NOON
FIRST_FIRE, SECOND_FIRE = NOON + minutes(300), NOON + minutes(420)
LAST = SECOND_FIRE + minutes(30)


def posts() -> list[Mention]:
    """Seven and a half hours of posts, in no order of time."""
    return sorted(_posts(), key=lambda post: post.text)


def _posts() -> Iterator[Mention]:
    for number, ago in enumerate(range(0, 450, 10)):
        for brand in ("Acme", "Brewster"):
            yield _post(f"I saw {brand} kettles in shop {number}.", at=BEGIN + minutes(ago))
    for brand, fire in (("Acme", FIRST_FIRE), ("Brewster", SECOND_FIRE)):
        for number in range(60):
            text = f"{brand} is horrible, terrible and dangerous: kettle {number} hurt me!"
            yield _post(text, at=fire + minutes(number / 2), platform=("x", "reddit")[number % 2])


def _post(text: str, *, at: datetime, platform: str = "x") -> Mention:
    return Mention(
        platform=platform,
        text=text,
        collected_at=at,
        published_at=at,
        native_id=text,
        author=Author(handle=f"u{len(text)}", followers=100),
    )


def write_posts(path: Path, mentions: list[Mention]) -> Path:
    """As JSON Lines, the shape that import and replay read."""
    lines = [
        {
            "id": post.native_id,
            "platform": post.platform,
            "published_at": post.effective_at.isoformat(),
            "author": {"handle": post.author.handle, "followers": post.author.followers},
            "text": post.text,
        }
        for post in mentions
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def moments(value: Any) -> Iterator[datetime]:
    """Every time anywhere in a report."""
    if isinstance(value, dict):
        for part in value.values():
            yield from moments(part)
    elif isinstance(value, list):
        for part in value:
            yield from moments(part)
    elif isinstance(value, str) and value[:2] == "20" and value.endswith("Z"):
        yield datetime.fromisoformat(value)
