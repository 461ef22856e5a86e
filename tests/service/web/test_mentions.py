"""The list of mentions and its search box."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from rules.mention import Author
from service.runtime import Runtime
from tests.builders import NOON, a_brand, a_match, a_query, a_stored_mention
from tests.service.web.conftest import SignIn
from tests.service.web.crisis import a_crisis


@pytest.fixture
def incident(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        return a_crisis(session)


def marked(page: str) -> list[str]:
    """What is marked as found, in the order of the page."""
    return [
        html.unescape(text) for text in re.findall(r'<mark class="term"[^>]*>(.*?)</mark>', page)
    ]


@pytest.mark.parametrize(
    ("asked", "found", "left"),
    [
        ('"caught fire"', "kettlefan", "dad_of_three"),
        ("kettle* NOT refund", "Consumer Desk", "dad_of_three"),
        ("acme NEAR/1 kettle refund", "dad_of_three", "kettlefan"),
        ("author:dad_of_three", "dad_of_three", "kettlefan"),
        ("acme followers:>1m", "Consumer Desk", "kettlefan"),
    ],
)
def test_the_box_takes_the_query_language(
    sign_in: SignIn, incident: int, asked: str, found: str, left: str
) -> None:
    page = sign_in("viewer").get(f"/mentions?query={quote(asked)}").text
    assert found in page
    assert left not in page
    assert f'value="{html.escape(asked).replace("&quot;", "&#34;")}"' in page


def test_what_the_search_found_is_marked_and_nothing_else(sign_in: SignIn, incident: int) -> None:
    client = sign_in()
    assert marked(client.get("/mentions?query=smoke+OR+melted").text) == ["smoke", "melted"]
    author = client.get("/mentions?query=author:kettlefan").text
    assert marked(author) == ["kettlefan"]


def test_of_a_long_text_the_part_is_shown_in_which_the_words_stand(
    sign_in: SignIn, runtime: Runtime
) -> None:
    with runtime.store.write() as session:
        a_stored_mention(session, text="first words " + "filler " * 400 + "zebra and more")
    page = sign_in().get("/mentions?query=zebra").text
    assert marked(page) == ["zebra"]
    assert "first words" not in page
    assert "…filler" in page


def test_a_mention_that_matched_no_saved_query_is_shown_without_scores(
    sign_in: SignIn, runtime: Runtime
) -> None:
    with runtime.store.write() as session:
        a_stored_mention(session, text="zebra", author=Author(handle="ada"))
    page = sign_in().get("/mentions?query=zebra")
    assert page.status_code == 200
    assert "ada" in page.text
    assert "Why these scores" not in page.text


def test_a_mistake_is_told_with_its_place_and_nothing_is_listed(
    sign_in: SignIn, incident: int
) -> None:
    page = sign_in().get(f"/mentions?query={quote('kettle AND (fire')}")
    assert page.status_code == 200
    for told in ("never closed", "character 12", '<mark class="wrong">(</mark>', "aria-invalid"):
        assert told in page.text
    assert "cannot be searched for yet" in page.text
    assert "kettlefan" not in page.text


def test_the_check_while_typing_says_what_the_page_would(sign_in: SignIn, incident: int) -> None:
    client = sign_in("viewer")
    wrong = client.get(f"/mentions/check?query={quote('kettle AND (fire')}").text
    assert 'id="search-told"' in wrong
    assert "never closed" in wrong
    for fine in ("kettle", "", "  "):
        told = client.get(f"/mentions/check?query={quote(fine)}").text
        assert "remark" not in told
        assert 'id="search-told"' in told


def test_filters_narrow_a_search_and_older_pages_keep_it(sign_in: SignIn, runtime: Runtime) -> None:
    with runtime.store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        for number in range(31):
            mention = a_stored_mention(
                session,
                text=f"acme post{number}",
                published_at=NOON - timedelta(minutes=number),
            )
            a_match(session, query=query, mention=mention)
    client = sign_in()
    first = client.get("/mentions?query=acme&brand=acme").text
    assert first.count("<article") == 30
    assert ">Older<" in first
    cursor = re.search(r'name="cursor" value="([^"]+)"', first)
    assert cursor is not None
    assert '<input type="hidden" name="query" value="acme">' in first
    second = client.get(f"/mentions?query=acme&brand=acme&cursor={cursor[1]}").text
    assert second.count("<article") == 1
    assert "post30" in second
    assert "No mention fits" in client.get("/mentions?query=acme&label=positive").text
    assert client.get("/mentions?query=acme&span=hour").text.count("<article") == 30


def test_nothing_found_leads_to_what_matched_nothing(sign_in: SignIn, incident: int) -> None:
    page = sign_in().get("/mentions?query=unheard").text
    assert "No mention fits" in page
    assert 'href="/rejects"' in page


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "{{ 7*7 }}", "a" * 20_001])
def test_a_hostile_search_is_text(sign_in: SignIn, incident: int, hostile: str) -> None:
    answer = sign_in().get(f"/mentions?query={quote(hostile)}")
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.text


def test_a_list_shows_the_intent_and_is_narrowed_by_it(sign_in: SignIn, runtime: Runtime) -> None:
    with runtime.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for text, intent in (("acme where is it?", "question"), ("acme broke", "complaint")):
            mention = a_stored_mention(session, text=text)
            a_match(session, query=query, mention=mention, intent=intent)
    client = sign_in()
    page = client.get("/mentions?intent=question").text
    assert "acme where is it?" in page
    assert "acme broke" not in page
    assert '<span class="intent">question</span>' in page
    found = client.get("/mentions?intent=question&query=acme").text
    assert found.count("<article") == 1
    assert "Intent <span" in client.get("/mentions/1").text


def test_what_tells_the_same_says_how_many_do_and_leads_to_them(
    sign_in: SignIn, runtime: Runtime
) -> None:
    with runtime.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for text, story in (("acme fire", "m:1"), ("acme fire too", "m:1"), ("acme strike", "m:3")):
            mention = a_stored_mention(session, text=text)
            a_match(session, query=query, mention=mention, story=story, priority=0.9)
    client = sign_in()
    assert client.get("/mentions").text.count("2 mentions tell this") == 2
    page = client.get("/mentions?brand=acme&story=m%3A1").text
    assert page.count("<article") == 2
    assert "Only what tells one story" in page
    assert client.get("/").text.count("<article") == 2


def test_an_incident_shows_what_is_told(sign_in: SignIn, incident: int) -> None:
    page = sign_in().get("/incidents/1").text
    assert "What is told" in page
    assert "3 stories in the 3 negative mentions" in page
    assert "33 %" in page
