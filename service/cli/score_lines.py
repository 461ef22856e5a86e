"""Lines of mentions to the same with their scores: what each process of ``score`` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, Protocol

from rules.errors import InvalidMention
from rules.mention import Mention
from rules.query import Document, Match, Span
from rules.score import RELEVANT, VERSION, BrandContext, Label, Part, version
from rules.score import Scored as Sum
from rules.score.glance import Seen, glance
from rules.score.intent import intent
from rules.score.judge import Asked, Depth, judge_many
from rules.score.judgement import Judgement
from rules.score.language import language_of
from rules.score.polarity import READ_LIMIT, polarity
from rules.score.priority import urgency
from rules.score.relevance import relevance
from rules.score.target.places import places_of
from rules.score.vader import sound
from rules.score.word_list import THRESHOLD, by_word_list
from rules.text import LateTokens, fold
from rules.topic import Topics
from service.cli.line_stream import Answer
from service.cli.output import printable
from service.cli.score_record import Record, Scored, read_record, spoken, written

VADER: Final = "vader"
ANYBODY: Final = 4
"""The tier of a source that nobody has weighed."""

UNNAMED: Final = -0.3
"""What a mention that does not name its target loses of relevance: less than RELEVANT is left."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a mention is judged for: ``match`` is where it names them, None where it has nothing to
    do with them. ``target``: how the text calls them; "" for the tone of the whole."""

    brand: BrandContext
    match: Match | None
    target: str = ""
    unnamed: bool = False


class Aims(Protocol):
    """Finds out whom a mention is judged for."""

    def of(self, mention: Mention, *, target: str) -> Aim: ...


class Targets:
    """Whoever the line names, or nobody."""

    def of(self, mention: Mention, *, target: str) -> Aim:
        if not target:
            return _NOBODY
        spans = tuple(
            Span(name, start, end, text[start:end])
            for name, text in (("title", mention.title), ("text", mention.text))
            for start, end in places_of(target, text)
        )
        brand, names = _called(target)
        match = Match(spans)
        return Aim(brand, match, named(match, names=names), unnamed=not spans)


_DANGERS: Final = Topics(aspects=False)
"""What else is spoken of changes no number."""

_NOBODY: Final = Aim(BrandContext("", topics=_DANGERS), Match(()))


def named(match: Match, *, names: frozenset[str]) -> str:
    """How the mention calls whom it is judged for, where that is one of ``names`` (folded, without
    @); else "", and the tone is that of the whole."""
    return next((span.term for span in match.spans if fold(span.term.lstrip("@#$")) in names), "")


@lru_cache(maxsize=1_024)
def _called(target: str) -> tuple[BrandContext, frozenset[str]]:
    handle = "".join(target.split()).lstrip("@#$")
    brand = BrandContext(target, handles=(handle,) if handle else (), topics=_DANGERS)
    return brand, frozenset({fold(target.lstrip("@#$")), fold(handle)})


class _Tone(NamedTuple):
    """``parts`` are there only where they are asked for."""

    value: float
    label: Label
    confidence: float
    stage: str
    language: str
    parts: tuple[Part, ...] = ()


class Judge:
    """One run. ``stage``: VADER or a depth; NotInstalled is raised by whoever has to load it."""

    def __init__(self, *, aims: Aims, stage: str, explains: bool, now: datetime) -> None:
        self._aims = aims
        self._depth = None if stage == VADER else Depth(stage)
        self._explains = explains
        self._now = now
        self._version = f"{VERSION} {VADER}" if self._depth is None else version(depth=self._depth)

    def answer(self, lines: Sequence[bytes], *, first: int) -> Answer:
        """Every line with its scores, in order; ``first`` is the number of the first line."""
        out = Answer()
        records: list[Record] = []
        for number, line in enumerate(lines, start=first):
            if not line or line.isspace():
                continue
            try:
                records.append(read_record(line, now=self._now))
            except InvalidMention as error:
                out.complaints.append(f"stdin:{number}: {printable(str(error))}; left out")
        out.told = "".join(self._written(records))
        return out

    def _aim(self, record: Record) -> Aim:
        return self._aims.of(record.mention, target=record.target) if record.mention else _NOBODY

    def _written(self, records: Sequence[Record]) -> Iterable[str]:
        """One step after the other for all of them: the transformer is quicker with many texts, and
        so is all else, by a third."""
        aims = [self._aim(record) for record in records]
        given = [self._asked(record, aim) for record, aim in zip(records, aims, strict=True)]
        depth = self._depth or Depth.LINEAR
        found = iter(judge_many([asked for asked in given if asked is not None], depth=depth))
        tones = [
            self._tone(record, aim) if asked is None else _tone_of(next(found))
            for record, aim, asked in zip(records, aims, given, strict=True)
        ]
        for record, aim, tone in zip(records, aims, tones, strict=True):
            yield written(record, self._scored(record, aim, tone))

    def _asked(self, record: Record, aim: Aim) -> Asked | None:
        """None where more than the text tells the tone, or reasons are wanted."""
        mention = record.mention
        if mention is None or self._depth is None or self._explains or aim.brand.lexicon:
            return None
        if not record.bare and mention.engagement.rating is not None:
            return None
        text = spoken(mention.title, mention.text)
        if len(text) > READ_LIMIT:
            return None
        return Asked(text, target=aim.target, told=mention.lang)

    def _tone(self, record: Record, aim: Aim) -> _Tone:
        if self._depth is None:
            return self._by_vader(record)
        mention = record.mention
        if mention is None:
            return _UNHEARD
        match = aim.match or Match(())
        scored, label, known = polarity(mention, match, brand=aim.brand, depth=self._depth)
        return _Tone(
            scored.value, label, known.confidence, known.stage, known.language, scored.parts
        )

    def _by_vader(self, record: Record) -> _Tone:
        mention = record.mention
        if mention is None:
            return _UNHEARD._replace(stage=VADER)
        # Of the whole as it was given: this stage is there to be compared.
        text = spoken(record.told.get("title") or "", record.told.get("text") or "")
        value = sound(text)[0]
        label = Label.NEUTRAL
        if abs(value) >= THRESHOLD:
            label = Label.POSITIVE if value > 0 else Label.NEGATIVE
        confidence = 1 - abs(value) if label is Label.NEUTRAL else abs(value)
        parts: tuple[Part, ...] = ()
        if self._explains:
            known = by_word_list(mention, brand=BrandContext(""))[0]
            whole = Part(VADER, "The word list's view of the whole", value)
            parts = known.parts if known.value == value else (whole,)
        return _Tone(value, label, confidence, VADER, language_of(text, told=mention.lang), parts)

    def _scored(self, record: Record, aim: Aim, tone: _Tone) -> Scored:
        about, urgent, wants = Sum(0.0, ()), Sum(0.0, ()), _NOTHING
        if record.mention is not None:
            quick = record.bare and aim is _NOBODY and not self._explains
            seen = glance(record.mention.text) if quick else None
            if seen is not None:
                about, urgent, wants = _plain_rest(record.mention, tone, seen)
            else:
                about, urgent, wants = _rest(record.mention, aim, tone)
        parts: Mapping[str, list[dict[str, Any]]] | None = None
        if self._explains:
            parts = {
                "polarity": [part.to_json() for part in tone.parts],
                "relevance": about.to_json(),
                "priority": urgent.to_json(),
                "intent": [part.to_json() for part in wants[1]],
            }
        return Scored(
            lang=tone.language,
            relevance=about.value,
            polarity=tone.value,
            label=tone.label.value,
            confidence=tone.confidence,
            priority=urgent.value,
            intent=wants[0],
            stage=tone.stage,
            version=self._version,
            parts=parts,
        )


def _tone_of(one: Judgement) -> _Tone:
    return _Tone(one.value, one.label, one.confidence, one.stage.value, one.language)


_UNHEARD: Final = _Tone(
    0.0,
    Label.UNKNOWN,
    0.0,
    "none",
    "",
    (Part("unknown", "There are no words in it that could be judged", 0.0),),
)
_Wants = tuple[str, tuple[Part, ...]]
_NOTHING: Final[_Wants] = ("other", ())


def _plain_rest(mention: Mention, tone: _Tone, seen: Seen) -> tuple[Sum, Sum, _Wants]:
    """_rest() for nobody, of a text in which nothing else could matter (see glance). The same
    numbers, which the tests hold."""
    about = _about_nobody()
    wants = _plain_wants(mention, tone.label, seen)
    if tone.value >= 0 and not seen.loud:  # nothing else could make it urgent
        return about, Sum(0.0, ()), wants
    urgent = urgency(
        mention,
        relevance=about.value,
        polarity=tone.value,
        label=tone.label,
        brand=_NOBODY.brand,
        tier=ANYBODY,
        fields=(("text", LateTokens(mention.text)),) if seen.loud else (),
        touched=(),
        relevant_from=RELEVANT,
    )
    return about, urgent.weigh(), wants


@cache
def _about_nobody() -> Sum:
    return relevance(_mention("x"), Match(()), brand=_NOBODY.brand, fields=())


def _plain_wants(mention: Mention, label: Label, seen: Seen) -> _Wants:
    """What the first text of its kind wanted: all that look alike want the same."""
    known = _WANTED.get((label, seen))
    if known is None:
        if len(_WANTED) > _KINDS_LIMIT:
            _WANTED.clear()
        fields = (("text", LateTokens(mention.text)),)
        found = intent(mention, label=label, brand=_NOBODY.brand, fields=fields, touched=())
        known = _WANTED[label, seen] = (found.intent.value, ())
    return known


_WANTED: Final[dict[tuple[Label, Seen], _Wants]] = {}
_KINDS_LIMIT: Final = 20_000


def _mention(text: str) -> Mention:
    return Mention("file", text, datetime(1970, 1, 1, tzinfo=UTC))


def _rest(mention: Mention, aim: Aim, tone: _Tone) -> tuple[Sum, Sum, _Wants]:
    """Relevance, priority, intent."""
    document = Document(title=mention.title, text=mention.text, cut=LateTokens)
    fields = document.fields
    about = _relevance(mention, aim, fields=fields)
    touched = aim.brand.topics.find(document)
    urgent = urgency(
        mention,
        relevance=about.value,
        polarity=tone.value,
        label=tone.label,
        brand=aim.brand,
        tier=ANYBODY,
        fields=fields,
        touched=touched,
        relevant_from=RELEVANT,
    ).weigh()
    wants = intent(mention, label=tone.label, brand=aim.brand, fields=fields, touched=touched)
    return about, urgent, (wants.intent.value, wants.parts)


def _relevance(mention: Mention, aim: Aim, *, fields: tuple[Any, ...]) -> Sum:
    if aim.match is None:
        return Sum(0.0, (Part("no-match", "It answers none of the brand's queries", 0.0),))
    about = relevance(mention, aim.match, brand=aim.brand, fields=fields)
    if not aim.unnamed:
        return about
    less = max(UNNAMED, -about.value)
    return Sum(about.value + less, (*about.parts, Part("unnamed", "It does not name them", less)))
