"""Who posts: invented people and papers, always the same for the same number."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from rules.mention import Author

FIRST = (
    "Amara", "Ben", "Carys", "Dev", "Elif", "Femi", "Greta", "Hugo", "Isla", "Jonah", "Kaito",
    "Leila", "Mateo", "Nia", "Olek", "Priya", "Quinn", "Rosa", "Sami", "Tess", "Uma", "Viktor",
    "Wren", "Xanthe", "Yusuf", "Zadie", "Anders", "Bea", "Callum", "Dina",
)  # fmt: skip
LAST = (
    "Ashdown", "Brook", "Castellan", "Dunmore", "Everly", "Fenwick", "Garland", "Hollis", "Ibarra",
    "Jarrow", "Keswick", "Lindqvist", "Marlow", "Nakata", "Okafor", "Penhale", "Quarrie", "Renner",
    "Sorrel", "Tamm", "Underhill", "Varga", "Whitlock", "Yardley", "Zeller",
)  # fmt: skip
HANDLES = (
    "brews", "steeps", "reads", "bakes", "cycles", "grows_tomatoes", "at_home", "writes",
    "on_rails", "fixes_things", "kitchen", "drinks_oolong", "north", "paints", "codes",
    "walks_dogs",
)  # fmt: skip
PAPERS = (
    ("The Harbour Post", 410_000),
    ("Consumer Ledger", 96_000),
    ("Northgate Evening News", 150_000),
    ("Kitchen & Counter", 62_000),
    ("The Daily Meridian", 820_000),
    ("Homeware Weekly", 18_000),
    ("Saltmarsh Gazette", 27_000),
)
"""Invented papers and their readers."""

SHOPS = ("harbour-home", "pantry-direct", "volt-and-vessel")
COUNT = 420


@dataclass(frozen=True, slots=True)
class Person:
    handle: str
    name: str
    followers: int


@cache
def person(number: int) -> Person:
    """One of ``COUNT`` people. Most have a few hundred followers, a handful tens of thousands."""
    dice = random.Random(f"person:{number % COUNT}")
    first, last = dice.choice(FIRST), dice.choice(LAST)
    handle = f"{first.lower()}_{dice.choice(HANDLES)}"
    if dice.random() < 0.5:
        handle = f"{first.lower()}{last.lower()}{dice.randint(1, 99)}"
    followers = int(min(dice.lognormvariate(5.3, 1.5), 90_000))
    return Person(handle=handle, name=f"{first} {last}", followers=followers)


def author(platform: str, *, dice: random.Random) -> Author:
    """Who writes on that platform: news has papers, reviews have no followers."""
    if platform == "news":
        name, readers = dice.choice(PAPERS)
        return Author(handle=None, name=name, followers=readers)
    who = person(dice.randrange(COUNT))
    if platform == "mastodon":
        return Author(handle=f"@{who.handle}@demo.invalid", name=who.name, followers=who.followers)
    if platform == "reviews":
        return Author(name=who.name)
    return Author(handle=who.handle)
