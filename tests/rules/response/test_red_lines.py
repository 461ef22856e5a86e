"""Which red lines posts touch."""

from __future__ import annotations

from rules.response import touched_red_lines

LINES = ("recall", "class action", "burnt")


def test_the_line_of_most_posts_comes_first() -> None:
    posts = ["Burnt my hand", "burnt again, a recall?", "A RECALL is due, burnt!"]
    assert touched_red_lines(LINES, posts) == ("burnt", "recall")


def test_a_line_is_found_as_words_and_not_within_one() -> None:
    assert touched_red_lines(LINES, ["I recalled my class actionably"]) == ()
    assert touched_red_lines(LINES, ["a class-action suit"]) == ("class action",)


def test_without_lines_or_posts_nothing_is_touched() -> None:
    assert touched_red_lines((), ["burnt"]) == ()
    assert touched_red_lines(LINES, []) == ()
    assert touched_red_lines(("", "  "), ["burnt"]) == ()
