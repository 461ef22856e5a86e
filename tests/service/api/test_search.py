"""/search, /search/days and /queries/preview."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from service.store.rejects import Reject, save_rejects
from tests.builders import NOON, a_brand, a_match, a_query, a_stored_mention
from tests.service.api.conftest import Api
from tests.service.api.test_errors import assert_problem


def scene(api: Api) -> tuple[int, int]:
    """Three mentions of acme, one of them a match of ours, and a reject; our brand and query."""
    with api.store.write() as session:
        ours = a_brand(session, "Ours")
        query = a_query(session, brand=ours, text="acme")
        texts = ("acme kettle", "acme recall", "acme jobs", "globex")
        ids = [
            a_stored_mention(session, text=text, published_at=NOON - timedelta(days=number))
            for number, text in enumerate(texts)
        ]
        a_match(session, query=query, mention=ids[0])
        lost = Reject(
            identity="r", platform="x", url=None, title="", text="acm kettle", reasons=[], facts={}
        )
        save_rejects(session, [lost], source_id=None, now=NOON)
    return ours, query


def test_what_a_query_holds_of_is_found_page_by_page_with_its_places(both: Api) -> None:
    scene(both)
    first = both.ok(f"/search?limit=2&query={quote('acme NOT jobs')}")
    assert [item["mention"]["text"] for item in first["items"]] == ["acme kettle", "acme recall"]
    assert first["items"][0]["spans"] == [{"field": "text", "start": 0, "end": 4, "term": "acme"}]
    assert first["items"][0]["mention"]["matches"][0]["brand_slug"] == "ours"
    one = both.ok("/search?limit=1&query=acme")
    two = both.ok(f"/search?limit=1&query=acme&cursor={one['next_cursor']}")
    assert [item["mention"]["text"] for item in two["items"]] == ["acme recall"]
    assert one["looked_back_to"] == "2026-03-04T12:00:00Z"
    rest = both.ok(f"/search?query={quote('acme NOT jobs')}&cursor={first['next_cursor']}")
    assert (rest["items"], rest["next_cursor"]) == ([], None)


def test_it_can_be_narrowed_and_counted_by_day(both: Api) -> None:
    brand, _ = scene(both)
    asked = f"query=acme&since={quote((NOON - timedelta(days=1)).isoformat())}"
    assert len(both.ok(f"/search?{asked}")["items"]) == 2
    assert len(both.ok(f"/search?query=acme&brand_id={brand}")["items"]) == 1
    assert both.ok("/search?query=acme&platform=rss")["items"] == []
    assert both.ok(f"/search/days?{asked}") == {
        "total": 2,
        "days": [{"day": "2026-03-04", "mentions": 1}, {"day": "2026-03-03", "mentions": 1}],
        "next_cursor": None,
        "looked_back_to": None,
    }


def test_a_query_that_cannot_be_read_is_refused_with_the_place(quick: Api) -> None:
    for path in ("/search", "/search/days"):
        told = assert_problem(
            quick.get(f"{path}?query={quote('acme AND (x')}"), status=422, code="query-syntax"
        )
        (error,) = told["errors"]
        assert (error["field"], error["start"]) == ("query", 9)
        assert error["hint"]
    assert_problem(quick.get("/search?query=acme&cursor=x"), status=422, code="invalid-cursor")
    assert quick.get("/search?query=a%00b").status_code == 422
    assert quick.get("/search").status_code == 422


def test_a_token_limited_to_a_brand_finds_what_that_brand_matched(both: Api) -> None:
    _, query = scene(both)
    with both.store.write() as session:
        theirs = a_brand(session, "Theirs")
    token = both.token("read", brands=("ours",))
    assert len(both.ok("/search?query=acme", token=token)["items"]) == 1
    assert both.ok("/search/days?query=acme", token=token)["total"] == 1
    hidden = both.get(f"/search?query=acme&brand_id={theirs}", token=token)
    assert_problem(hidden, status=404, code="not-found")
    told = both.send("POST", "/queries/preview", {"text": "acme"}, token=token).json()
    assert (told["total"], told["missed"]) == (1, None)
    with both.store.write() as session:
        their_query = a_query(session, brand=theirs)
    for body in ({"query_id": their_query}, {"brand_id": theirs}):
        answer = both.send("POST", "/queries/preview", body | {"text": "acme"}, token=token)
        assert_problem(answer, status=404, code="not-found")
    body = {"text": "acme", "query_id": query}
    assert both.send("POST", "/queries/preview", body, token=token).json()["leaving"]["count"] == 0


def test_a_preview_tells_what_would_enter_leave_and_was_missed(both: Api) -> None:
    _, query = scene(both)
    body = {"text": "(acme OR acm OR globex) NOT jobs", "query_id": query, "days": 30}
    told = both.send("POST", "/queries/preview", body).json()
    assert told["total"] == 3
    assert [one["mention"]["text"] for one in told["entering"]["examples"]] == ["globex"]
    assert [one["mention"]["text"] for one in told["leaving"]["examples"]] == ["acme jobs"]
    assert told["missed"]["total"] == 1
    assert told["missed"]["examples"][0]["reject"]["text"] == "acm kettle"
    assert told["missed"]["kept_since"] == "2026-03-04T12:00:00Z"
    assert [day["mentions"] for day in told["days"]] == [1, 1, 1]
    new = both.send("POST", "/queries/preview", {"text": "acme"}).json()
    assert (new["entering"], new["leaving"]) == (None, None)


def test_a_preview_of_what_cannot_be_read_is_refused(quick: Api) -> None:
    answer = quick.send("POST", "/queries/preview", {"text": "acme AND"})
    told = assert_problem(answer, status=422, code="query-syntax")
    assert told["errors"][0]["field"] == "text"
    answer = quick.send("POST", "/queries/preview", {"text": "acme", "days": 1000})
    assert_problem(answer, status=422, code="invalid")


def test_a_saved_query_looks_back_step_by_step(both: Api) -> None:
    scene(both)
    with both.store.write() as session:
        brand = a_brand(session, "New")
        query = a_query(session, brand=brand, text="acme OR globex")
    body: dict[str, object] = {"days": 30}
    matched = 0
    while True:
        told = both.send("POST", f"/queries/{query}/look-back", body).json()
        matched += told["matched"]
        if told["next_cursor"] is None:
            break
        body["cursor"] = told["next_cursor"]
    assert matched == 4
    assert len(both.ok(f"/mentions?query_id={query}")["items"]) == 4
    limited = both.token("write", brands=("new",))
    refused = both.send("POST", f"/queries/{query}/look-back", {}, token=limited)
    assert_problem(refused, status=403, code="brand-limited")
    wrong = both.send("POST", f"/queries/{query}/look-back", {"cursor": "x:y"})
    assert_problem(wrong, status=422, code="invalid")
