from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from service.notify.slack_mrkdwn import escape, one_line, plain

TEXT = st.text(max_size=60) | st.text(alphabet="&<>|🔥a\n\u202e", max_size=60)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXT, st.integers(1, 40))
def test_escaped_text_is_bounded_and_never_cut_inside_an_entity(text: str, limit: int) -> None:
    told = escape(text, limit=limit)
    assert utf16(told) <= limit
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", told)


@given(TEXT)
def test_what_fits_is_told_whole(text: str) -> None:
    told = escape(text, limit=1000)
    assert told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(TEXT, st.integers(1, 40))
def test_a_line_stays_one_line_within_its_bound(text: str, limit: int) -> None:
    for told in (one_line(text, limit=limit), plain(text, limit=limit)):
        assert utf16(told) <= limit
        assert len(told.splitlines()) <= 1
        assert "\u202e" not in told
