"""Stories: mentions that tell the same thing, and how many people really tell it. The only door.

    stories = Stories()
    stories.place(Told.of(mention))  ->  Placed(story, similarity, copy, reason)
    lens([...])                      ->  Lens(raw, organic, copies, young, reasons)

May be imported by the service and, for its lens, by trend; knows mentions and words, not brands.
Placing is a function of what was placed before, in order: the same mentions in the same order give
the same stories.
"""

from __future__ import annotations

from rules.story.lens import YOUNG, Copy, Lens, lens, organic_weight
from rules.story.pace import Pace
from rules.story.stories import SIMILAR, Placed, Stories, Story
from rules.story.told import Told

VERSION = "story-1"
"""Changes whenever a mention could come into another story; stored with every assignment."""

__all__ = [
    "SIMILAR",
    "VERSION",
    "YOUNG",
    "Copy",
    "Lens",
    "Pace",
    "Placed",
    "Stories",
    "Story",
    "Told",
    "lens",
    "organic_weight",
]
