"""HTML to plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.markup import one_line, plain, text_of
from rules.mention import TEXT_LIMIT


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<b>bo</b>ld", "bold"),
        ("<ul><li>1<li>2</ul>", "1\n2"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("line\nbreaks\r\nare   spaces", "line breaks are spaces"),
        ("x<script>alert('</b>')</script>y<style>p{}</style>z", "xyz"),
        ("<SCRIPT>never closed", ""),
        ("a<!-- no <b> comment -->b<!-->c", "abc"),
        ("&lt;b&gt; &amp;amp; &eacute;&#8364;&#x1F600;", "<b> &amp; é€😀"),
        ("3 < 4 && 5 > 2 <3", "3 < 4 && 5 > 2 <3"),
        ('<a title="x > y" href=z>link</a>', "link"),
        ("<p don't>kept</p> isn't", "kept\n\nisn't"),
        ("<img src='a.png' alt='no'>", ""),
        ("<![CDATA[in]]>", "in]]>"),
        ("unfinished <a href='x", "unfinished"),
        ("a\u00a0\u2003b", "a b"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("safe\u202etxt.exe\u2066x\u2069", "safetxt.exex"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
    ],
)
def test_markup_becomes_the_text_a_reader_would_see(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_plain_text_keeps_its_lines_and_its_angle_brackets() -> None:
    assert plain("a\r\nb\n\n\n\nc  d <b>\u202e\x00\u2028e") == "a\nb\n\nc d <b>\ne"


def test_one_line_is_one_line() -> None:
    assert one_line(" a\n\n b\t c ") == "a b c"


@given(st.lists(st.sampled_from([*"ab  .\n\t", "\u00a0", "é", "\u200d", "😀", "\ud800"])))
def test_what_needs_no_cleaning_comes_out_as_what_does(parts: list[str]) -> None:
    text = "".join(parts)
    # The carriage returns at the end send it the long way.
    assert plain(text) == plain(text + "\r\r")
    assert one_line(text) == one_line(text + "\r\r")


def test_text_is_cut_at_the_limit() -> None:
    assert len(text_of("<p>" + "x" * (TEXT_LIMIT + 5))) == TEXT_LIMIT
    assert plain("abcdef", limit=3) == "abc"


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 200_000 + "x",
        "<" * 2_000_000,
        "&" * 2_000_000,
        '<a "' * 300_000,
        '<a x="' * 300_000,
        "<a " + "x=1 " * 300_000,
        "<!--" * 300_000,
        "<script>" * 200_000,
        "<style></style" * 100_000,
        "<![CDATA[" * 200_000,
        " \n" * 600_000,
        "<svg/>" * 200_000,
        "</p" * 500_000,
    ],
    ids=lambda hostile: hostile[:12],
)
def test_hostile_markup_takes_time_in_proportion_to_its_size(hostile: str) -> None:
    started = time.process_time()
    text_of(hostile)
    assert time.process_time() - started < 3
