"""Polarity of a mention: title and text, the stars, and what would flip the label."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mention import Engagement
from rules.query import Match
from rules.score import BrandContext, Label, Opinion, Part, Scored
from rules.score.judge import Depth
from rules.score.polarity import READ_LIMIT, polarity
from rules.score.vader import lexicon, tone
from tests.builders import a_mention
from tests.rules.score.texts import texts

ACME = BrandContext("Acme")
UNREADABLE = "Этот магазин просто ужасный, никогда больше"


def judged(
    text: str,
    brand: BrandContext = ACME,
    *,
    depth: Depth = Depth.LINEAR,
    rating: float | None = None,
    **changes: object,
) -> tuple[Scored, Label, Opinion]:
    mention = a_mention(text=text, engagement=Engagement(rating=rating), **changes)
    return polarity(mention, Match(()), brand=brand, depth=depth)


def adds_up(scored: Scored) -> bool:
    return abs(sum(part.contribution for part in scored.parts) - scored.value) < 1e-6


@given(
    text=texts().filter(bool),
    title=st.sampled_from(["", "x", "Acme recalls kettles"]),
    rating=st.none() | st.floats(1, 5),
    lang=st.sampled_from([None, "en", "de", "ja"]),
)
def test_the_parts_add_up_and_lie_in_the_title_or_the_text(
    text: str, title: str, rating: float | None, lang: str | None
) -> None:
    scored, label, opinion = judged(text, title=title, rating=rating, lang=lang)
    assert adds_up(scored)
    assert -1 <= scored.value <= 1
    assert (opinion.confidence == 0) == (label is Label.UNKNOWN)
    for part in scored.parts:
        if part.span is not None:
            field, start, end = part.span
            assert 0 <= start < end <= len({"title": title, "text": text}[field])


def test_a_complaint_without_one_bad_word_is_negative_and_the_word_list_is_kept_beside() -> None:
    text = "still waiting for my parcel, third week now and nobody answers the phone"
    scored, label, opinion = judged(text)
    assert label is Label.NEGATIVE
    assert scored.value < -0.3
    assert opinion.stage == "linear"
    assert opinion.tone == tone(text, words=lexicon(), own={}).compound == 0


def test_a_part_points_at_its_word_in_the_title_or_the_text() -> None:
    scored, _, _ = judged("and the disgusting smell", title="Horrible kettle")
    places = {part.span for part in scored.parts if part.rule == "word"}
    assert ("title", 0, 8) in places
    assert ("text", 8, 18) in places


def test_a_title_that_the_text_repeats_counts_once() -> None:
    once, _, _ = judged("Horrible kettle. I tried it.")
    twice, _, _ = judged("Horrible kettle. I tried it.", title="Horrible kettle.")
    assert once.value == twice.value


def test_of_a_long_article_the_beginning_is_judged_and_that_is_said() -> None:
    article = "Acme recalls kettles after fires. " * 500
    scored, label, _ = judged(article, title="Acme recalls kettles")
    assert scored.parts[-1].what == f"Only its first {READ_LIMIT:,} characters were judged"
    assert adds_up(scored)
    assert judged(article + "great " * 500, title="Acme recalls kettles")[1] is label


def test_a_language_that_no_model_knows_is_unknown_and_never_neutral() -> None:
    scored, label, opinion = judged(UNREADABLE, lang="ru")
    assert (scored.value, label, opinion.stage) == (0.0, Label.UNKNOWN, "none")
    assert (opinion.flip, opinion.confidence, opinion.language) == (None, 0.0, "ru")
    assert "ru" in scored.parts[0].what


def test_a_language_that_is_judged_badly_is_said_to_be() -> None:
    assert judged("यह बहुत खराब है", lang="hi")[2].weak
    assert not judged("Das ist wirklich schlecht, nie wieder", lang="de")[2].weak


@pytest.mark.parametrize(
    ("rating", "label"), [(1, Label.NEGATIVE), (3, Label.NEUTRAL), (5, Label.POSITIVE)]
)
def test_stars_are_a_reason_of_their_own(rating: float, label: Label) -> None:
    scored, found, opinion = judged("The kettle arrived on Monday", rating=rating)
    assert found is label
    assert opinion.stage == "linear"
    stars = [part for part in scored.parts if part.rule == "stars"]
    assert bool(stars) == (rating != 3)
    if stars:
        assert stars[0].what == f"A rating of {rating} of 5 stars"
        assert (stars[0].contribution > 0) == (rating > 3)


def test_more_stars_are_never_worse() -> None:
    stars = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]
    values = [judged("The kettle arrived on Monday", rating=each)[0].value for each in stars]
    assert values == sorted(values)
    assert len(set(values)) == len(values)


def test_where_nothing_can_be_read_the_stars_speak_alone() -> None:
    scored, label, opinion = judged(UNREADABLE, lang="ru", rating=1)
    assert (label, opinion.stage) == (Label.NEGATIVE, "rating")
    assert [part.rule for part in scored.parts] == ["stars"]
    assert judged(UNREADABLE, lang="ru", rating=3)[1] is Label.UNKNOWN


def test_the_brands_own_word_is_not_bad_news() -> None:
    text = "Bought the Killer, it is a killer"
    own, _, _ = judged(text, BrandContext("Acme", lexicon={"Killer": 2.0}))
    assert own.value > judged(text)[0].value
    assert any(part.rule == "brand word" for part in own.parts)
    assert adds_up(own)


def test_without_the_part_that_is_named_the_label_is_the_one_that_is_named() -> None:
    seen = set()
    for text in ("It was fine until it broke", "good kettle", "This is a disgusting kettle"):
        scored, label, opinion = judged(text)
        if opinion.flip is None:
            continue
        left = [part for at, part in enumerate(scored.parts) if at != opinion.flip]
        assert label_by_odds(left) is opinion.flipped
        assert opinion.flipped is not label
        assert scored.parts[opinion.flip].rule not in ("start", "rest")
        seen.add(label)
    assert len(seen) > 1


def test_nothing_flips_what_many_reasons_say() -> None:
    text = "Worst, most disgusting, horrible service ever. Never again, awful awful people."
    assert judged(text)[2].flip is None


def test_one_angry_word_in_a_plain_sentence_is_what_would_flip_it() -> None:
    scored, label, opinion = judged("The kettle from the shop in Leeds is disgusting")
    assert label is Label.NEGATIVE
    assert opinion.flip is not None
    assert "disgusting" in scored.parts[opinion.flip].what


def test_the_transformer_speaks_where_it_is_asked() -> None:
    scored, _, opinion = judged("The kettle arrived on Monday", depth=Depth.DEEP)
    assert opinion.stage == "deep"
    assert "transformer" in {part.rule for part in scored.parts}
    assert adds_up(scored)


def test_praise_that_is_doubted_is_so_beside_the_stars() -> None:
    text = "wow great job losing my parcel"
    doubted = judged(text, depth=Depth.DEEP)
    starred = judged(text, depth=Depth.DEEP, rating=3.02)
    assert doubted[1] is starred[1] is Label.NEUTRAL
    assert starred[0].value > doubted[0].value > 0
    assert judged(text, depth=Depth.DEEP, rating=5)[1] is Label.POSITIVE


@pytest.mark.parametrize("depth", list(Depth))
def test_the_same_mention_gets_the_same_answer_again(depth: Depth) -> None:
    first = judged("It was fine until it broke", depth=depth)
    judged("another one in between, quite bad", depth=depth)
    assert judged("It was fine until it broke", depth=depth) == first


def label_by_odds(parts: list[Part]) -> Label:
    given: Mapping[Label, float] = {
        Label.NEUTRAL: 0.0,
        Label.NEGATIVE: sum(part.odds[0] for part in parts if part.odds),
        Label.POSITIVE: sum(part.odds[1] for part in parts if part.odds),
    }
    return max(given, key=given.__getitem__)
