"""A linear model as a file and in memory: names of features, and two whole numbers for each.

The numbers are margins over neutral, in units of ``step``: how much a feature speaks for negative
and for positive. They are added as whole numbers, so a sum is exact in any order.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_MAGIC: Final = b"groundswell-linear-1\n"
_MOST: Final = 64_000_000
POSITIVE: Final = 1 << 40
"""Both margins travel in one whole number: negative + POSITIVE * positive."""

_HALF: Final = POSITIVE >> 1


class BadModel(ValueError):
    """The bytes are not a model of ours; the message says why."""


@dataclass(frozen=True, slots=True)
class Model:
    """``weights`` are packed (see POSITIVE). ``step`` holds the calibrating temperature already."""

    version: str
    step: float
    bias: int
    weights: Mapping[str, int]


def packed(negative: int, positive: int) -> int:
    return negative + POSITIVE * positive


def unpacked(both: int) -> tuple[int, int]:
    """Negative and positive; exact for sums of up to half a trillion."""
    negative = (both + _HALF) % POSITIVE - _HALF
    return negative, (both - negative) >> 40


def dumped(model: Model) -> bytes:
    """The file: a line of magic, then zlib of a header, the names and the signed bytes.

    Raises ValueError where a weight needs more than a byte or a name holds a line break.
    """
    names = sorted(model.weights)
    if any("\n" in name for name in names):
        raise ValueError("a name with a line break cannot be written")
    pairs = [unpacked(model.weights[name]) for name in names]
    header = {
        "version": model.version,
        "step": model.step,
        "bias": list(unpacked(model.bias)),
        "features": len(names),
    }
    body = b"\n".join(
        [json.dumps(header).encode(), *[_shortened(name, before) for name, before in _after(names)]]
    )
    numbers = bytes([_byte(pair[0]) for pair in pairs] + [_byte(pair[1]) for pair in pairs])
    return _MAGIC + zlib.compress(body + b"\n" + numbers, 9)


def loaded(data: bytes) -> Model:
    """The model in a file. Raises BadModel; nothing in a file is ever run."""
    if not data.startswith(_MAGIC):
        raise BadModel("it does not begin as a linear model does")
    inflate = zlib.decompressobj()
    try:
        body = inflate.decompress(data[len(_MAGIC) :], _MOST)
        head, _, rest = body.partition(b"\n")
        header = json.loads(head)
        count = int(header["features"])
        lines = rest[: len(rest) - 2 * count].decode().split("\n")
        numbers = rest[len(rest) - 2 * count :]
        bias = packed(*[int(number) for number in header["bias"]])
        version, step = str(header["version"]), float(header["step"])
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise BadModel(f"it cannot be read: {error}") from None
    if inflate.unconsumed_tail or len(lines) != count + 1 or len(numbers) != 2 * count:
        raise BadModel("it is cut or too long")
    weights: dict[str, int] = {}
    name = ""
    for at in range(count):
        line = lines[at]
        name = name[: ord(line[0]) - 32] + line[1:]
        weights[name] = packed(_signed(numbers[at]), _signed(numbers[count + at]))
    return Model(version, step, bias, weights)


def _after(names: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(names, ["", *names], strict=False))


def _shortened(name: str, before: str) -> bytes:
    """How many characters it shares with the name before, and what follows them."""
    same = 0
    while same < min(len(name), len(before), 90) and name[same] == before[same]:
        same += 1
    return (chr(32 + same) + name[same:]).encode()


def _byte(number: int) -> int:
    if not -128 <= number <= 127:
        raise ValueError(f"{number} does not fit a signed byte")
    return number & 0xFF


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte
