"""Numbers that a query compares: followers, engagement, reach, stars."""

from __future__ import annotations

import re
from typing import Final

from rules.query.asked import Asked
from rules.query.fields import shortened
from rules.query.tree import And, Node

RATINGS: Final = (1.0, 5.0)
NUMBER_LIMIT: Final = 1e12

_NUMBER: Final = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,3})?)([kKmM]?)")
_TIMES: Final = {"": 1, "k": 1_000, "m": 1_000_000}


def read_number(asked: Asked) -> Node:
    first, dots, last = asked.value.partition("..")
    if dots:
        return _between(asked, _amount(asked, first), _amount(asked, last))
    op, rest = asked.operator()
    return asked.fact(_amount(asked, rest), op=op or "=")


def _amount(asked: Asked, written: str) -> float:
    found = _NUMBER.fullmatch(written.strip())
    if found is None:
        raise asked.refusal(
            f"{shortened(asked.value)} is no number",
            hint=f"write digits, as in {asked.name}:>{'3' if asked.name == 'rating' else '10000'}"
            f" or {asked.name}:{'2..4' if asked.name == 'rating' else '1k..5k'}",
        )
    amount = round(float(found[1]) * _TIMES[found[2].lower()], 3)
    if amount > NUMBER_LIMIT:
        raise asked.refusal("this number is too large", hint="a million million is the limit")
    if asked.name == "rating" and not RATINGS[0] <= amount <= RATINGS[1]:
        raise asked.refusal("ratings are stars from 1 to 5", hint="write as in rating:<=2")
    return amount


def _between(asked: Asked, low: float, high: float) -> Node:
    if high < low:
        raise asked.reversed()
    bounds = (asked.fact(low, op=">="), asked.fact(high, op="<="))
    return And(bounds, asked.start, asked.end)
