"""Arrays as the kernels get them: by address, and which numbers stand there.

Every tuple of the layout has its addresses behind those of the one before it.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from rules.query.percolator.kernels.hits import jit
from rules.query.percolator.layout import (
    Atoms,
    Characters,
    Facts,
    Given,
    Programs,
    Space,
    Words,
)


def addresses(*arrays: Any) -> NDArray[np.int64]:
    """Where arrays (and all arrays of tuples of them) stand; they must outlive the call."""
    flat = chain.from_iterable(each if isinstance(each, tuple) else (each,) for each in arrays)
    return np.array([_address(each) for each in flat], np.int64)


def _address(numbers: Any) -> int:
    if isinstance(numbers, array):
        return numbers.buffer_info()[0]
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
def codes_at(at):
    return codes(at[0])


@jit
def facts_at(at):
    return Facts(
        ints(at[1]),
        ints(at[2]),
        ints(at[3]),
        floats(at[4]),
    )


@jit
def given_at(at):
    return Given(
        ints(at[5]),
        ints(at[6]),
        ints(at[7]),
        ints(at[8]),
        ints(at[9]),
        ints(at[10]),
        ints(at[11]),
        ints(at[12]),
        ints(at[13]),
        codes(at[14]),
    )


@jit
def characters_at(at):
    return Characters(
        codes(at[15]),
        codes(at[16]),
        codes(at[17]),
    )


@jit
def atoms_at(at):
    return Atoms(
        hashes(at[18]),
        ints(at[19]),
        hashes(at[20]),
        codes(at[21]),
        ints(at[22]),
        hashes(at[23]),
        ints(at[24]),
        ints(at[25]),
        hashes(at[26]),
    )


@jit
def words_at(at):
    return Words(
        ints(at[27]),
        ints(at[28]),
        ints(at[29]),
        ints(at[30]),
        ints(at[31]),
        ints(at[32]),
        ints(at[33]),
        ints(at[34]),
        ints(at[35]),
        ints(at[36]),
        ints(at[37]),
        hashes(at[38]),
        codes(at[39]),
        codes(at[40]),
        codes(at[41]),
        ints(at[42]),
        ints(at[43]),
        longs(at[44]),
    )


@jit
def programs_at(at):
    return Programs(
        ints(at[45]),
        ints(at[46]),
        ints(at[47]),
        floats(at[48]),
        ints(at[49]),
        ints(at[50]),
        ints(at[51]),
        ints(at[52]),
        codes(at[53]),
    )


@jit
def space_at(at):
    return Space(
        bytes_(at[54]),
        ints(at[55]),
        ints(at[56]),
        ints(at[57]),
        ints(at[58]),
        ints(at[59]),
        longs(at[60]),
        ints(at[61]),
        ints(at[62]),
        ints(at[63]),
        ints(at[64]),
        ints(at[65]),
    )
