"""How a text is put before the transformer: one meaning, in training and in service."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

READ_LIMIT: Final = 600
"""Characters looked at: more than the transformer's words can hold."""

_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\bpic\.twitter\.com/\S+", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w@])@\w+")
_TAG: Final = re.compile(r"#(\w+)")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[a-z])(?=[A-Z])")
_LONG_LETTER: Final = re.compile(r"([A-Za-z!?.])\1{2,}")
_BLANKS: Final = re.compile(r"\s+")


def read(text: str, *, target: str = "") -> str:
    """The text in the words the transformer knows.

    Links and handles become one word each, except the handle that is the target; hashtags are cut
    at their humps; emoji are written out, a run of one emoji once; drawn-out letters are shortened.
    """
    text = text[:READ_LIMIT]
    if "&" in text:
        text = html.unescape(text)
    text = _LINK.sub("http", text)
    kept = target.removeprefix("@").casefold()

    def handle(found: re.Match[str]) -> str:
        word = found.group()[1:]
        return word if kept and word.casefold() == kept else "@user"

    text = _HANDLE.sub(handle, text)
    text = _TAG.sub(lambda found: _HUMP.sub(" ", found.group(1)), text)
    if not text.isascii():
        pattern, names = _emoji()
        text = pattern.sub(lambda found: f" {names[found.group(1)]} ", text)
    text = _LONG_LETTER.sub(r"\1\1", text)
    return _BLANKS.sub(" ", text).strip()


@cache
def _emoji() -> tuple[re.Pattern[str], dict[str, str]]:
    """Runs of one emoji, and what VADER's table calls each."""
    names = {
        sign: name for sign, name in SentimentIntensityAnalyzer().emojis.items() if len(sign) == 1
    }
    signs = "".join(map(re.escape, names))
    return re.compile(f"([{signs}])(?:[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\\1)*"), names
