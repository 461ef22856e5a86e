"""Compiling: the kernels are plain Python that numba turns into machine code at the first call."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

_codes: list[bytes] = []


def compiled(function: F) -> F:
    """The function as machine code. IEEE arithmetic in the order written, so that results don't
    depend on whether it was compiled."""
    _codes.append(marshal.dumps(function.__code__))
    return cast(F, numba.njit(nogil=True, error_model="numpy")(function))


def kept(function: F) -> F:
    """The outermost of them, which is kept on disk for the next start, beside the source or in the
    user's cache; where neither can be written it is compiled each time, which takes seconds.

    What is kept is found again by the function's own file and by what its closure holds: it must
    hold a ``fingerprint``, since the files of the functions that it calls are not looked at.
    """
    try:
        made = numba.njit(nogil=True, error_model="numpy", cache=True)(function)
    except RuntimeError:
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return cast(F, made)


def fingerprint(*constants: Mapping[str, Any]) -> str:
    """Of everything that was compiled so far, and of the numbers it took from these namespaces."""
    told = hashlib.sha256(b"".join(_codes))
    for names in constants:
        for name in sorted(names):
            if isinstance(names[name], int | float | tuple):
                told.update(f"{name}={names[name]!r};".encode())
    return told.hexdigest()
