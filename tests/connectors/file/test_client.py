"""Files: read once, followed, replaced, broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Batch, Surroundings
from connectors.errors import Misconfigured, PayloadChanged, Transient
from connectors.file import FileConnector, FileSettings
from connectors.http import HttpClient
from tests.connectors.conftest import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts.jsonl"


def poll(path: Path, cursor: Any = None, **settings: Any) -> Batch:
    surroundings = Surroundings(http=HttpClient(now=lambda: NOW), now=lambda: NOW)
    return FileConnector(FileSettings(path=path, **settings), surroundings).poll(cursor)


def texts(batch: Batch) -> list[str]:
    return [mention.text for mention in batch.mentions]


def lines(*names: str) -> str:
    return "".join(json.dumps({"text": name}) + "\n" for name in names)


def test_a_file_is_read_and_then_followed(path: Path) -> None:
    path.write_text(lines("a", "b"))
    first = poll(path)
    with path.open("a") as file:
        file.write(lines("c"))
    second = poll(path, json.loads(json.dumps(first.cursor)))
    assert (texts(first), texts(second)) == (["a", "b"], ["c"])
    assert texts(poll(path, second.cursor)) == []


def test_a_half_written_line_waits_for_its_end(path: Path) -> None:
    path.write_text(lines("a") + '{"text": "b"')
    first = poll(path)
    path.write_text(lines("a") + '{"text": "b"}\n')
    assert (texts(first), texts(poll(path, first.cursor))) == (["a"], ["b"])


def test_a_complete_file_may_end_without_a_line_end(path: Path) -> None:
    path.write_text(lines("a") + '{"text": "b"}')
    assert texts(poll(path, final=True)) == ["a", "b"]


def test_a_large_file_comes_in_batches_that_join(path: Path) -> None:
    names = [str(number) for number in range(25)]
    path.write_text(lines(*names))
    found, cursor, more = [], None, True
    while more:
        batch = poll(path, cursor, batch_size=10)
        found.append(texts(batch))
        cursor, more = batch.cursor, batch.more
    assert [len(page) for page in found] == [10, 10, 5]
    assert [name for page in found for name in page] == names


def test_a_batch_that_ends_with_the_file_is_the_last(path: Path) -> None:
    path.write_text(lines("a", "b"))
    assert not poll(path, batch_size=2).more


@pytest.mark.parametrize("other", [("x", "y", "z", "w"), ("x",), ("a", "x", "c")])
def test_a_replaced_file_is_read_from_its_start(other: tuple[str, ...], path: Path) -> None:
    path.write_text(lines("a", "b"))
    cursor = poll(path).cursor
    path.write_text(lines(*other))
    batch = poll(path, cursor)
    assert texts(batch) == list(other)
    assert batch.notice is not None


def test_bad_lines_are_left_out_with_their_number_and_reason(path: Path) -> None:
    path.write_text(
        lines("a") + "\n{broken\n17\n" + '{"text": 5}\n{"text": "x", "published_at": "soon"}\n'
        '{"text": "x", "engagement": {"likes": -1}}\n{"id": "1"}\n'
        '{"text": "x", "url": "javascript:1"}\n{"text": "x", "type": "tweet"}\n'
        '{"text": "x", "country": "Germany"}\n'
    )
    told = [(entry.what, entry.reason) for entry in poll(path).left_out]
    assert told == [
        ("line 3", "is not JSON (Expecting property name enclosed in double quotes, column 2)"),
        ("line 4", "is not an object: expected {…}"),
        ("line 5", "text: must be a string"),
        ("line 6", "published_at: 'soon' is no date; write 2026-03-01T12:00:00Z"),
        ("line 7", "engagement.likes: must be a whole number, 0 or more"),
        ("line 8", "has neither text nor title"),
        ("line 9", "url: is not an http or https address"),
        ("line 10", "type: 'tweet' is none of post, comment, review, article"),
        ("line 11", "country: 'GERMANY' is no ISO 3166 code of two letters, as in DE"),
    ]


def test_a_file_of_which_nothing_can_be_read_has_changed(path: Path) -> None:
    path.write_text("no\njson\n")
    with pytest.raises(PayloadChanged, match="line 1 is not JSON"):
        poll(path)


def test_a_bad_line_behind_good_ones_does_not_stop_the_source(path: Path) -> None:
    path.write_text(lines("a"))
    cursor = poll(path).cursor
    path.write_text(lines("a") + "broken\n")
    batch = poll(path, cursor)
    assert [entry.what for entry in batch.left_out] == ["line 2"]
    path.write_text(lines("a") + "broken\n" + lines("b"))
    assert texts(poll(path, batch.cursor)) == ["b"]


def test_nothing_in_the_file_is_nothing_new(path: Path) -> None:
    path.write_text("")
    assert texts(poll(path)) == []


def test_a_byte_order_mark_nul_and_foreign_bytes_do_no_harm(path: Path) -> None:
    path.write_bytes(
        b'\xef\xbb\xbf{"text": "a\\u0000b"}\n{"text": "caf\xe9"}\n{"te\x00xt": "c"}\r\n'
    )
    assert texts(poll(path)) == ["ab", "café", "c"]


def test_a_csv_names_its_columns_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        'ID,Text,author.name,engagement_views\n1,"two\nlines, ""quoted""",Ada,7\n,x,,\n'
    )
    first, second = poll(path).mentions
    assert (first.native_id, first.text) == ("1", 'two\nlines, "quoted"')
    assert (first.author.name, first.engagement.views) == ("Ada", 7)
    assert (second.native_id, second.author.name) == (None, None)


def test_a_growing_csv_is_followed_across_quoted_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text('text\na\n"half')
    first = poll(path)
    path.write_text('text\na\n"half\nwhole"\nb\n')
    second = poll(path, first.cursor)
    assert (texts(first), texts(second)) == (["a"], ["half\nwhole", "b"])


def test_a_quote_that_is_never_closed_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text('text\na\n5" screen\n' + "b\n" * 600)
    batch = poll(path, batch_size=1000)
    assert texts(batch)[0] == "a"
    assert len(batch.mentions) >= 600
    assert len(batch.left_out) <= 1


def test_a_row_with_too_many_cells_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("text,lang\nfine,en\none,two,three\n")
    (left,) = poll(path).left_out
    assert left.reason == "has 3 cells, but the header names 2"


def test_a_csv_without_a_text_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("id,name\n1,x\n")
    with pytest.raises(PayloadChanged, match="neither text nor title"):
        poll(path)


@pytest.mark.parametrize("start", [b"[\n{}]", b"\xff\xfea\0"])
def test_other_kinds_of_files_are_refused_with_advice(start: bytes, path: Path) -> None:
    path.write_bytes(start)
    with pytest.raises(Misconfigured, match=r"jq|UTF-8"):
        poll(path)


def test_a_file_that_is_not_there_may_come(path: Path) -> None:
    with pytest.raises(Transient, match="does not exist"):
        poll(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        poll(tmp_path)
