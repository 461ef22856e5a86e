"""NEAR: which places of its two sides are beside each other."""

from __future__ import annotations

from rules.query.places import Field, Runs, joined
from rules.query.places.bits import reach_down, reach_up
from rules.query.places.runs import firsts_of, lasts_of
from rules.query.places.segments import Segments
from rules.query.tree import Near, Scope


def partners(near: Near, left: Runs, right: Runs, field: Field) -> tuple[Runs, Runs]:
    """The places of either side that are near one of the other; both are empty if none is."""
    if not left or not right:
        return {}, {}
    followed, beginning = following(near, left, right, field)
    if near.ordered:
        return followed, beginning
    other_followed, other_beginning = following(near, right, left, field)
    return joined([followed, other_beginning]), joined([beginning, other_followed])


def following(near: Near, one: Runs, other: Runs, field: Field) -> tuple[Runs, Runs]:
    """Places of one side that one of the other follows within reach, and those that follow."""
    segments = segments_of(near, field)
    if segments is None:
        distance = near.distance if isinstance(near.distance, int) else 0
        may_end = reach_down(firsts_of(other) >> 1, distance)
        may_begin = reach_up(lasts_of(one) << 1, distance)
    else:
        one = segments.whole(one)
        may_end = segments.before(firsts_of(other))
        may_begin = segments.after(lasts_of(one))
    followed = {length: firsts & (may_end >> (length - 1)) for length, firsts in one.items()}
    begun = {length: firsts & may_begin for length, firsts in other.items()}
    return _some(followed), _some(begun)


def segments_of(near: Near, field: Field) -> Segments | None:
    """The sentences or paragraphs that both sides must share; None where words are counted."""
    if not isinstance(near.distance, Scope):
        return None
    return field.sentences if near.distance is Scope.SENTENCE else field.paragraphs


def _some(runs: Runs) -> Runs:
    return {length: firsts for length, firsts in runs.items() if firsts}
