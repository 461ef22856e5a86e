"""The drafts we ship, in English. ``{brand}``, ``{opening}`` and ``{sign_off}`` are filled in;
``[...]`` is for the person who publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PLACEHOLDERS: Final = frozenset({"brand", "opening", "sign_off"})

DEFAULT_TEMPLATES: Final[Mapping[str, str]] = {
    "holding": (
        "{opening} We are aware of the posts about {brand} and are looking into [what is being "
        "reported]. We will share what we can confirm at [where] by [time]. If you are affected, "
        "please contact us at [contact]. {sign_off}"
    ),
    "misinformation": (
        "{opening} A claim about {brand} is being shared: [the claim, in one neutral sentence]. "
        "It is not correct. The facts are: [what is true, with a link anyone can check]. If you "
        "have seen it elsewhere, please send it to [contact]. {sign_off}"
    ),
    "victim": (
        "{opening} {brand} has been affected by [what happened, as confirmed]. The safety of "
        "everyone involved comes first. What you can do now: [instructions]. We are working with "
        "[who] and will report again by [time]. {sign_off}"
    ),
    "accidental": (
        "{opening} We have seen your reports about [product or event] and are examining the "
        "cause. Until we know more, please [what to do or stop doing]. We will tell you what we "
        "find, and what {brand} changes, by [time] at [where]. {sign_off}"
    ),
    "service-failure": (
        "{opening} [Service] is not working as it should at {brand} right now, and we know what "
        "that costs you. The team is on it; the state is at [status page]. Next update by "
        "[time]. If you need help before then: [contact]. {sign_off}"
    ),
    "preventable": (
        "{opening} We have heard what you say about [the conduct in question], and you deserve a "
        "straight answer. This is not what {brand} wants to stand for. From today: [the first "
        "concrete step]. [Name and role] answers for it and will report by [time]. {sign_off}"
    ),
}

OPENINGS: Final[Mapping[str, str]] = {
    "plain": "",
    "warm": "Thank you to everyone who wrote to us about this.",
    "formal": "Statement by {brand}.",
}
"""One opening for each tone of voice."""
