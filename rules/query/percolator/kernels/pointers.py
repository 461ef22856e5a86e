"""Arrays as the kernels get them: by address, and which numbers stand there.

Every tuple of the layout has its addresses behind those of the one before it.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import Any, Final

from numba import types
from numba.extending import intrinsic

from rules.query.percolator.kernels.hits import jit
from rules.query.percolator.layout import (
    Atoms,
    Characters,
    Given,
    Mentions,
    Programs,
    Space,
    Words,
)

PASSING: Final = len(Mentions._fields) + len(Given._fields)
"""How many addresses are those of the batch; they come first, the others change less often."""


def addresses(*tuples: tuple[Any, ...]) -> list[int]:
    """Where the arrays of these tuples stand; they must outlive every call with them."""
    return [_address(each) for each in chain.from_iterable(tuples)]


def _address(numbers: Any) -> int:
    # Asking numpy takes ten times as long, so what lives long is an array or known already.
    if isinstance(numbers, array):
        return numbers.buffer_info()[0]
    if isinstance(numbers, int):
        return numbers
    return int(numbers.__array_interface__["data"][0])


@intrinsic
def ints(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.int32)(types.int64), cast


@intrinsic
def codes(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.uint32)(types.int64), cast


@intrinsic
def hashes(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.uint64)(types.int64), cast


@intrinsic
def longs(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.int64)(types.int64), cast


@intrinsic
def floats(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.float64)(types.int64), cast


@intrinsic
def bytes_(typing, address):
    def cast(context, builder, signature, arguments):
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.CPointer(types.uint8)(types.int64), cast


@jit
def mentions_at(at):
    return Mentions(
        codes(at[0]),
        ints(at[1]),
        ints(at[2]),
        ints(at[3]),
        ints(at[4]),
        floats(at[5]),
        ints(at[6]),
    )


@jit
def given_at(at):
    return Given(
        ints(at[7]),
        ints(at[8]),
        ints(at[9]),
        ints(at[10]),
        ints(at[11]),
        ints(at[12]),
        ints(at[13]),
        ints(at[14]),
        ints(at[15]),
        codes(at[16]),
    )


@jit
def characters_at(at):
    return Characters(
        codes(at[17]),
        codes(at[18]),
        codes(at[19]),
    )


@jit
def atoms_at(at):
    return Atoms(
        hashes(at[20]),
        ints(at[21]),
        hashes(at[22]),
        codes(at[23]),
        ints(at[24]),
        hashes(at[25]),
        ints(at[26]),
        ints(at[27]),
        hashes(at[28]),
    )


@jit
def words_at(at):
    return Words(
        ints(at[29]),
        ints(at[30]),
        ints(at[31]),
        ints(at[32]),
        ints(at[33]),
        ints(at[34]),
        ints(at[35]),
        ints(at[36]),
        ints(at[37]),
        ints(at[38]),
        ints(at[39]),
        hashes(at[40]),
        codes(at[41]),
        codes(at[42]),
        codes(at[43]),
        ints(at[44]),
        ints(at[45]),
        longs(at[46]),
    )


@jit
def programs_at(at):
    return Programs(
        ints(at[47]),
        ints(at[48]),
        ints(at[49]),
        floats(at[50]),
        ints(at[51]),
        ints(at[52]),
        ints(at[53]),
        ints(at[54]),
        codes(at[55]),
    )


@jit
def space_at(at):
    return Space(
        bytes_(at[56]),
        ints(at[57]),
        ints(at[58]),
        ints(at[59]),
        ints(at[60]),
        ints(at[61]),
        longs(at[62]),
        ints(at[63]),
        ints(at[64]),
        ints(at[65]),
    )
