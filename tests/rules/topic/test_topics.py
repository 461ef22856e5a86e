"""What a mention speaks of."""

from __future__ import annotations

import pytest

from rules.errors import QuerySyntaxError
from rules.query import Document
from rules.topic import Topic, Topics, readable, usual_topics


def said(text: str, *, title: str = "") -> Document:
    return Document(title=title, text=text, author="Price Waterhouse @delivery")


def names(topics: Topics, text: str, **more: str) -> list[str]:
    return [one.topic for one in topics.find(said(text, **more))]


def test_dangers_come_first_then_aspects_as_they_stand() -> None:
    text = "The price is fine, delivery was late and then it caught fire."
    assert names(usual_topics(), text) == ["safety", "price", "delivery"]


def test_only_title_and_text_are_looked_in() -> None:
    assert names(usual_topics(), "Nothing of that.") == []
    assert names(usual_topics(), "Nothing.", title="Lawsuit over prices") == ["legal", "price"]


def test_every_place_of_different_phrases_is_told_in_reading_order() -> None:
    (found,) = Topics([Topic("tea", phrases=("kettle", "tea pot"))], aspects=False).find(
        said("A tea-pot is no kettle", title="Kettle")
    )
    assert found.phrase == "kettle"
    assert found.places == (("title", 0, 6), ("text", 2, 9), ("text", 16, 22))


def test_a_topic_may_be_a_query() -> None:
    topics = Topics(
        [Topic("late", query="({{goods}}) NEAR/3 (late OR delay*)")],
        aspects=False,
        lists={"goods": "parcel OR box"},
    )
    (found,) = topics.find(said("My parcel was so delayed"))
    assert found.places == (("text", 3, 9), ("text", 17, 24))
    assert names(topics, "late to the party with a parcel of goods") == []


def test_a_query_that_holds_without_words_has_no_place() -> None:
    topics = Topics([Topic("by delivery", query="author:delivery")], aspects=False)
    (found,) = topics.find(said("Hello"))
    assert (found.phrase, found.places) == ("by delivery", ())


def test_a_built_in_topic_takes_more_phrases_loses_some_or_is_switched_off() -> None:
    changed = Topics(
        [
            Topic("Delivery", phrases=("van",), without=("Shipping",), risk=0.25),
            Topic("price", enabled=False),
        ]
    )
    (van,) = changed.find(said("the van"))
    assert (van.topic, van.risk) == ("delivery", 0.25)
    assert names(changed, "shipping prices") == []
    assert names(changed, "parcel") == ["delivery"]
    assert changed.risks["legal"] == 1.0


def test_without_aspects_dangers_stay() -> None:
    assert names(Topics(aspects=False), "price lawsuit") == ["legal"]


def test_a_query_that_cannot_be_read_is_refused_and_others_stand() -> None:
    bad, good = Topic("bad", query="(a"), Topic("good", query="a")
    with pytest.raises(QuerySyntaxError):
        Topics([bad])
    kept, told = readable([bad, good], lists={})
    assert kept == (good,)
    assert [name for name, _ in told] == ["bad"]


def test_the_digest_says_that_something_differs() -> None:
    given = [Topic("tea", query="{{goods}}")]
    digests = {
        usual_topics().digest,
        Topics(aspects=False).digest,
        Topics(given, lists={"goods": "tea"}).digest,
        Topics(given, lists={"goods": "coffee"}).digest,
        Topics([Topic("tea", query="tea")]).digest,
    }
    assert len(digests) == 5
    assert usual_topics().digest == ""
    assert Topics(lists={"goods": "tea"}).digest == ""
