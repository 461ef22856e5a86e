"""Relevance: is it about the brand at all?"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rules.mention import Mention
from rules.query import Match, Span
from rules.score.brand import BrandContext
from rules.score.explanation import Part, Scored, bounded
from rules.score.learned import Evidence, features, learned
from rules.score.phrases import NOT_ABOUT
from rules.text import Tokens, fold

BASE = 0.5
TITLE = 0.2
SIGIL = 0.15
OFTEN = 0.1
EARLY = 0.1
ONLY_IN_LINK = -0.35
ONLY_AUTHOR = -0.4
OWN_POST = -0.6
ADVERT: Final = {"job advert": -0.4, "giveaway or coupon": -0.4}
TAG_LIST = -0.25
CONTEXT = 0.1
PASSING = -0.2

_EARLY_CHARACTERS = 60
_OFTEN_PLACES = 3
_MANY_TAGS = 6
_PASSING_LENGTH = 1_500
_SIGILS = "#@$＃＠＄"


def relevance(
    mention: Mention, match: Match, *, brand: BrandContext, fields: tuple[tuple[str, Tokens], ...]
) -> Scored:
    """0 to 1. Each reason adds or takes a fixed amount, so that a person can follow the sum."""
    spans = match.spans
    spoken = [span for span in spans if span.field != "author"]
    parts = [Part("match", "It answers the query", BASE, _place(spoken))]
    if spans and not spoken:
        parts.append(Part("only-author", "Only the author's name answers it", ONLY_AUTHOR))
    in_words = [span for span in spoken if not _in_link(_text(mention, span), span)]
    if spoken and not in_words:
        parts.append(
            Part("only-link", "Only a link answers it", ONLY_IN_LINK, _place(spoken)),
        )
    parts += _prominence(mention, in_words)
    parts += _addressed(mention, in_words, brand=brand, fields=fields)
    parts += _not_about(mention, brand=brand, fields=fields)
    parts += _in_context(brand, spans=in_words, fields=fields)
    if brand.evidence != Evidence():
        known = features(mention, match, fields=fields)
        parts += learned(known, brand.evidence, fields=fields)
    return bounded(parts)


def _prominence(mention: Mention, spans: list[Span]) -> list[Part]:
    out: list[Part] = []
    if not spans:
        return out
    first = spans[0]
    if first.field == "title":
        out.append(Part("title", f"“{first.term}” stands in the title", TITLE, _place(spans)))
    elif first.start < _EARLY_CHARACTERS:
        out.append(Part("early", f"“{first.term}” stands at the beginning", EARLY, _place(spans)))
    terms = {span.term.casefold() for span in spans}
    if len(terms) > 1:
        out.append(Part("often", f"{len(terms)} different words of the query stand in it", OFTEN))
    elif len(spans) >= _OFTEN_PLACES:
        out.append(Part("often", f"“{first.term}” stands in it {len(spans)} times", OFTEN))
    late = first.field == "text" and 2 * first.start > len(mention.text) > _PASSING_LENGTH
    if late and len(spans) == 1:
        out.append(
            Part("passing", "A long text names it once, late, in passing", PASSING, _place(spans))
        )
    return out


def _addressed(
    mention: Mention,
    spans: list[Span],
    *,
    brand: BrandContext,
    fields: tuple[tuple[str, Tokens], ...],
) -> list[Part]:
    """That the post speaks to the brand or carries its tag, and not merely uses its word."""
    handles = _handles(brand.handles)
    for name, tokens in fields:
        for handle in handles:
            places = tokens.find((handle,), limit=1) if handle in tokens.tags else ()
            if places:
                return [
                    Part("handle", f"It speaks to the brand: {handle}", SIGIL, (name, *places[0]))
                ]
    for span in spans:
        if _text(mention, span)[span.start] in _SIGILS:
            written = _text(mention, span)[span.start : span.end]
            return [Part("tag", f"It carries the tag {written}", SIGIL, _place([span]))]
    return []


def _in_context(
    brand: BrandContext, *, spans: list[Span], fields: tuple[tuple[str, Tokens], ...]
) -> list[Part]:
    """The brand's own description beside its name: the phone maker's apple, not the pie's."""
    if not brand.context or not spans:
        return []
    own = {fold(piece) for span in spans for piece in span.term.split()}
    for name, tokens in fields:
        for word in tokens.words:
            if word in brand.context and word not in own:
                place = tokens.find((word,), limit=1)[0]
                what = f"“{word}” is a word of the brand's description"
                return [Part("context", what, CONTEXT, (name, *place))]
    return []


def _not_about(
    mention: Mention, *, brand: BrandContext, fields: tuple[tuple[str, Tokens], ...]
) -> list[Part]:
    out: list[Part] = []
    if "@" + fold((mention.author.handle or "").removeprefix("@")) in _handles(brand.handles):
        out.append(Part("own-post", "The brand itself wrote it", OWN_POST))
    seen: set[str] = set()
    for found in NOT_ABOUT.find(fields):
        if found.group not in seen:
            seen.add(found.group)
            what = f"It reads like a {found.group}: “{found.phrase}”"
            out.append(Part(found.group.replace(" ", "-"), what, ADVERT[found.group], found.span))
    for _, tokens in fields:
        if tokens.text.count("#") + tokens.text.count("＃") < _MANY_TAGS:
            continue
        tags = sum([len(places) for tag, places in tokens.tags.items() if tag[0] == "#"])
        if tags >= _MANY_TAGS and 3 * tags >= len(tokens.words):
            out.append(Part("tag-list", f"It is mostly a list of {tags} hashtags", TAG_LIST))
            break
    return out


@lru_cache(maxsize=256)
def _handles(handles: tuple[str, ...]) -> frozenset[str]:
    return frozenset("@" + fold(handle.removeprefix("@")) for handle in handles if handle)


def _in_link(text: str, span: Span) -> bool:
    """An address with or without https://: ``acme.com`` and ``shop.example/acme`` are links."""
    written = text[span.start : span.start + 8].lower()
    if written.startswith(("http://", "https://", "www.")):
        return True
    after = text[span.end : span.end + 2]
    if len(after) == 2 and after[0] == "." and after[1].isalpha() and after[1].islower():
        return True
    before = text[max(0, span.start - 2) : span.start]
    return len(before) == 2 and before[1] == "/" and not before[0].isspace()


def _text(mention: Mention, span: Span) -> str:
    return mention.title if span.field == "title" else mention.text


def _place(spans: list[Span]) -> tuple[str, int, int] | None:
    return (spans[0].field, spans[0].start, spans[0].end) if spans else None
