"""Facts that exclude each other, such as two languages of one mention."""

from __future__ import annotations

from typing import Final

from rules.query.tree import Fact

_ONE_VALUE: Final = frozenset({"country", "platform", "source", "type"})


def exclude_each_other(one: Fact, other: Fact) -> bool:
    """Whether no mention can have both."""
    if one.name != other.name:
        return False
    if isinstance(one.value, str) and isinstance(other.value, str):
        return _differ(one.name, one.value, other.value)
    if isinstance(one.value, str) or isinstance(other.value, str):
        return False
    return _apart(one.op, one.value, other.op, other.value)


def _differ(name: str, one: str, other: str) -> bool:
    if name in _ONE_VALUE:
        return one != other
    if name == "lang":
        return not (_below(one, other, "-") or _below(other, one, "-"))
    if name == "site":
        return not (one.endswith(f".{other}") or other.endswith(f".{one}") or one == other)
    return False


def _below(part: str, whole: str, sign: str) -> bool:
    """``en-gb`` is a kind of ``en``."""
    return part == whole or part.startswith(whole + sign)


def _apart(op: str, value: float, other_op: str, other: float) -> bool:
    """Whether two bounds leave no number between them."""
    low, low_open = (value, op == ">") if op in (">", ">=", "=") else (None, False)
    high, high_open = (value, op == "<") if op in ("<", "<=", "=") else (None, False)
    for bound, bound_op in ((other, other_op),):
        if bound_op in (">", ">=", "=") and (low is None or bound >= low):
            low, low_open = bound, bound_op == ">" or (low_open and bound == low)
        if bound_op in ("<", "<=", "=") and (high is None or bound <= high):
            high, high_open = bound, bound_op == "<" or (high_open and bound == high)
    if low is None or high is None:
        return False
    return low > high or (low == high and (low_open or high_open))
