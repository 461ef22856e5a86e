"""One line to one object."""

from __future__ import annotations

import pytest

from connectors.file.parse import parse_json
from rules.errors import InvalidMention


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert parse_json('\ufeff{"text": "acme"}') == {"text": "acme"}


@pytest.mark.parametrize("line", ["[]", '"acme"', "null", "{", "\ufeff", "[" * 100_000])
def test_what_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(InvalidMention):
        parse_json(line)
