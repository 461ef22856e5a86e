"""What of a mention is compared with others."""

from __future__ import annotations

from rules.story import Told
from tests.builders import a_mention, an_author


def told(text: str, **changes: object) -> Told:
    return Told.of(a_mention(text=text, **changes))


def test_function_words_tell_no_story() -> None:
    assert told("The fire was in the kitchen").words == {"fire", "kitchen"}


def test_words_that_the_brand_always_has_are_left_out() -> None:
    mention = a_mention(text="Acme recalls kettles")
    assert Told.of(mention, ignore=("acme",)).words == {"recalls", "kettles"}


def test_handles_and_links_make_no_difference_to_a_copy() -> None:
    one = told("@ann Boycott Acme now! https://t.example/a1")
    other = told("boycott acme NOW https://t.example/b2")
    assert one.text == other.text


def test_other_words_make_another_text() -> None:
    assert told("boycott acme now").text != told("boycott globex now").text


def test_a_front_page_is_no_link_that_tells_a_story_and_an_article_is() -> None:
    assert told("see https://news.example", url=None).links == frozenset()
    assert told("see https://news.example/fire", url=None).links == {"url:news.example/fire"}


def test_the_address_of_the_mention_itself_is_one_of_its_links() -> None:
    assert "url:news.example/fire" in told("Fire", url="https://www.news.example/fire").links


def test_authors_of_two_platforms_are_two() -> None:
    one = told("a fire", author=an_author(handle="ann"), platform="reddit")
    other = told("a fire", author=an_author(handle="ann"), platform="mastodon")
    assert one.author != other.author


def test_a_text_of_nothing_but_function_words_has_no_words() -> None:
    assert told("it is what it is").words == frozenset()
