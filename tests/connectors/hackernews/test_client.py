"""Searching Hacker News: windows, pages, and nothing lost or twice at equal seconds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.contract import Batch, Surroundings
from connectors.errors import PayloadChanged
from connectors.hackernews import HackerNewsConnector, HackerNewsSettings
from connectors.http import Response

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
END = int(NOW.timestamp())


@dataclass
class Algolia:
    """Answers as hn.algolia.com does: newest first, a page at a time, never beyond 1,000 hits."""

    hits: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def post(self, number: int, *, at: int, **changes: Any) -> None:
        told = {"objectID": str(number), "created_at_i": at, "author": "ada", "title": "Kettle"}
        self.hits.append({**told, **changes})

    def get(self, url: str, **_options: Any) -> Response:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked.append(query)
        low, high = map(int, re.findall(r"created_at_i[<>]=(\d+)", query["numericFilters"]))
        found = [hit for hit in self.hits if low <= int(hit["created_at_i"]) <= high]
        found.sort(key=lambda hit: -int(hit["created_at_i"]))
        size, page = int(query["hitsPerPage"]), int(query["page"])
        shown = found[:1000][size * page : size * (page + 1)]
        answer = {"hits": shown, "nbHits": len(found), "page": page, "hitsPerPage": size}
        return Response(200, {}, json.dumps(answer).encode(), url)


@dataclass
class Searching:
    """A connector, the place it asks, and a clock that can be moved on."""

    algolia: Algolia = field(default_factory=Algolia)
    now: int = END

    def poll(self, cursor: Mapping[str, Any] | None, **settings: Any) -> Batch:
        surroundings = Surroundings(
            http=self.algolia,  # type: ignore[arg-type]
            now=lambda: datetime.fromtimestamp(self.now, UTC),
        )
        made = HackerNewsSettings(query="kettle", **settings)
        return HackerNewsConnector(made, surroundings).poll(cursor)

    def all(self, cursor: Mapping[str, Any] | None, **settings: Any) -> tuple[list[str], Any]:
        found: list[str] = []
        for _page in range(200):
            batch = self.poll(cursor, **settings)
            found += [mention.native_id or "" for mention in batch.mentions]
            cursor = json.loads(json.dumps(batch.cursor))
            if not batch.more:
                return found, cursor
        raise AssertionError("it never ends")


@pytest.fixture
def searching() -> Searching:
    return Searching()


def test_the_first_poll_goes_back_as_far_as_it_is_told(searching: Searching) -> None:
    searching.algolia.post(1, at=END - 3 * 86400)
    searching.algolia.post(2, at=END - 86400)
    assert searching.all(None, since_days=2)[0] == ["2"]
    assert searching.all(None)[0] == ["1", "2"]
    assert searching.algolia.asked[0]["query"] == "kettle"
    assert searching.algolia.asked[0]["tags"] == "(story,comment)"


def test_more_than_a_page_comes_oldest_first_and_whole(searching: Searching) -> None:
    for number in range(57):
        searching.algolia.post(number, at=END - 5000 + 7 * number)
    found, cursor = searching.all(None, page_size=5)
    assert found == [str(number) for number in range(57)]
    assert searching.all(cursor, page_size=5)[0] == []


def test_more_than_algolia_ever_gives_for_one_query_comes_whole(searching: Searching) -> None:
    for number in range(1500):
        searching.algolia.post(number, at=END - 600_000 + 300 * number)
    found, _ = searching.all(None)
    assert sorted(map(int, found)) == list(range(1500))


def test_a_burst_within_one_second_comes_whole(searching: Searching) -> None:
    for number in range(23):
        searching.algolia.post(100 + number, at=END - 50)
    searching.algolia.post(1, at=END - 51)
    searching.algolia.post(999, at=END - 49)
    found, cursor = searching.all(None, page_size=5)
    assert found == ["1", *(str(100 + number) for number in range(23)), "999"]
    assert searching.all(cursor, page_size=5)[0] == []


def test_a_post_of_the_same_second_that_comes_later_is_not_lost(searching: Searching) -> None:
    searching.algolia.post(1, at=END)
    found, cursor = searching.all(None)
    searching.algolia.post(2, at=END)
    searching.now += 60
    assert (found, searching.all(cursor)[0]) == (["1"], ["2"])


def test_a_post_that_enters_the_index_late_is_not_lost(searching: Searching) -> None:
    searching.algolia.post(1, at=END - 60)
    _, cursor = searching.all(None)
    searching.algolia.post(2, at=END - 600)
    searching.now += 300
    found, cursor = searching.all(cursor)
    assert found == ["2"]
    assert searching.all(cursor)[0] == []


def test_after_a_long_pause_nothing_is_lost(searching: Searching) -> None:
    _, cursor = searching.all(None)
    searching.now += 30 * 86400
    for number in range(40):
        searching.algolia.post(number, at=END + 3600 * number + 1)
    assert searching.all(cursor, page_size=7)[0] == [str(number) for number in range(40)]


def test_one_poll_asks_few_questions(searching: Searching) -> None:
    for number in range(900):
        searching.algolia.post(number, at=END - number)
    searching.poll(None, page_size=100)
    assert len(searching.algolia.asked) < 25


def test_deleted_posts_are_left_out(searching: Searching) -> None:
    searching.algolia.post(1, at=END, title=None, comment_text=None)
    batch = searching.poll(None)
    assert batch.mentions == ()
    assert [entry.reason for entry in batch.left_out] == ["it has neither title nor text"]


def test_a_comment_tells_its_parent_and_its_text(searching: Searching) -> None:
    searching.algolia.post(
        5,
        at=END,
        title=None,
        comment_text="<p>Hot &amp; fast",
        parent_id=4,
        story_id=3,
        points=None,
    )
    (mention,) = searching.poll(None).mentions
    assert (mention.text, mention.parent_id, mention.kind) == ("Hot & fast", "4", "comment")
    assert mention.url == "https://news.ycombinator.com/item?id=5"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"hits": 3}', b'{"hits": [1, 2], "nbHits": 2}']
)
def test_what_is_no_search_result_has_changed(body: bytes) -> None:
    class Broken(Algolia):
        def get(self, url: str, **_options: Any) -> Response:
            return Response(200, {}, body, url)

    with pytest.raises(PayloadChanged):
        Searching(Broken()).poll(None)
