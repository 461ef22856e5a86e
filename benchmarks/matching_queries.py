"""Queries as agencies write them, made up from the words of given texts; the same for one seed.

The mix follows published saved searches: brands with their spellings, tags, handles and products,
a part with a context that must be there, exclusions, nearness, prefixes, names that are common
words and so are asked for in capitals, authors, sites, lists of many brands. About half of the
brands occur in the texts, the others are invented.
"""

from __future__ import annotations

import random
from collections import Counter

from rules.mention import Mention
from rules.query import QuerySyntaxError, parse
from rules.text import tokenise

_SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "ve",
    "zu",
    "tor",
    "nex",
    "bri",
    "sol",
    "qua",
    "dan",
    "fel",
    "gor",
    "hin",
    "jas",
]
_CONTEXT = [
    "recall",
    "fire",
    "scandal",
    "lawsuit",
    "price",
    "service",
    "delivery",
    "broken",
    "refund",
    "support",
    "app",
    "update",
    "launch",
    "review",
    "store",
    "ceo",
    "strike",
    "data",
    "outage",
    "quality",
    "taste",
    "shipping",
    "crash",
    "hack",
    "cancelled",
    "late",
    "staff",
    "rude",
    "awesome",
    "love",
    "hate",
    "worst",
    "best",
    "free",
    "win",
    "sale",
    "stock",
    "shares",
    "profit",
]
_NOISE = [
    "jobs",
    "hiring",
    "giveaway",
    "coupon",
    "porn",
    "horoscope",
    "lyrics",
    "recipe",
    "football",
    "movie",
    "game",
    "song",
]
_COMMON_BRANDS = [
    "Apple",
    "Target",
    "Visa",
    "Gap",
    "Shell",
    "Orange",
    "Amazon",
    "Subway",
    "Sprint",
    "Delta",
    "Chase",
    "Ford",
]


class _Inventor:
    def __init__(self, mentions: list[Mention], *, seed: int) -> None:
        self.dice = random.Random(seed)
        counts: Counter[str] = Counter()
        for mention in mentions[:: max(1, len(mentions) // 20_000)]:
            counts.update(
                word for word in tokenise(mention.text).words if word.isascii() and word.isalpha()
            )
        ranked = [word for word, _ in counts.most_common() if 4 <= len(word) <= 12]
        self.brands = ranked[700:14_000] or ranked
        self.frequent = ranked[40:1_500] or ranked

    def name(self) -> str:
        if self.dice.random() < 0.5:
            return self.dice.choice(self.brands)
        return "".join(self.dice.choice(_SYLLABLES) for _ in range(self.dice.randint(2, 4)))

    def brand(self) -> str:
        """A group of the ways in which one brand is written."""
        name = self.name()
        forms = [name]
        if self.dice.random() < 0.35:
            second = self.dice.choice(self.frequent)
            forms += [f'"{name} {second}"', name + second]
        if self.dice.random() < 0.7:
            forms += [f"@{name}", f"#{name}"]
        if self.dice.random() < 0.3:
            forms.append(f"#{name}{self.dice.choice(['fail', 'uk', 'support', 'love'])}")
        for _ in range(self.dice.randint(0, 4)):
            forms.append(self._misspelled(name))
        for _ in range(self.dice.randint(0, 3)):
            forms.append(f'"{name} {self.dice.choice(_CONTEXT)}"')
        if self.dice.random() < 0.08 and len(name) >= 6:
            forms.append(name[:6] + "*")
        return f"({' OR '.join(dict.fromkeys(forms))})"

    def _misspelled(self, name: str) -> str:
        at = self.dice.randrange(1, len(name))
        return self.dice.choice(
            [
                name[:at] + name[at] + name[at:],
                name[: at - 1] + name[at:] + name[at - 1],
                name + "s",
            ]
        )

    def group(self, words: list[str], least: int, most: int) -> str:
        chosen = self.dice.sample(words, self.dice.randint(least, most))
        return f"({' OR '.join(chosen)})"

    def query(self) -> str:
        kind = self.dice.random()
        if kind < 0.28:
            text = self.brand()
        elif kind < 0.46:
            text = f"{self.brand()} NOT {self.group(_NOISE, 1, 5)}"
        elif kind < 0.78:
            text = f"{self.brand()} AND {self.group(_CONTEXT, 3, 12)}"
            if self.dice.random() < 0.4:
                text += f" NOT {self.group(_NOISE, 1, 4)}"
        elif kind < 0.88:
            near = self.dice.choice(["NEAR/3", "NEAR/5", "NEAR/10", "ONEAR/4"])
            text = f"{self.brand()} {near} {self.group(_CONTEXT, 3, 10)}"
        elif kind < 0.91:
            common = self.dice.choice(_COMMON_BRANDS)
            text = f'raw:"{common}" AND {self.group(_CONTEXT, 3, 8)}'
        elif kind < 0.94:
            text = f"{self.group(self.frequent, 2, 3)} AND {self.group(_CONTEXT, 2, 4)}"
        elif kind < 0.97:
            text = f"author:@user{self.dice.randrange(60_000)} OR @{self.name()}"
        elif kind < 0.985:
            text = " OR ".join(self.name() for _ in range(self.dice.randint(10, 30)))
        elif kind < 0.995:
            text = " OR ".join(f"{self.name()[:5]}*" for _ in range(3))
        else:
            text = f"site:{self.dice.choice(['reddit.com', 'bbc.co.uk'])} AND {self.brand()}"
            text += f" engagement:>{self.dice.choice([50, 100, 200])}"
        if self.dice.random() < 0.15:
            text = f"({text}) {self.dice.choice(_FILTERS)}"
        return text


_FILTERS = ["lang:en", "lang:de", "platform:x", "platform:reddit", "site:x.com", "followers:>1000"]


def invent(mentions: list[Mention], *, count: int, seed: int) -> dict[int, str]:
    """``count`` queries by number; what the language refuses is drawn again."""
    inventor = _Inventor(mentions, seed=seed)
    out: dict[int, str] = {}
    while len(out) < count:
        text = inventor.query()
        try:
            parse(text)
        except QuerySyntaxError:
            continue
        out[len(out)] = text
    return out
