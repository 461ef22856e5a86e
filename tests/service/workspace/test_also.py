"""What is known of an example, on one line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.workspace.also import AlsoInvalid, read_example, show_also

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ("lnag = 'en'", "unknown key 'lnag'; did you mean 'lang'?"),
        ("rating = 'two'", "'rating' must be a number, not text"),
        ("rating = 2 }\ny = { a = 1", "'rating = 2 } y = { a = 1' cannot be read"),
        ("nonsense", "'nonsense' cannot be read; write it as in title"),
        ("text = 'x'", "the text stands above"),
        ("type = 'tweet'", "cannot be 'tweet'; it must be one of"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(also: str, told: str) -> None:
    with pytest.raises(AlsoInvalid) as refused:
        read_example("a text", also)
    assert told in str(refused.value)


def test_a_moment_without_a_zone_is_utc() -> None:
    for also in ("published = 2026-03-04", "published = 2026-03-04T01:00:00+01:00"):
        kept = read_example("x", also)
        assert kept["published"] == "2026-03-04T00:00:00+00:00"
        assert read_example("x", show_also(kept)) == kept


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "title": TEXTS,
            "author": TEXTS,
            "lang": TEXTS,
            "followers": st.integers(1, 10**9),
            "rating": st.floats(0.1, 5),
        },
    )
)
def test_what_is_shown_reads_back_as_what_was_kept(known: dict[str, Any]) -> None:
    kept = {"text": "x"} | known
    line = show_also(kept)
    assert "\n" not in line
    # One line is what a form sends: runs of blanks inside come back as one.
    if line == " ".join(line.split()):
        assert read_example("x", line) == kept
