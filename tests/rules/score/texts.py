"""Texts that meet every rule of VADER, and vaderSentiment itself as the oracle."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from vaderSentiment import vaderSentiment as original

HAND_MADE = [
    "",
    " ",
    "!!!",
    "The kettle is good.",
    "The kettle is GOOD!",
    "GOOD KETTLE",
    "The kettle is not good, not very good, never so good, never this good??",
    "without doubt good; without a doubt good; without any shame good",
    "no good, no, good; no more good or nice; neither no x or good",
    "the least good, at least good, the very least good, least good",
    "good but bad but good",
    "good good but good bad but bad BUT GOOD",
    "but good",
    "It was kind of good, sort of bad, just enough good",
    "bad ass, this is the shit, the bomb, yeah right, kiss of death, to die for it is bad",
    "a hand to mouth good beating heart, bus stop bad",
    "isn't good, ain't bad, can't win, wouldn't hurt, uh-uh good",
    "EXTREMELY good and VERY bad",
    "love💘love 😂😂 :) ;-) :D ❤️ 👍🏽good",
    "😂 not good 😡but great",
    "SO SO good so this bad",
    "??? good ?? ! !!!!!!",
    "(good), «bad» “nice” *great* #win @fail http://good.bad/",
    "good\u2003bad\u00a0nice\x1cbad",
    "İ am good ŉot ǰoy GOODİ",
]

_TRIGGERS = """
    but no nor or least at very never so this without doubt kind of sort just enough the bad ass
    shit bomb good GOOD bad BAD great love hate not isn't NOT BUT yeah right die for to NO
"""


@cache
def oracle() -> original.SentimentIntensityAnalyzer:
    return original.SentimentIntensityAnalyzer()


def words() -> st.SearchStrategy[str]:
    listed = sorted(oracle().lexicon)
    others = [*original.BOOSTER_DICT, *original.NEGATE, *original.SPECIAL_CASES]
    emoji = sorted(oracle().emojis)
    base = st.one_of(
        st.sampled_from(_TRIGGERS.split()),
        st.sampled_from(_TRIGGERS.split()),
        st.sampled_from(listed),
        st.sampled_from(others),
        st.sampled_from(emoji),
        st.sampled_from(["!", "?", "??", "???", "the", "x", "-", "😂"]),
        st.text(max_size=4),
    )
    return st.one_of(base, base, base.map(str.upper), base.map(lambda word: f"({word},"))


def texts() -> st.SearchStrategy[str]:
    gaps = st.sampled_from([" ", " ", " ", "  ", "\n", ""])
    return st.lists(st.tuples(words(), gaps), max_size=14).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    )
