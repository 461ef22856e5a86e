"""The page of topics, and what other pages say of them."""

from __future__ import annotations

import html

import pytest

from service.runtime import Runtime
from service.store.tables import BrandRow, MatchTopicRow
from tests.builders import NOON, a_brand, a_match, a_query, a_stored_mention, an_author, minutes
from tests.service.web.conftest import SignIn

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def mention(runtime: Runtime) -> int:
    """One relevant mention of Acme that speaks badly of its delivery."""
    with runtime.store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        stored = a_stored_mention(session, text=f"Acme delivery {HOSTILE}")
        a_match(session, query=query, mention=stored)
        session.add(
            MatchTopicRow(
                mention_id=stored,
                query_id=query,
                topic="delivery",
                brand_id=brand,
                effective_at=NOON - minutes(1),
                polarity=-0.5,
                label="negative",
                places=[["text", 5, 13]],
            )
        )
    return stored


def test_topics_are_counted_and_lead_to_their_mentions(sign_in: SignIn, mention: int) -> None:
    client = sign_in("viewer")
    page = client.get("/topics").text
    assert "1 of 1 negative, 0 positive" in page
    assert "Not spoken of:" in page
    assert "/mentions?brand=acme&amp;topic=delivery&amp;span=week" in page
    assert "Acme delivery" in client.get("/mentions?brand=acme&topic=delivery&span=week").text
    assert "No mention fits" in client.get("/mentions?topic=price").text


def test_a_search_is_narrowed_by_a_topic_too(sign_in: SignIn, mention: int) -> None:
    client, marks = sign_in(), '<mark class="term"'
    assert marks in client.get("/mentions?query=acme&topic=delivery").text
    assert marks not in client.get("/mentions?query=acme&topic=price").text


def test_a_mention_says_what_it_speaks_of(sign_in: SignIn, mention: int) -> None:
    page = sign_in().get(f"/mentions/{mention}").text
    assert 'class="topic topic-negative"' in page


def test_new_phrases_are_shown_with_an_example_and_nothing_of_a_post_runs(
    sign_in: SignIn, runtime: Runtime
) -> None:
    with runtime.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for number in range(90):
            new = number < 8
            at = NOON - minutes(number + 1 if new else 3_000 + number)
            text = f"acme lid recall {HOSTILE * (number < 4)}" if new else "acme kettle"
            stored = a_stored_mention(
                session,
                text=f"{text} {number}",
                published_at=at,
                collected_at=at,
                author=an_author(handle=f"a{number}"),
            )
            a_match(session, query=query, mention=stored)
    page = sign_in().get("/topics").text
    assert "lid recall" in page
    assert "never in the weeks before" in page
    assert HOSTILE not in page
    assert html.escape(HOSTILE, quote=False)[:10] in page


def test_weights_and_topics_of_a_brand_s_own_are_shown(
    sign_in: SignIn, runtime: Runtime, mention: int
) -> None:
    with runtime.store.write() as session:
        row = session.get_one(BrandRow, 1)
        row.priority = {"velocity": 0.3}
        row.topics = [{"name": HOSTILE, "phrases": ["lid"], "risk": 0.5}]
    page = sign_in().get("/topics?brand=acme&span=day").text
    assert "usually 0.15" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_without_a_brand_the_page_says_what_to_do(sign_in: SignIn) -> None:
    assert "No brand yet" in sign_in().get("/topics").text
