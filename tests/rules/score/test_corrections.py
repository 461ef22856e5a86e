"""What was corrected bends polarity: a little by one, much by five alike, never without bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import Document, Match, match, parse
from rules.score import BrandContext, Label, Opinion, Scored
from rules.score.corrections import LABELS, MOST, Corrections, corrected, features_of
from rules.score.polarity import polarity
from rules.text import tokenise
from tests.builders import a_mention

JOKE = "acme my new kettle really lit up the whole kitchen tonight"
LIKE_IT = "the acme kettle lit up the whole kitchen again, lovely"
OTHER = "acme opens a shop in Leeds"
FOREIGN = "acme чайник сгорел вчера вечером"


def found_in(text: str) -> Match:
    return match(parse("acme"), Document.of(a_mention(text=text))) or Match(())


def features(text: str) -> frozenset[str]:
    return features_of(found_in(text), fields=[("text", tokenise(text))])


def after(text: str, *given: tuple[str, Label], lang: str = "en") -> tuple[Scored, Label, Opinion]:
    known = Corrections.of((features(each), label) for each, label in given)
    brand = BrandContext("Acme", corrections=known)
    return polarity(a_mention(text=text, lang=lang), found_in(text), brand=brand)


def test_without_corrections_nothing_is_different() -> None:
    assert after(JOKE) == polarity(a_mention(text=JOKE), found_in(JOKE), brand=BrandContext("Acme"))


def test_one_moves_a_little_and_five_alike_move_much() -> None:
    before = after(LIKE_IT)[0].value
    one = after(LIKE_IT, (JOKE, Label.NEGATIVE))[0].value
    five = after(LIKE_IT, *[(JOKE, Label.NEGATIVE)] * 5)[0].value
    assert before > one > five
    assert after(JOKE, *[(JOKE, Label.NEGATIVE)] * 3)[1] is Label.NEGATIVE


@pytest.mark.parametrize("label", LABELS)
def test_a_correction_leads_to_its_label(label: Label) -> None:
    known = [(JOKE, label)] * 5
    assert after(JOKE, *known)[1] is label


def test_what_is_said_of_one_thing_leaves_others_alone() -> None:
    before, label, _ = after(OTHER)
    taught, same, _ = after(OTHER, *[(JOKE, Label.NEGATIVE)] * 5)
    assert (taught.value, same) == (before.value, label)


def test_the_parts_say_which_words_and_add_up() -> None:
    scored, _, _ = after(LIKE_IT, (JOKE, Label.NEGATIVE), ("acme lit", Label.POSITIVE))
    parts = [part for part in scored.parts if part.rule == "correction"]
    said = "“lit” was in mentions that were corrected: 1 to negative, 1 to positive"
    assert said in {part.what for part in parts}
    assert any(part.span and LIKE_IT[slice(*part.span[1:])] == "kitchen" for part in parts)
    assert sum(part.contribution for part in scored.parts) == pytest.approx(scored.value, abs=1e-6)


def test_the_words_of_the_query_teach_nothing() -> None:
    assert not any("acme" in each.split() for each in features(JOKE))


def test_where_no_model_reads_the_language_enough_alike_can_speak() -> None:
    assert after(FOREIGN, lang="ru")[1] is Label.UNKNOWN
    scored, label, opinion = after(FOREIGN, *[(FOREIGN, Label.NEGATIVE)] * 3, lang="ru")
    assert (label, opinion.stage) == (Label.NEGATIVE, "correction")
    assert {part.rule for part in scored.parts} == {"correction"}
    one_word_alike = ("acme вчера", Label.NEGATIVE)
    assert after(FOREIGN, one_word_alike, lang="ru")[1] is Label.UNKNOWN


WORDS = st.frozensets(st.sampled_from(["lit", "up", "kitchen", "hold", "on hold"]), min_size=1)


@given(st.lists(st.tuples(WORDS, st.sampled_from(LABELS)), max_size=12), WORDS)
def test_what_it_adds_is_bounded(
    examples: list[tuple[frozenset[str], Label]], seen: frozenset[str]
) -> None:
    parts = corrected(seen, Corrections.of(examples), fields=())
    for at in (0, 1):
        assert abs(sum(part.odds[at] for part in parts if part.odds)) <= 2 * MOST + 1e-9


@given(st.lists(st.tuples(WORDS, st.sampled_from(LABELS)), max_size=8), st.randoms())
def test_the_order_does_not_matter_and_what_is_undone_leaves_no_trace(
    examples: list[tuple[frozenset[str], Label]], dice: st.DataObject
) -> None:
    mixed = list(examples)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert Corrections.of(mixed).digest == Corrections.of(examples).digest
    if examples:
        assert Corrections.of(examples[1:]) != Corrections.of(examples)
        assert bool(Corrections.of(examples))
