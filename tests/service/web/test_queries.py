"""The pages of queries and lists: what they show, what they save, and for whom."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.runtime import Runtime
from service.store.reads.named_lists import NamedListView, list_view
from service.store.reads.queries import QueryView, query_view
from tests.builders import (
    NOON,
    a_brand,
    a_named_list,
    a_query,
    a_rollup,
    a_stored_mention,
)
from tests.service.web.conftest import SignIn

EXAMPLES = {
    "must_match": [{"text": "Acme is on fire"}],
    "must_not_match": [{"text": "Acme jobs", "lang": "en"}],
}


@pytest.fixture
def query(runtime: Runtime) -> int:
    with runtime.store.write() as session:
        brand = a_brand(session, "Acme")
        a_named_list(session, "trouble", "fire OR recall")
        made = a_query(
            session,
            brand=brand,
            name="Trouble",
            text="acme AND {{trouble}} NOT jobs",
            examples=EXAMPLES,
        )
        a_rollup(session, query=made, bucket=NOON - timedelta(days=2), grain="hour", mentions=7)
        a_rollup(session, query=made, bucket=NOON - timedelta(days=9), grain="hour", mentions=50)
        a_query(session, brand=brand, name="Odd", role="topic", text="acme and recall")
        a_query(session, brand=brand, name="Lost", role="topic", text="acme {{gone}}")
    return made


def stored(runtime: Runtime, query_id: int) -> QueryView:
    with runtime.store.read() as session:
        return query_view(session, query_id)


def stored_list(runtime: Runtime, list_id: int) -> NamedListView:
    with runtime.store.read() as session:
        return list_view(session, list_id)


def fields(page: str) -> dict[str, Any]:
    """What the form of a page would send: hidden fields, inputs, texts and the first choices."""
    found: dict[str, list[str]] = {}
    form = page.split('id="query-form"', 1)[1].split("<template", 1)[0]
    for name, value in _values(form):
        found.setdefault(name, []).append(html.unescape(value))
    return {
        name: values if name.startswith("example_") else values[0] for name, values in found.items()
    }


def _values(form: str) -> Iterator[tuple[str, str]]:
    for tag in re.finditer(r"<(input|textarea|select)\b([^>]*)>", form):
        name = re.search(r'name="([^"]*)"', tag[2])
        if name is None:
            continue
        if tag[1] == "input":
            value = re.search(r'value="([^"]*)"', tag[2])
            yield name[1], value[1] if value else ""
        elif tag[1] == "textarea":
            yield name[1], form[tag.end() : form.index("</textarea>", tag.end())].removeprefix("\n")
        else:
            options = form[tag.end() : form.index("</select>", tag.end())]
            chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", options)
            first = re.search(r"<option(?: value=\"([^\"]*)\")?[^>]*>([^<]*)", options)
            picked = chosen or first
            assert picked is not None
            yield name[1], picked[1] if picked[1] is not None else picked[2]


def post(client: TestClient, path: str, **changes: Any) -> Any:
    """Send the form of a page as it stands, with changes; to ``path`` or where its button leads."""
    to = changes.pop("to", path)
    form = fields(client.get(path).text) | changes
    return client.post(to, data=form)


def test_the_list_says_how_each_query_stands(sign_in: SignIn, query: int) -> None:
    page = sign_in("viewer").get("/queries").text
    rows = dict(re.findall(r'<b>(\w+)</b>.*?<span class="query-state">(.*?)</a>', page, re.DOTALL))
    assert "<b>7</b> matches" in rows["Trouble"]
    assert "2 tests pass" in rows["Trouble"]
    assert "1 warning" in rows["Odd"]
    assert "no tests" in rows["Odd"]
    assert "cannot be read" in rows["Lost"]
    assert "named by 1 query" in page
    assert "New query" not in page
    assert "New query" in sign_in("editor").get("/queries").text


def test_of_many_brands_one_is_chosen_first(runtime: Runtime, sign_in: SignIn) -> None:
    with runtime.store.write() as session:
        for number in range(25):
            brand = a_brand(session, f"Brand {number}")
            a_query(session, brand=brand, name=f"of {number}")
    client = sign_in("viewer")
    assert "choose one" in client.get("/queries").text
    page = client.get("/queries?brand=brand-7").text
    assert "of 7" in page
    assert "of 8" not in page


def test_the_page_of_a_query_shows_tests_warnings_and_what_it_means(
    sign_in: SignIn, query: int
) -> None:
    page = sign_in("viewer").get(f"/queries/{query}").text
    assert "acme AND (fire OR recall) AND NOT jobs" in page
    assert "All pass." in page
    assert "lang = &#34;en&#34;" in page
    assert "in the last 7 days" in page
    assert 'value="save"' not in page


def test_a_mistake_is_marked_at_its_place(sign_in: SignIn, query: int) -> None:
    text = "acme AND\r\n(recall OR <b>) NOT"
    answer = post(sign_in("viewer"), f"/queries/{query}", text=text, do="check")
    assert answer.status_code == 200
    mark = re.search(r'data-start="(\d+)" data-end="(\d+)" data-kind="wrong"', answer.text)
    assert mark is not None
    # Line breaks count as one character, as they do in the browser.
    assert text.replace("\r\n", "\n")[int(mark[1]) : int(mark[2])] == "NOT"
    assert "line 2, character 17" in answer.text
    assert "The tests wait" in answer.text
    assert "<b>)" not in answer.text.split("excerpt")[1].split("</pre>")[0]


def test_a_text_is_tried_with_its_clauses(sign_in: SignIn, query: int) -> None:
    client = sign_in("viewer")
    held = post(client, f"/queries/{query}", sample="Acme <i>recall</i>", do="check").text
    assert "It matches" in held
    assert '<mark class="term"' in held
    assert "&lt;i&gt;" in held
    missed = post(client, f"/queries/{query}", sample="Acme kettle", do="check").text
    assert "It does not match" in missed
    assert missed.count('class="clause held"') >= 2
    assert missed.count('class="clause failed"') >= 3
    told = post(client, f"/queries/{query}", sample="x", sample_also="lnag = 'en'", do="check").text
    assert "did you mean" in told


def test_what_is_typed_is_judged_in_parts_alone(sign_in: SignIn, query: int) -> None:
    answer = post(
        sign_in("viewer"), f"/queries/{query}", to="/queries/draft", text="acme", do="check"
    )
    assert answer.status_code == 200
    ids = re.findall(r'id="([\w-]+)" data-part', answer.text)
    assert ids == ["feedback", "tried", "test-summary", "outcome-0", "outcome-1"]
    assert "1 of 2 fails" in answer.text
    assert "<nav" not in answer.text


def test_an_editor_saves_and_the_next_version_runs(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    client = sign_in("editor")
    path = f"/queries/{query}"
    answer = post(client, path, to=f"{path}/save", do="save", text="acme AND fire NOT jobs")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?saved=1")
    told = stored(runtime, query)
    assert (told.text, told.version) == ("acme AND fire NOT jobs", 2)
    assert told.examples == EXAMPLES
    assert "Saved." in client.get(answer.headers["location"]).text


def test_a_query_that_fails_a_test_is_not_saved_unless_forced(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    client = sign_in("editor")
    path = f"/queries/{query}"
    answer = post(client, path, to=f"{path}/save", do="save", text="acme AND recall")
    assert answer.status_code == 422
    assert "Save all the same" in answer.text
    assert "acme AND recall" in answer.text
    assert stored(runtime, query).version == 1
    forced = client.post(f"{path}/save", data=fields(answer.text) | {"do": "force"})
    assert forced.status_code == 303
    assert stored(runtime, query).text == "acme AND recall"


def test_tests_are_added_and_removed_without_javascript(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    client = sign_in("editor")
    path = f"/queries/{query}"
    page = post(client, path, do="add").text
    form = fields(page)
    assert len(form["example_text"]) == 3
    form["example_text"][2] = "Acme recall"
    form["example_also"][2] = 'title = "News", rating = 2'
    page = client.post(path, data=form | {"do": "remove-0"}).text
    form = fields(page)
    assert form["example_text"] == ["Acme jobs", "Acme recall"]
    assert client.post(f"{path}/save", data=form | {"do": "save"}).status_code == 303
    assert stored(runtime, query).examples == {
        "must_match": [{"text": "Acme recall", "title": "News", "rating": 2}],
        "must_not_match": [{"text": "Acme jobs", "lang": "en"}],
    }
    form = fields(client.get(path).text)
    form["example_also"][0] = "rating = bad"
    refused = client.post(f"{path}/save", data=form | {"do": "save"})
    assert refused.status_code == 422
    assert "Test 1: " in refused.text


def test_who_saves_second_sees_what_the_first_saved(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    first, second = sign_in("editor"), sign_in("editor")
    path = f"/queries/{query}"
    theirs = fields(second.get(path).text)
    post(first, path, to=f"{path}/save", do="save", text="acme AND fire NOT jobs")
    late = second.post(f"{path}/save", data=theirs | {"do": "save", "text": "acme NOT jobs"})
    assert late.status_code == 409
    assert "acme AND fire NOT jobs" in late.text
    assert "acme NOT jobs" in late.text
    assert stored(runtime, query).text == "acme AND fire NOT jobs"
    again = second.post(f"{path}/save", data=fields(late.text) | {"do": "save"})
    assert again.status_code == 303
    assert stored(runtime, query).text == "acme NOT jobs"


@pytest.mark.parametrize("role", ["viewer", "responder"])
def test_only_an_editor_saves(runtime: Runtime, sign_in: SignIn, query: int, role: str) -> None:
    client = sign_in(role)
    for path in (f"/queries/{query}", "/queries/new", "/queries/lists/1", "/queries/lists/new"):
        answer = post(client, path, to=f"{path}/save", do="save", text="acme fire")
        assert answer.status_code == 403, path
    assert stored(runtime, query).version == 1


@pytest.mark.parametrize("path", ["/queries/1", "/queries/1/save", "/queries/draft"])
def test_a_form_without_the_sessions_token_is_refused(
    sign_in: SignIn, query: int, path: str
) -> None:
    answer = sign_in("editor").post(path, data={"text": "acme", "do": "save", "csrf": "x"})
    assert answer.status_code == 403


def test_a_query_is_made_switched_off_and_on(runtime: Runtime, sign_in: SignIn, query: int) -> None:
    client = sign_in("editor")
    new = "/queries/new?brand=acme"
    empty = post(client, new, to="/queries/new/save", do="save", text="acme kettle", name="")
    assert empty.status_code == 422
    answer = post(client, new, to="/queries/new/save", do="save", text="acme kettle", name="Kettle")
    assert answer.status_code == 303
    path = answer.headers["location"].split("?")[0]
    made = int(path.rsplit("/", 1)[1])
    assert stored(runtime, made).role == "topic"
    taken = post(client, new, to="/queries/new/save", do="save", text="acme x", name="Kettle")
    assert taken.status_code == 409
    assert post(client, path, to=f"{path}/save", do="off").status_code == 303
    assert not stored(runtime, made).enabled
    assert post(client, path, to=f"{path}/save", do="on").status_code == 303
    assert stored(runtime, made).enabled


def test_a_preview_shows_days_and_what_comes_and_goes(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    with runtime.store.write() as session:
        for text in ("Acme fire again", "Acme kettle whistles", "Globex fire"):
            at = NOON - timedelta(days=3)
            a_stored_mention(session, text=text, published_at=at, collected_at=at)
    page = post(sign_in("viewer"), f"/queries/{query}", text="acme kettle", do="preview").text
    part = page.split('id="previewed"', 1)[1]
    assert "The last 30 days" in part
    assert '<rect class="enters"' in part
    assert '<rect class="leaves"' in part
    assert "1 would come in" in part
    assert "whistles" in part
    assert "fire</mark> again" in part or "fire" in part.split("Would go", 1)[1]


def test_another_tools_query_is_carried_over_and_not_saved_yet(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    client = sign_in("viewer")
    path = f"/queries/{query}"
    foreign = '"apple pie" NEAR/3f fire AND language:en AND authorGender:F'
    page = post(client, path, do="convert", text=foreign).text
    assert fields(page)["text"] == '"apple pie" ONEAR/3 fire AND lang:en'
    assert "Carried over from Brandwatch." in page
    assert "authorGender:F</code>" in page
    unknown = post(client, path, do="convert", text="acme").text
    assert "choose the tool" in unknown
    broken = post(client, path, do="convert", text="acme AND (", dialect="lucene").text
    assert "As a query of Lucene it cannot be read" in broken
    assert fields(broken)["text"] == "acme AND ("
    assert stored(runtime, query).version == 1


def test_a_list_is_made_and_changes_the_queries_that_name_it(
    runtime: Runtime, sign_in: SignIn, query: int
) -> None:
    client = sign_in("editor")
    page = client.get("/queries/lists/1").text
    assert "Trouble" in page.split("Queries that name it")[1]
    save = "/queries/lists/1/save"
    fails = post(client, "/queries/lists/1", to=save, do="save", text="recall")
    assert fails.status_code == 422
    assert "acme / Trouble" in fails.text
    bad = post(client, "/queries/lists/1", to=save, do="save", text="fire OR (")
    assert bad.status_code == 422
    assert 'data-kind="wrong"' in bad.text
    assert stored_list(runtime, 1).text == "fire OR recall"
    assert post(client, "/queries/lists/1", to=save, do="save", text="fire").status_code == 303
    assert stored(runtime, query).version == 2
    off = post(client, "/queries/lists/1", to=save, do="off")
    assert off.status_code == 422
    assert "could not be read any more" in off.text
    assert stored_list(runtime, 1).enabled
    new = "/queries/lists/new"
    odd = post(client, new, to=f"{new}/save", do="save", name="my list", text="x")
    assert odd.status_code == 422
    assert "my-list" in odd.text
    made = post(client, new, to=f"{new}/save", do="save", name="rivals", text="globex")
    assert made.headers["location"] == "/queries/lists/2?saved=1"
