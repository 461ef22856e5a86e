"""Applying a file to a store, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.errors import Invalid
from service.ingest.inbox import load_pipeline
from service.store.brands import find_brand
from service.store.engine import Store
from service.store.named_lists import named_lists
from service.store.queries import list_active
from service.store.reads.queries import query_list
from service.store.sources import find_source, record_failure, record_success
from service.workspace.apply import apply, plan
from service.workspace.diff import Diff
from service.workspace.file import read
from tests.builders import NOON, a_mention, a_source

FILE = """\
[[person]]
name = "ann"
email = "ann@example.com"

[[rota]]
name = "primary"
timezone = "Europe/Berlin"
people = ["ann"]
starts = 2026-01-05T09:00:00

[[policy]]
name = "usual"
rota = "primary"
steps = [{ notify = "on-call" }, { after = "15m", notify = "person:ann" }]

[[brand]]
name = "Acme"
handles = ["@acme"]
policy = "usual"
channel = "#acme"
voice = { tone = "warm" }

[[list]]
name = "trouble"
text = "fire OR recall"

[[query]]
name = "name"
text = "acme NOT jobs"
must_match = ["Acme is on fire"]

[[source]]
name = "news"
connector = "rss"
every = "30m"
settings = { url = "https://news.example/feed.xml", password = "env:NEWS" }
"""


def applied(store: Store, text: str = FILE, *, prune: bool = False, minute: int = 0) -> Diff:
    with store.write() as session:
        now = NOON + timedelta(minutes=minute)
        return apply(session, read(text, name="f"), now=now, prune=prune)


def test_everything_is_added_and_a_second_time_there_is_nothing_to_do(store: Store) -> None:
    first = applied(store)
    assert [(change.sign, change.kind) for change in first.changes] == [
        ("+", kind) for kind in ("person", "rota", "policy", "brand", "list", "query", "source")
    ]
    second = applied(store, minute=1)
    assert not second
    assert str(second) == "nothing to do: the store says what the file says"


def test_a_plan_writes_nothing(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        assert plan(session, read(FILE, name="f"))
    assert len(applied(sqlite_store).changes) == 7


def test_what_is_stored_is_what_the_file_says(store: Store) -> None:
    applied(store)
    with store.read() as session:
        brand = find_brand(session, "acme")
        source = find_source(session, "news")
        (query,) = list_active(session)
    assert brand is not None
    assert (brand.name, brand.channel, brand.policy) == ("Acme", "#acme", "usual")
    assert brand.voice == {"tone": "warm"}
    assert source is not None
    assert source.every == timedelta(minutes=30)
    assert source.next_poll_at == NOON
    assert source.settings["password"] == "env:NEWS"
    assert (query.text, query.version, query.role) == ("acme NOT jobs", 1, "brand")


def test_a_query_whose_text_changes_gets_the_next_version(sqlite_store: Store) -> None:
    applied(sqlite_store)
    diff = applied(sqlite_store, FILE.replace("NOT jobs", "NOT careers"))
    assert str(diff.changes[0]) == "~ query acme / name: text: acme NOT jobs → acme NOT careers"
    with sqlite_store.read() as session:
        assert [query.version for query in list_active(session)] == [2]
    applied(sqlite_store, FILE.replace("NOT jobs", "NOT careers").replace('"@acme"', '"@a"'))
    with sqlite_store.read() as session:
        assert [query.version for query in list_active(session)] == [2]


def _polled(store: Store) -> None:
    with store.write() as session:
        source = find_source(session, "news")
        assert source is not None
        record_success(
            session,
            source.id,
            now=NOON,
            cursor={"etag": "x"},
            next_poll_at=NOON + timedelta(hours=1),
            stored=0,
            left_out=0,
            notice=None,
        )


@pytest.mark.parametrize(
    ("before", "after", "cursor"),
    [
        ("30m", "20m", {"etag": "x"}),
        ("env:NEWS", "env:OTHER", {"etag": "x"}),
        ("feed.xml", "other.xml", None),
    ],
)
def test_a_cursor_is_kept_as_long_as_the_place_is_the_same(
    sqlite_store: Store, before: str, after: str, cursor: object
) -> None:
    applied(sqlite_store)
    _polled(sqlite_store)
    diff = applied(sqlite_store, FILE.replace(before, after), minute=1)
    assert after in str(diff) or "source news" in str(diff)
    with sqlite_store.read() as session:
        source = find_source(session, "news")
    assert source is not None
    assert source.cursor == cursor


def test_a_shorter_time_between_polls_counts_at_once(sqlite_store: Store) -> None:
    applied(sqlite_store)
    _polled(sqlite_store)
    applied(sqlite_store, FILE.replace("30m", "1m"), minute=1)
    with sqlite_store.read() as session:
        source = find_source(session, "news")
    assert source is not None
    assert source.next_poll_at == NOON + timedelta(minutes=2)


def test_editing_a_stopped_source_starts_it_again(sqlite_store: Store) -> None:
    applied(sqlite_store)
    with sqlite_store.write() as session:
        source = find_source(session, "news")
        assert source is not None
        later = NOON + timedelta(days=1)
        record_failure(session, source.id, now=NOON, error="no", next_poll_at=later, stopped=True)
    applied(sqlite_store, FILE.replace("env:NEWS", "env:OTHER"), minute=1)
    with sqlite_store.read() as session:
        source = find_source(session, "news")
    assert source is not None
    assert (source.state, source.next_poll_at) == ("new", NOON + timedelta(minutes=1))


def test_what_the_file_does_not_have_is_left_alone(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        a_source(session, name="by hand")
    applied(sqlite_store)
    with sqlite_store.read() as session:
        found = find_source(session, "by hand")
    assert found is not None
    assert found.enabled


def test_pruning_switches_off_and_comes_back_with_the_file(store: Store) -> None:
    applied(store)
    diff = applied(store, "", prune=True)
    assert [str(change) for change in diff.changes] == [
        "- brand acme: archived",
        "- list trouble: disabled",
        "- query acme / name: disabled",
        "- source news: disabled",
    ]
    assert not applied(store, "", prune=True)
    with store.read() as session:
        assert list_active(session) == []
        brand, source = find_brand(session, "acme"), find_source(session, "news")
    assert brand is not None
    assert brand.archived
    assert source is not None
    assert not source.enabled
    again = applied(store, minute=5)
    assert [str(change) for change in again.changes] == [
        "~ brand acme: on again",
        "~ list trouble: on again",
        "~ query acme / name: on again",
        "~ source news: on again",
    ]
    assert not applied(store)
    with store.read() as session:
        assert len(list_active(session)) == 1


def test_changes_of_policies_and_rotas_are_told_in_people_s_words(sqlite_store: Store) -> None:
    applied(sqlite_store)
    text = FILE.replace("15m", "20m").replace("Europe/Berlin", "UTC").replace('"warm"', '"formal"')
    told = str(applied(sqlite_store, text))
    assert "~ rota primary: timezone: Europe/Berlin → UTC" in told
    assert "steps: 0s on-call, then 15m person:ann → 0s on-call, then 20m person:ann" in told
    assert "~ brand acme: voice tone: warm → formal" in told
    assert told.endswith("3 to change")


NAMES_A_LIST = FILE.replace("acme NOT jobs", "acme {{trouble}} NOT jobs")


def test_a_query_asks_for_what_its_list_says(store: Store) -> None:
    applied(store, NAMES_A_LIST)
    with store.read() as session:
        pipeline = load_pipeline(session)
    held = [
        bool(pipeline.judge(a_mention(text=text), tier=2).matches)
        for text in ("Acme recall", "Acme kettle", "recall")
    ]
    assert held == [True, False, False]


def test_a_changed_list_is_a_new_version_of_the_queries_that_name_it(store: Store) -> None:
    other = '[[query]]\nname = "other"\ntext = "acme kettle"\nrole = "topic"\n'
    applied(store, NAMES_A_LIST + other)
    diff = applied(store, NAMES_A_LIST.replace("recall", "smoke") + other, minute=1)
    assert [str(change) for change in diff.changes] == [
        "~ list trouble: text: fire OR recall → fire OR smoke"
    ]
    # Another spelling of the same is no new question.
    applied(store, NAMES_A_LIST.replace("recall", "( SMOKE )") + other, minute=2)
    with store.read() as session:
        told = {query.name: query.version for query in list_active(session)}
    assert told == {"name": 2, "other": 1}


def test_a_list_and_a_query_that_change_together_are_one_new_version(sqlite_store: Store) -> None:
    applied(sqlite_store, NAMES_A_LIST)
    applied(sqlite_store, NAMES_A_LIST.replace("recall", "smoke").replace("jobs", "careers"))
    with sqlite_store.read() as session:
        assert [query.version for query in list_active(session)] == [2]


def test_a_brands_own_list_stands_before_the_shared_one(store: Store) -> None:
    own = '[[list]]\nname = "trouble"\nbrand = "Acme"\ntext = "smoke"\n'
    text = NAMES_A_LIST.replace("on fire", "all smoke") + own
    told = [str(change) for change in applied(store, text).changes]
    assert "+ list trouble: fire OR recall" in told
    assert "+ list acme / trouble: smoke" in told
    assert not applied(store, text)
    with store.read() as session:
        brand = find_brand(session, "acme")
        lists = named_lists(session)
    assert brand is not None
    assert lists.of(brand.id) == {"trouble": "smoke"}
    assert lists.of(None) == {"trouble": "fire OR recall"}
    applied(store, NAMES_A_LIST, prune=True)
    with store.read() as session:
        assert named_lists(session).of(brand.id) == {"trouble": "fire OR recall"}


def test_a_list_that_would_break_a_query_of_the_store_is_refused(store: Store) -> None:
    applied(store, FILE.replace("acme NOT jobs", "{{trouble}}"))
    only_the_list = '[[list]]\nname = "trouble"\ntext = "lang:en OR lang:de"\n'
    with pytest.raises(Invalid, match=r"acme / name could not be read any more: .* nearly every"):
        applied(store, only_the_list)
    with store.read() as session:
        assert named_lists(session).shared == {"trouble": "fire OR recall"}


def test_changed_examples_are_told_as_how_many_and_are_no_new_version(sqlite_store: Store) -> None:
    applied(sqlite_store)
    text = FILE.replace(
        '["Acme is on fire"]', '["Acme!", { text = "Acme", lang = "de" }]\nmust_not_match = ["x"]'
    )
    told = applied(sqlite_store, text)
    assert str(told.changes[0]) == (
        "~ query acme / name: must_match: 2 added, 1 removed, must_not_match: 1 added, 0 removed"
    )
    assert not applied(sqlite_store, text)
    with sqlite_store.read() as session:
        (query,) = query_list(session)
    assert query.version == 1
    assert query.examples == {
        "must_match": [{"text": "Acme!"}, {"text": "Acme", "lang": "de"}],
        "must_not_match": [{"text": "x"}],
    }
