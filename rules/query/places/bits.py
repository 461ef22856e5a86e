"""Sets of word numbers as integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_SHORT = 64


def bits_of(numbers: Sequence[int]) -> int:
    """The set of these numbers."""
    if len(numbers) < _SHORT:
        out = 0
        for number in numbers:
            out |= 1 << number
        return out
    # Setting bits of a long integer one by one copies it each time.
    room = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        room[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(room, "little")


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers in a set, rising."""
    if not bits >> _SHORT:
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest
        return
    digits = f"{bits:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def reach_up(bits: int, steps: int) -> int:
    """Each number and the ``steps`` numbers after it."""
    done = 0
    while done < steps:
        step = min(done + 1, steps - done)
        bits |= bits << step
        done += step
    return bits


def reach_down(bits: int, steps: int) -> int:
    """Each number and the ``steps`` numbers before it."""
    done = 0
    while done < steps:
        step = min(done + 1, steps - done)
        bits |= bits >> step
        done += step
    return bits


def union(sets: Iterable[int]) -> int:
    out = 0
    for bits in sets:
        out |= bits
    return out
