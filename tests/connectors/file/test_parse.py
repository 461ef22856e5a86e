"""One line to one object."""

from __future__ import annotations

import pytest

from connectors.file.parse import parse_csv, parse_json, parse_line
from rules.errors import InvalidMention
from tests.builders import NOON


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert parse_json('\ufeff{"text": "acme"}') == {"text": "acme"}


@pytest.mark.parametrize("line", ["[]", '"acme"', "null", "{", "\ufeff", "[" * 100_000])
def test_what_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(InvalidMention):
        parse_json(line)


def test_what_a_customer_is_worth_comes_as_a_number_or_a_column() -> None:
    told = parse_json('{"text": "acme", "author": {"handle": "ann", "customer_value": 0.5}}')
    assert parse_line(told, now=NOON).author.customer_value == 0.5
    row = parse_csv("acme,1", header=("text", "author.customer_value"))
    assert parse_line(row, now=NOON).author.customer_value == 1.0
    assert parse_line({"text": "acme"}, now=NOON).author.customer_value is None


@pytest.mark.parametrize("value", ["1.5", "-0.1", '"gold"', "true", "[]", '"nan"'])
def test_a_customer_s_value_that_cannot_be_is_refused_by_name(value: str) -> None:
    told = parse_json(f'{{"text": "acme", "author": {{"customer_value": {value}}}}}')
    with pytest.raises(InvalidMention, match=r"author\.customer_value"):
        parse_line(told, now=NOON)
