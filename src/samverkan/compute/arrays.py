"""The same bytes laid out the same way, wherever an item comes from."""

from __future__ import annotations

import copy
import dataclasses
from typing import TypeVar, cast

import numpy as np

Value = TypeVar("Value")


def owned(value: Value) -> Value:
    """The value with every array in it copied into fresh, aligned, C-ordered memory.

    After a journey between processes an array can start at an odd address, and a view or a
    Fortran-ordered array changes its layout on the way. NumPy then adds in another order, the
    last bit of a sum moves, and a tie in a Monte Carlo rank can flip. `np.ascontiguousarray` does
    not help, since it leaves contiguous but unaligned memory alone. The copy also keeps a
    function that writes into its argument from reaching the caller's data, as it cannot on a
    worker.
    """
    return cast(Value, _owned(value))


def _owned(value: object) -> object:
    if isinstance(value, np.ndarray):
        return np.array(value, order="C", copy=True, subok=True)
    if isinstance(value, tuple):
        parts = tuple(_owned(part) for part in value)
        make = getattr(type(value), "_make", tuple)  # a named tuple stays one
        return cast(object, make(parts))
    if isinstance(value, list):
        return [_owned(part) for part in value]
    if isinstance(value, dict):
        return {key: _owned(part) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        twin = copy.copy(value)
        for field in dataclasses.fields(value):
            object.__setattr__(twin, field.name, _owned(getattr(value, field.name)))
        return twin
    return value
