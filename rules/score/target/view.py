"""A text as its target sees it: what is about somebody else, what turns round in a comparison.

Three rules, each of which shows as a part of the explanation:

    elsewhere    words about somebody else are not heard: "X is great, the others are terrible"
    comparison   praise of another over the target is bad for the target, and the other way round
    named        whoever is only named is seldom meant: neutral is likelier than else

Whoever is spoken to, by a handle, is meant by the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rules.score.target.places import places_of
from rules.text.function_words import FUNCTION_WORDS

NAMED: Final = 0.75
"""What being only named takes from negative and positive over neutral (logarithms of odds): where
the macro-F1 on semeval_ce_train, labels towards a topic, is highest for the models of the card."""

READ_LIMIT: Final = 4_000
"""Characters in which others are looked for."""

_CUT: Final = re.compile(
    r"(?<=[.!?;:\n])\s+|,\s+|\s+[-\u2013\u2014]+\s+"
    r"|\s+(?=(?:but|while|whereas|whilst|although|though|unlike|however|yet)\b)",
    re.IGNORECASE,
)
_JOINS: Final = r"(?:(?:and|but|while|whereas|whilst|although|though|however|yet|so|or)\s+)*"
_VERB: Final = (
    r"(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|makes?|made|gets?|got|keeps?"
    r"|never|always|just|still|really|rocks?|sucks?|wins?|fails?|failed|charges?|ships?|works?"
    r"|isn't|aren't|wasn't|doesn't|don't|didn't|can't|won't)"
)
_OTHERS: Final = re.compile(
    r"\b(?:the\s+)?others\b|\b(?:every|any|no)(?:one|body)\s+else\b|\bthe\s+rest\b"
    r"|\b(?:all|every|any|most)\s+(?:the\s+)?other\b|\b(?:the|its|their|your)\s+competit(?:ion|ors?)\b"
    r"|\b(?:its|their|your)\s+rivals?\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(rf"{_JOINS}([A-Z@#]\w[\w.&'-]*)\s+(?:\w+\s+)?{_VERB}\b")
_BETTER: Final = (
    r"better|nicer|faster|cheaper|safer|easier|stronger|superior|kinder|friendlier|more\s+\w+able"
)
_WORSE: Final = r"worse|slower|inferior|less\s+\w+able|more\s+expensive|dearer|ruder"


@dataclass(frozen=True, slots=True)
class Note:
    """What a rule found, and where. ``words``: how the text puts it."""

    rule: str
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """``text``: with blanks for what is about somebody else, as long as it was. ``turn``: -1 where
    good turns bad for the target, 1 where bad turns good. ``others``: somebody else is in it."""

    text: str
    named: float = 0.0
    turn: int = 0
    others: bool = False
    notes: tuple[Note, ...] = ()


def view(text: str, *, target: str) -> View | None:
    """None where the tone towards the target is that of the whole: there is no target, it is not in
    the text, or it is who is spoken to and nobody else is spoken of."""
    head = text[:READ_LIMIT]
    places = places_of(target, head)
    if not places:
        return None
    notes = tuple(_elsewhere(head, places))
    turn = _compared(head, target) if len(places) == 1 else None
    spoken_to = any(text[start] in "@＠" for start, _ in places)
    if spoken_to and not notes and turn is None:
        return None
    for note in notes:
        text = text[: note.start] + " " * (note.end - note.start) + text[note.end :]
    return View(
        text,
        named=0.0 if spoken_to or notes or turn else NAMED,
        turn=turn[0] if turn else 0,
        others=bool(notes) or turn is not None,
        notes=(*notes, turn[1]) if turn else notes,
    )


def _elsewhere(text: str, places: list[tuple[int, int]]) -> list[Note]:
    """Clauses without the target that are said of others, or of a name, where the target has a
    clause of its own."""
    clauses = _clauses(text)
    own = [any(start <= place < end for place, _ in places) for start, end in clauses]
    if all(own):
        return []
    subject = any(_says(text, place, clauses) for place in places)
    out: list[Note] = []
    open_sentence = False
    for (start, end), mine in zip(clauses, own, strict=True):
        clause = text[start:end]
        if mine:
            open_sentence = False
            continue
        foreign = _OTHERS.search(clause) is not None or (subject and _of_a_name(clause))
        # "…, slow and ugly": what follows in the sentence is said of the same.
        if foreign or (open_sentence and not _starts_anew(clause)):
            out.append(Note("elsewhere", start, end))
            open_sentence = clause.rstrip()[-1:] not in ".!?"
    return out


def _clauses(text: str) -> list[tuple[int, int]]:
    edges = [0]
    for cut in _CUT.finditer(text):
        edges += [cut.start(), cut.end()]
    edges.append(len(text))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def _says(text: str, place: tuple[int, int], clauses: list[tuple[int, int]]) -> bool:
    """Whether something is said of the target: it begins a clause, and a verb follows."""
    start, end = next((each for each in clauses if each[0] <= place[0] < each[1]), (0, 0))
    before, after = text[start : place[0]], text[place[1] : end]
    return _BEGINS.fullmatch(before) is not None and _SAYS.match(after) is not None


def _of_a_name(clause: str) -> bool:
    found = _NAME.match(clause)
    return found is not None and found.group(1).lower() not in FUNCTION_WORDS


def _starts_anew(clause: str) -> bool:
    first = clause.split(maxsplit=1)[0].lower() if clause.strip() else ""
    return first in _ANEW


_BEGINS: Final = re.compile(rf"\s*{_JOINS}(?:the\s+|my\s+|our\s+)?", re.IGNORECASE)
_SAYS: Final = re.compile(rf"(?:'s)?(?:\s+\w+){{0,2}}?\s+{_VERB}\b", re.IGNORECASE)
_ANEW: Final = frozenset(
    {
        "i",
        "we",
        "you",
        "it",
        "they",
        "he",
        "she",
        "this",
        "that",
        "my",
        "our",
        "but",
        "and",
        "thanks",
    }
)


def _compared(text: str, target: str) -> tuple[int, Note] | None:
    for turn, pattern in zip((-1, 1), _comparisons(target), strict=True):
        found = pattern.search(text)
        if found:
            return turn, Note("comparison", *found.span())
    return None


@lru_cache(maxsize=1_024)
def _comparisons(target: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = r"\s+".join(map(re.escape, target.strip().lstrip("@#$").split()))
    than = rf"\s+(?:than|to)\s+(?:the\s+|my\s+|your\s+)?[@#]?{name}(?!\w)"
    return (
        re.compile(
            rf"\b(?:{_BETTER}){than}|\b(?:beats?|outperforms?)\s+[@#]?{name}(?!\w)", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{_WORSE}){than}", re.IGNORECASE),
    )
