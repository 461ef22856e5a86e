from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import Document, match, parse, warnings
from service.workspace.keyless import MASTODON_SERVERS, feed_source, keyless_sources
from service.workspace.presets import brand_query, is_ambiguous, tag_of
from tests.builders import a_mention


def finds(query: str, text: str) -> bool:
    return match(parse(query), Document.of(a_mention(text=text))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "I flew acme air today",
        "Acme Air's food is awful",
        "acmeair lost my bag",
        "never again #AcmeAir",
        "@flyacme where is my bag?",
        "ACME AIR!!!",
    ],
)
def test_a_brand_is_found_however_people_write_it(text: str) -> None:
    assert finds(brand_query("Acme Air", ["@flyacme"]), text)


@pytest.mark.parametrize("text", ["acme makes air pumps", "the air in Acme", "flyacme is a word"])
def test_its_words_apart_are_not_the_brand(text: str) -> None:
    assert not finds(brand_query("Acme Air", ["@flyacme"]), text)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Target", "we must hit the target", False),
        ("Target", "Target support kept my refund", True),
        ("Target", "love it #target", True),
        ("HP", "he has 3 hp left", False),
        ("HP", "my HP printer: worst customer service", True),
        ("Zalando", "zalando", True),
    ],
)
def test_a_name_that_is_an_everyday_word_needs_company(name: str, text: str, found: bool) -> None:
    assert finds(brand_query(name), text) is found


@pytest.mark.parametrize(
    ("name", "ambiguous"),
    [
        ("Gap", True),
        ("X", True),
        ("H&M", True),
        ("Acme", False),
        ("小米", False),
        ("Gap Inc", False),
    ],
)
def test_short_and_everyday_names_are_ambiguous(name: str, ambiguous: bool) -> None:
    assert is_ambiguous(name) is ambiguous


@pytest.mark.parametrize("name", ["Acme", "Acme Air", "Target", "H&M", "Johnson & Johnson", "HP"])
def test_nobody_is_warned_of_a_query_that_we_made(name: str) -> None:
    handle = f"@{tag_of(name)}"
    assert [one.message for one in warnings(parse(brand_query(name, [handle])))] == []


def test_an_ampersand_is_also_found_as_and() -> None:
    query = brand_query("Johnson & Johnson")
    assert finds(query, "Johnson and Johnson said")
    assert finds(query, "Johnson & Johnson said")


def test_a_full_handle_is_found_as_people_write_it() -> None:
    assert finds(brand_query("Acme", ["@acme_help@example.social"]), "thanks @acme_help!")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=3),
)
def test_every_name_with_a_letter_gives_a_query_that_can_be_read(
    name: str, handles: list[str]
) -> None:
    if any(letter.isalnum() and letter.isascii() for letter in name):
        parse(brand_query(name, handles))


def test_a_tag_is_the_name_in_one_word() -> None:
    assert tag_of("Café Zürich's") == "cafezurich"


def test_keyless_sources_have_names_of_their_own_and_hold_the_name_safely() -> None:
    sources = keyless_sources('Ben & "Jerry" / 100%', also=["Magnum"])
    assert len({source.name for source in sources}) == len(sources)
    for source in sources:
        url = str(source.settings.get("url", "https://"))
        assert url.startswith("https://")
        assert " " not in url
        assert '"' not in url


def test_competitors_ride_on_the_same_request_where_requests_are_counted() -> None:
    sources = keyless_sources("Acme", also=["Zeta"])
    reddit = [source for source in sources if "reddit.com" in str(source.settings.get("url"))]
    assert len(reddit) == 1
    assert "Zeta" in reddit[0].settings["url"]
    assert len(keyless_sources("Acme")) == len(sources)


def test_every_large_mastodon_server_is_asked_for_the_tag() -> None:
    urls = [str(source.settings.get("url")) for source in keyless_sources("Acme Air")]
    assert [f"https://{server}/tags/acmeair.rss" for server in MASTODON_SERVERS] == [
        url for url in urls if "/tags/" in url
    ]


def test_a_named_feed_is_called_by_its_address_without_credentials() -> None:
    assert feed_source("https://u:p@a.example/feed.xml?x=1").name == "Feed: a.example/feed.xml"
