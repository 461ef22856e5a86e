"""Whatever a connector brings, the store can hold it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rules.mention import TEXT_LIMIT, Engagement
from service.ingest.clean import clean
from tests.builders import a_mention, an_author

ANY = st.text(alphabet=st.characters(codec=None), max_size=40)


@given(text=ANY, handle=ANY, raw=st.dictionaries(ANY, ANY, max_size=3))
def test_no_nul_and_no_lone_surrogate_survives(text: str, handle: str, raw: dict[str, str]) -> None:
    tidy = clean(a_mention(title="t", text=text, author=an_author(handle=handle), raw=raw))
    told = json.dumps([tidy.text, tidy.author.handle, dict(tidy.raw)], ensure_ascii=False)
    assert "\x00" not in told
    assert "\\u0000" not in told
    told.encode("utf-8")


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Żółć 🤷🏽‍♀️ ‮right to left‬ <script>"
    assert clean(a_mention(text=text)).text == text


def test_a_hundred_thousand_characters_are_kept_and_more_are_cut() -> None:
    assert len(clean(a_mention(text="é" * TEXT_LIMIT)).text) == TEXT_LIMIT
    assert len(clean(a_mention(text="é" * (TEXT_LIMIT + 1))).text) == TEXT_LIMIT


def test_numbers_that_no_column_holds_are_bounded() -> None:
    huge = Engagement(likes=10**30, shares=-4, views=10**30)
    tidy = clean(a_mention(engagement=huge, author=an_author(followers=10**40)))
    assert (tidy.engagement.likes, tidy.engagement.shares) == (2**31 - 1, 0)
    assert (tidy.engagement.views, tidy.author.followers) == (2**63 - 1, 2**63 - 1)


def test_evidence_that_is_too_large_is_cut() -> None:
    kept = clean(a_mention(raw={"body": "x" * 100_000})).raw
    assert len(json.dumps(dict(kept))) < 25_000


def test_an_address_that_is_not_of_the_web_is_dropped() -> None:
    assert clean(a_mention(url="javascript:alert(1)")).url is None


def test_numbers_that_are_not_json_are_left_out() -> None:
    kept = clean(
        a_mention(
            raw={"a": float("nan"), "b": [float("inf"), 1]},
            engagement=Engagement(rating=float("nan")),
            author=an_author(customer_value=7.0),
        )
    )
    assert kept.author.customer_value == 1.0
    assert dict(kept.raw) == {"a": None, "b": [None, 1]}
    assert kept.engagement.rating is None
