"""Topics, weights and what people speak of through the API."""

from __future__ import annotations

from service.store.tables import MatchTopicRow
from tests.builders import NOON, a_brand, a_match, a_query, a_stored_mention, minutes
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem

LIDS = {"name": "lids", "phrases": ["lid"], "risk": 0.5}


def test_topics_and_weights_of_a_brand_are_given_changed_and_taken_back(quick: Api) -> None:
    given = {"name": "Acme", "topic": [LIDS], "priority": {"velocity": 0.3, "reach": 0.2}}
    brand = quick.send("POST", "/brands", given).json()
    assert brand["topic"] == [LIDS]
    assert brand["priority"] == {"velocity": 0.3}
    assert brand["aspects"] is True
    path = f"/brands/{brand['id']}"
    changed = quick.send("PATCH", path, {"aspects": False, "topic": []}).json()
    assert changed == brand | {"aspects": False, "topic": []}
    assert quick.send("PATCH", path, {"priority": {}}).json()["priority"] == {}


def test_topics_and_weights_that_cannot_be_are_refused_where_they_stand(quick: Api) -> None:
    brand = quick.send("POST", "/brands", {"name": "Acme"}).json()["id"]
    for given, field in (
        ({"topic": [LIDS, {"name": "bad", "query": "(a"}]}, "topic.1.query"),
        ({"topic": [{"name": "empty"}]}, "topic.0.name"),
        ({"topic": [LIDS, LIDS]}, "topic.1.name"),
        ({"topic": [{"name": "x", "phrases": ["y"], "risk": 2}]}, "topic.0.risk"),
        ({"priority": {"luck": 0.1}}, "priority.luck"),
        ({"priority": {"reach": 1.1}}, "priority.reach"),
    ):
        answer = quick.send("PATCH", f"/brands/{brand}", given)
        assert assert_problem(answer, status=422, code="invalid")["errors"][0]["field"] == field


def test_a_built_in_topic_needs_no_phrases_and_a_query_may_name_a_list(quick: Api) -> None:
    brand = quick.send("POST", "/brands", {"name": "Acme"}).json()["id"]
    lists = {"name": "lids", "text": "lid OR cap", "brand_id": brand}
    assert quick.send("POST", "/lists", lists).status_code == 201
    given = [{"name": "Police", "enabled": False}, {"name": "lids", "query": "{{lids}} off"}]
    answer = quick.send("PATCH", f"/brands/{brand}", {"topic": given})
    assert answer.json()["topic"] == given


def test_built_in_topics_are_told_with_their_phrases(quick: Api) -> None:
    known = {one["name"]: one for one in quick.ok("/topics")["items"]}
    assert known["legal"]["risk"] == 1
    assert "lawsuit" in known["legal"]["phrases"]
    assert known["delivery"]["risk"] == 0


def test_topics_are_counted_and_mentions_are_narrowed_by_them(quick: Api) -> None:
    with quick.store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        mention = a_stored_mention(session)
        a_match(session, query=query, mention=mention)
        session.add(
            MatchTopicRow(
                mention_id=mention,
                query_id=query,
                topic="delivery",
                brand_id=brand,
                effective_at=NOON - minutes(1),
                polarity=-0.5,
                label="negative",
                places=[["text", 0, 2]],
            )
        )
    told = quick.ok(f"/brands/{brand}/topics")["topics"]
    assert [(one["topic"], one["mentions"], one["negative"]) for one in told] == [
        ("delivery", 1, 1)
    ]
    (shown,) = quick.ok("/mentions?topic=delivery")["items"]
    assert shown["matches"][0]["topics"] == [
        {
            "topic": "delivery",
            "polarity": -0.5,
            "label": "negative",
            "places": [{"field": "text", "start": 0, "end": 2}],
        }
    ]
    assert quick.ok("/mentions?topic=price")["items"] == []
    assert quick.ok(f"/brands/{brand}/emerging-phrases")["phrases"] == []


def test_a_span_of_topics_has_a_length(quick: Api) -> None:
    with quick.store.write() as session:
        brand = a_brand(session)
    for span in ("since=2027-01-01T00:00:00Z", "since=2020-01-01T00:00:00Z"):
        assert_problem(quick.get(f"/brands/{brand}/topics?{span}"), status=422, code="invalid")


def test_a_token_of_another_brand_sees_no_topics(quick: Api) -> None:
    with quick.store.write() as session:
        brand = a_brand(session)
        a_brand(session, "Globex")
    secret = quick.token(brands=("globex",))
    for path in ("topics", "emerging-phrases"):
        answer = quick.get(f"/brands/{brand}/{path}", token=secret)
        assert_problem(answer, status=404, code="not-found")
