"""Nobody comes in without a token, nor further than it goes."""

from __future__ import annotations

import re

from service.api import build_api
from service.api.openapi import build_openapi
from service.api.routes import (
    alert_rules,
    backtests,
    brands,
    corrections,
    drafts,
    history_diffs,
    incidents,
    ledger,
    mentions,
    named_lists,
    queries,
    search,
    series,
    sources,
    tokens,
    topics,
)
from tests.builders import NOON, a_brand, a_match, a_query, a_source, a_stored_mention, an_incident
from tests.service.api.conftest import ALL, Api
from tests.service.api.test_errors import assert_problem

BODIES = {
    "create_brand": {"name": "Acme"},
    "change_brand": {"name": "Acme"},
    "create_query": {"brand_id": 1, "name": "q", "text": "acme"},
    "change_query": {"enabled": True},
    "check_query": {"text": "acme"},
    "import_query": {"text": "acme", "dialect": "lucene"},
    "test_query": {"text": "acme"},
    "explain_query": {"text": "acme", "example": "Acme"},
    "preview_query": {"text": "acme"},
    "look_back_for_query": {"days": 7},
    "compare_history": {"since": "2026-03-01T00:00:00Z"},
    "create_list": {"name": "rivals", "text": "globex"},
    "change_list": {"enabled": True},
    "create_alert_rule": {"name": "nights"},
    "change_alert_rule": {"enabled": True},
    "try_alert_rules": {"brand_id": 1, "since": "2026-03-01T00:00:00Z"},
    "enter_missed_incident": {"brand_id": 1, "title": "recall"},
    "create_source": {"name": "s", "connector": "rss"},
    "change_source": {"enabled": True},
    "add_incident_note": {"text": "hello"},
    "give_mention_verdict": {"brand": "acme", "verdict": "not-us"},
    "give_incident_verdict": {"verdict": "real"},
    "create_token": {"name": "t", "scopes": ["read"]},
}


def test_every_route_needs_a_token_with_its_scope(quick: Api) -> None:
    too_small = {scope: quick.token(*(other for other in ALL if other != scope)) for scope in ALL}
    document = build_openapi(build_api())
    walked = 0
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            url = re.sub(r"{\w+}", "1", path)
            body = BODIES.get(operation["operationId"])
            scope = operation["x-scope"]

            without = quick.send(method, url, body, token="")
            assert_problem(without, status=401, code="unauthenticated")
            refused = quick.send(method, url, body, token=too_small[scope])
            told = assert_problem(refused, status=403, code="scope-missing")
            assert scope in told["detail"]
            walked += 1
    assert walked >= 30


def test_every_route_is_in_the_document() -> None:
    """So the walk above leaves none out."""
    modules = (
        *(alert_rules, backtests, brands, corrections, drafts, history_diffs, incidents, ledger),
        *(mentions, named_lists, queries, search, series, sources, tokens, topics),
    )
    routes = [route for module in modules for route in module.router.routes]
    document = build_openapi(build_api())
    told = [each for operations in document["paths"].values() for each in operations.values()]

    assert {route.name for route in routes} == {each["operationId"] for each in told}
    assert len(routes) == len(told)


def test_health_needs_no_token(quick: Api) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert quick.client.get(path).status_code in (200, 503)


def test_a_token_limited_to_a_brand_sees_nothing_of_the_others(both: Api) -> None:
    with both.store.write() as session:
        ours, theirs = a_brand(session, "Ours"), a_brand(session, "Theirs")
        our_query = a_query(session, brand=ours)
        their_query = a_query(session, brand=theirs)
        shared, only_theirs = a_stored_mention(session), a_stored_mention(session)
        for query in (our_query, their_query):
            a_match(session, query=query, mention=shared)
        a_match(session, query=their_query, mention=only_theirs)
        our_incident = an_incident(session, query=our_query)
        their_incident = an_incident(session, query=their_query)
        a_source(session)
    token = both.token(*ALL, brands=("ours",))

    def listed(path: str) -> list[int]:
        return [item["id"] for item in both.ok(path, token=token)["items"]]

    def hidden(method: str, path: str, body: object = None) -> None:
        assert_problem(both.send(method, path, body, token=token), status=404, code="not-found")

    def refused(method: str, path: str, body: object = None) -> None:
        assert_problem(both.send(method, path, body, token=token), status=403, code="brand-limited")

    assert listed("/brands") == [ours]
    assert listed("/queries") == [our_query]
    assert listed(f"/queries?brand_id={theirs}") == []
    assert listed("/mentions") == [shared]
    assert listed(f"/mentions?brand_id={theirs}") == []
    assert listed(f"/mentions?query_id={their_query}") == []
    assert listed("/incidents") == [our_incident]
    assert listed(f"/incidents?brand_id={theirs}") == []
    assert listed("/deliveries") == []
    seen = both.ok(f"/mentions/{shared}", token=token)
    assert [match["brand_id"] for match in seen["matches"]] == [ours]

    hidden("GET", f"/brands/{theirs}")
    hidden("PATCH", f"/brands/{theirs}", {"name": "Mine"})
    hidden("GET", f"/queries/{their_query}")
    hidden("PATCH", f"/queries/{their_query}", {"enabled": False})
    hidden("DELETE", f"/queries/{their_query}")
    hidden("POST", "/queries", {"brand_id": theirs, "name": "q", "text": "acme"})
    hidden("GET", f"/mentions/{only_theirs}")
    hidden("GET", f"/incidents/{their_incident}")
    for action in ("acknowledge", "resolve", "reopen"):
        hidden("POST", f"/incidents/{their_incident}/{action}")
    hidden("POST", f"/incidents/{their_incident}/notes", {"text": "x"})
    hidden("POST", f"/incidents/{their_incident}/verdicts", {"verdict": "real"})
    span = f"since={NOON:%Y-%m-%dT%H}:00:00Z&until={NOON:%Y-%m-%dT%H}:30:00Z"
    hidden("GET", f"/series?query_id={their_query}&{span}")

    for path in ("/sources", "/sources/1", "/sources/1/blind-spots", "/rejects", "/tokens"):
        refused("GET", path)
    refused("POST", "/brands", {"name": "New"})
    refused("POST", "/tokens", {"name": "wider", "scopes": ["read"]})
    refused("POST", "/sources/1/poll")


def test_a_token_cannot_make_one_that_may_more(quick: Api) -> None:
    narrow = quick.token("admin")

    answer = quick.send("POST", "/tokens", {"name": "more", "scopes": ["write"]}, token=narrow)

    assert_problem(answer, status=403, code="scope-missing")


def test_only_an_admin_sets_up_a_source_that_reads_the_machine(quick: Api) -> None:
    writer = quick.token("write")
    file = {"name": "f", "connector": "file", "settings": {"path": "/etc/passwd"}}
    secret = {"name": "r", "connector": "rss", "settings": {"url": "env:HOME"}}

    for body in (file, secret):
        answer = quick.send("POST", "/sources", body, token=writer)
        assert_problem(answer, status=403, code="scope-missing")
