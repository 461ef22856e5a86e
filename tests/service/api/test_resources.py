"""What each resource takes and gives."""

from __future__ import annotations

from service.store.tables import SourceRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_mention,
    a_query,
    a_rollup,
    a_source,
    a_stored_mention,
    an_incident,
    minutes,
)
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem

FEED = {"name": "News", "connector": "rss", "settings": {"url": "https://news.example/feed.xml"}}


def test_a_brand_is_made_changed_archived_and_brought_back(both: Api) -> None:
    made = both.send("POST", "/brands", {"name": "Café Acme", "handles": ["@acme"]})
    assert made.status_code == 201, made.text
    brand = made.json()
    assert made.headers["location"] == f"/api/v1/brands/{brand['id']}"
    assert (brand["slug"], brand["archived"]) == ("cafe-acme", False)

    path = f"/brands/{brand['id']}"
    changed = both.send("PATCH", path, {"competitors": ["Beta"], "channel": "#alerts"}).json()
    assert changed == brand | {"competitors": ["Beta"], "channel": "#alerts"}
    assert both.send("PATCH", path, {"archived": True}).json()["archived"] is True
    assert both.ok("/brands")["items"] == []
    assert [b["id"] for b in both.ok("/brands?archived=true")["items"]] == [brand["id"]]
    assert both.send("PATCH", path, {"archived": False}).json()["archived"] is False


def test_a_brand_cannot_refer_to_a_policy_that_is_not_there(quick: Api) -> None:
    answer = quick.send("POST", "/brands", {"name": "A", "policy": "nights"})

    assert assert_problem(answer, status=422, code="invalid")["errors"][0]["field"] == "policy"


def test_null_is_refused_where_nothing_can_be_nothing(quick: Api) -> None:
    brand = quick.send("POST", "/brands", {"name": "A"}).json()["id"]

    answer = quick.send("PATCH", f"/brands/{brand}", {"name": None, "channel": None})

    told = assert_problem(answer, status=422, code="invalid")
    assert [error["field"] for error in told["errors"]] == ["name"]


def test_a_query_gets_a_new_version_with_a_new_text_only(both: Api) -> None:
    brand = both.send("POST", "/brands", {"name": "A"}).json()["id"]
    query = both.send("POST", "/queries", {"brand_id": brand, "name": "q", "text": "acme"}).json()
    path = f"/queries/{query['id']}"

    assert query["version"] == 1
    assert both.send("PATCH", path, {"role": "topic"}).json()["version"] == 1
    assert both.send("PATCH", path, {"text": "acme OR beta"}).json()["version"] == 2
    assert both.send("DELETE", path).status_code == 204
    assert both.ok(path)["enabled"] is False


def test_a_query_that_cannot_be_read_is_refused_with_its_position(quick: Api) -> None:
    brand = quick.send("POST", "/brands", {"name": "A"}).json()["id"]
    query = quick.send("POST", "/queries", {"brand_id": brand, "name": "q", "text": "acme"})

    bad = {"brand_id": brand, "name": "r", "text": "acme AND (beta"}
    for answer in (
        quick.send("POST", "/queries", bad),
        quick.send("PATCH", f"/queries/{query.json()['id']}", {"text": bad["text"]}),
    ):
        (error,) = assert_problem(answer, status=422, code="query-syntax")["errors"]
        assert error["field"] == "text"
        assert 0 <= error["start"] <= error["end"] <= len("acme AND (beta")
    assert len(quick.ok("/queries")["items"]) == 1


def test_a_query_cannot_take_the_name_of_another(both: Api) -> None:
    brand = both.send("POST", "/brands", {"name": "A"}).json()["id"]
    for name in ("one", "two"):
        both.send("POST", "/queries", {"brand_id": brand, "name": name, "text": "acme"})
    first = both.ok("/queries")["items"][0]["id"]

    answer = both.send("PATCH", f"/queries/{first}", {"name": "two"})

    assert_problem(answer, status=409, code="query-exists")


def test_a_source_is_made_disabled_and_polled_on_demand(both: Api) -> None:
    made = both.send("POST", "/sources", FEED)
    assert made.status_code == 201, made.text
    source = made.json()
    assert source["every_seconds"] > 0
    assert source["next_poll_at"] == "2026-03-04T12:00:00Z"

    path = f"/sources/{source['id']}"
    slower = both.send("PATCH", path, {"every_seconds": 3600, "tier": 1}).json()
    assert (slower["every_seconds"], slower["tier"]) == (3600, 1)
    both.clock.advance_minutes(1)
    polled = both.send("POST", f"{path}/poll").json()
    assert polled["next_poll_at"] == "2026-03-04T12:01:00Z"
    both.send("PATCH", path, {"enabled": False})
    assert_problem(both.send("POST", f"{path}/poll"), status=409, code="disabled")


def test_a_stopped_source_is_tried_again_when_somebody_asks(quick: Api) -> None:
    with quick.store.write() as session:
        source = a_source(session, state="stopped", next_poll_at=NOON + minutes(999))

    answer = quick.send("POST", f"/sources/{source}/poll").json()

    assert (answer["state"], answer["next_poll_at"]) == ("failing", "2026-03-04T12:00:00Z")


def test_settings_of_a_source_are_checked_by_its_connector(quick: Api) -> None:
    for settings in ({}, {"url": "https://a.example", "colour": "red"}):
        answer = quick.send("POST", "/sources", FEED | {"settings": settings})
        told = assert_problem(answer, status=422, code="invalid")
        assert told["errors"][0]["field"].startswith("settings")
    unknown = quick.send("POST", "/sources", FEED | {"connector": "telex"})
    told = assert_problem(unknown, status=422, code="invalid")
    assert "telex" in told["errors"][0]["message"]
    assert quick.ok("/sources")["items"] == []


def test_hostile_text_comes_back_as_data(both: Api) -> None:
    text = '<script>alert(1)</script> "quoted" \u202e \x1b[31m ∞ 🫖'
    with both.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        mention = a_stored_mention(session, a_mention(text=text, title="</pre><b>"))
        a_match(session, query=query, mention=mention)

    answer = both.get(f"/mentions/{mention}")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (answer.json()["text"], answer.json()["title"]) == (text, "</pre><b>")


def test_percent_and_underscore_are_words_like_others(both: Api) -> None:
    with both.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        for text in ("100% sure", "1000 sure", "a_b", "axb"):
            a_match(session, query=query, mention=a_stored_mention(session, text=text))

    def found(words: str) -> list[str]:
        items = both.ok(f"/mentions?words={words}")["items"]
        return [item["text"] for item in items]

    assert found("100%25") == ["100% sure"]
    assert found("a_b") == ["a_b"]
    assert found("SURE 1000") == ["1000 sure"]


def test_paging_shows_every_mention_once_though_new_ones_come_in_between(both: Api) -> None:
    with both.store.write() as session:
        query = a_query(session, brand=a_brand(session))

        def store_mention(minute: float) -> int:
            at = NOON - minutes(minute)
            mention = a_stored_mention(session, published_at=at, collected_at=at)
            a_match(session, query=query, mention=mention)
            return mention

        # Several of one moment, so that a page ends in the middle of them.
        first = [store_mention(minute) for minute in (1, 5, 5, 5, 5, 9, 12)]

    seen: list[int] = []
    cursor = ""
    while True:
        page = both.ok(f"/mentions?limit=2{cursor}")
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
        with both.store.write() as session:
            store_mention(0)

    assert sorted(seen) == sorted(first)


def test_a_series_has_every_bucket(quick: Api) -> None:
    with quick.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        a_rollup(session, query=query, bucket=NOON, grain="hour", mentions=3, negative=2)

    body = quick.ok(
        f"/series?query_id={query}&since=2026-03-04T12:00:00%2B01:00&until=2026-03-04T13:00:00Z"
    )

    told = [(point["bucket"], point["mentions"], point["negative"]) for point in body["points"]]
    assert told == [("2026-03-04T11:00:00Z", 0, 0), ("2026-03-04T12:00:00Z", 3, 2)]


def test_an_incident_is_acknowledged_noted_judged_resolved_and_reopened(both: Api) -> None:
    with both.store.write() as session:
        query = a_query(session, brand=a_brand(session))
        incident = an_incident(session, query=query, severity=3)
    path = f"/incidents/{incident}"

    assert both.ok(path)["severity"] == "SEV3"
    assert both.send("POST", f"{path}/acknowledge").json()["status"] == "acknowledged"
    both.send("POST", f"{path}/notes", {"text": "looking"})
    both.send("POST", f"{path}/verdicts", {"verdict": "real", "note": "sadly"})
    assert both.send("POST", f"{path}/resolve", {"note": "done"}).json()["status"] == "resolved"
    reopened = both.send("POST", f"{path}/reopen")
    assert reopened.json()["status"] == "open"
    kinds = [entry["kind"] for entry in both.ok(path)["timeline"]]
    assert kinds == ["acknowledged", "note", "verdict", "resolved", "reopened"]
    assert both.ok("/incidents?status=unresolved")["items"][0]["id"] == incident
    assert both.ok(f"/deliveries?incident_id={incident}")["items"]


def test_a_token_is_made_shown_once_and_revoked(both: Api) -> None:
    made = both.send("POST", "/tokens", {"name": "bot", "scopes": ["read"]})
    assert made.status_code == 201, made.text
    secret = made.json()["secret"]
    assert both.ok("/me", token=secret)["name"] == "token:bot"
    assert secret not in both.get("/tokens").text

    assert both.send("DELETE", f"/tokens/{made.json()['id']}").json()["revoked_at"] is not None
    assert_problem(both.get("/me", token=secret), status=401, code="bad-token")


def test_the_key_in_the_address_of_a_private_feed_is_shown_to_nobody(quick: Api) -> None:
    settings = {"url": "https://news.example/feed.xml?q=acme&token=s3cret"}
    made = quick.send("POST", "/sources", FEED | {"settings": settings})
    assert made.status_code == 201, made.text
    assert "s3cret" not in made.text + quick.get("/sources").text
    assert quick.ok("/sources/1")["settings"]["url"].endswith("?q=acme&token=***")
    with quick.store.read() as session:
        assert session.get_one(SourceRow, 1).settings == settings
