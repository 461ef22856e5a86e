"""Fields as rules/text cuts them, in the form in which the kernel takes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rules.query.percolator.layout import HOST, NAME, PLAIN, RUN, TAG, Given
from rules.text import tokenise

_SIGILS = "#@$"


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a string, with at least one element."""
    # numpy's own strings are arrays of code points: no encoder copies them as fast.
    return np.array([text or "\0"]).view(np.uint32)


def nothing_given() -> Given:
    """The kernel is to cut by itself."""
    none = np.zeros(0, np.int32)
    return Given(none, none, none, none, none, none, none, none, none, np.zeros(0, np.uint32))


def given_of(fields: Sequence[str], mentions: NDArray[np.int32]) -> Given:
    """Title, text and author of these mentions, cut."""
    starts: list[int] = []
    ends: list[int] = []
    word_at = [0]
    said: list[tuple[str, int, int, int]] = []
    said_at = [0]
    for mention in mentions.tolist():
        for field in fields[3 * mention : 3 * mention + 3]:
            if field:
                tokens = tokenise(field)
                starts += tokens.starts
                ends += tokens.ends
                said += [
                    (word, at, at, HOST if ":" in word else PLAIN)
                    for at, word in enumerate(tokens.words)
                ]
                for tag, places in tokens.tags.items():
                    kind = TAG if tag[0] in _SIGILS else NAME if ":" in tag else RUN
                    said += [(tag, first, last, kind) for first, last in places.items()]
            word_at.append(len(starts))
            said_at.append(len(said))
    code_at = np.zeros(len(said) + 1, np.int32)
    np.cumsum([len(each[0]) for each in said], out=code_at[1:])
    return Given(
        mentions=mentions,
        word_at=np.array(word_at, np.int32),
        starts=np.array(starts, np.int32),
        ends=np.array(ends, np.int32),
        said_at=np.array(said_at, np.int32),
        first=np.array([each[1] for each in said], np.int32),
        last=np.array([each[2] for each in said], np.int32),
        kinds=np.array([each[3] for each in said], np.int32),
        code_at=code_at,
        codes=codes_of("".join([each[0] for each in said])),
    )
