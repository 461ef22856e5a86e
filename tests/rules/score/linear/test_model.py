"""A model survives being written, and what is not a model is refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.score.linear.model import BadModel, Model, dumped, loaded, packed, unpacked
from tests.rules.score.linear.models import a_model

NAMES = st.text(
    st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=100
)
BYTES = st.integers(-128, 127)

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.integers(-(2**38), 2**38), st.integers(-(2**38), 2**38))
def test_two_numbers_travel_in_one(negative: int, positive: int) -> None:
    assert unpacked(packed(negative, positive)) == (negative, positive)


@QUICK
@given(st.lists(st.tuples(BYTES, BYTES), max_size=50))
def test_packed_numbers_add_as_their_parts_do(pairs: list[tuple[int, int]]) -> None:
    total = sum(packed(*pair) for pair in pairs)
    assert unpacked(total) == (sum(p[0] for p in pairs), sum(p[1] for p in pairs))


@QUICK
@given(st.dictionaries(NAMES, st.builds(packed, BYTES, BYTES), max_size=30))
def test_any_model_is_read_as_it_was_written(weights: dict[str, int]) -> None:
    model = Model("v", 0.5, packed(7, -9), weights)
    assert loaded(dumped(model)) == model


def test_a_weight_that_needs_more_than_a_byte_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="byte"):
        dumped(Model("v", 1.0, 0, {"good": packed(128, 0)}))


def test_a_name_with_a_line_break_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="line break"):
        dumped(Model("v", 1.0, 0, {"a\nb": 1}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"something else",
        dumped(a_model())[:40],
        dumped(a_model())[:-30],
        b"groundswell-linear-1\n" + b"not zlib",
    ],
)
def test_what_is_not_a_whole_model_is_refused(data: bytes) -> None:
    with pytest.raises(BadModel):
        loaded(data)
