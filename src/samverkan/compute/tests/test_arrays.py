from __future__ import annotations

from typing import NamedTuple

import numpy as np

from samverkan.compute.arrays import owned
from samverkan.compute.tests.pieces import Series


class Place(NamedTuple):
    east: np.ndarray
    name: str


def unaligned(values: np.ndarray) -> np.ndarray:
    return np.frombuffer(b"\0" + values.tobytes(), dtype=np.uint8)[1:].view(values.dtype)


def test_an_unaligned_array_becomes_an_aligned_writable_copy() -> None:
    array = unaligned(np.arange(5.0))
    assert not array.flags.aligned
    copied = owned(array)
    assert copied.flags.aligned
    assert copied.flags.writeable
    assert copied.tolist() == [0, 1, 2, 3, 4]


def test_views_and_fortran_order_become_c_order() -> None:
    array = np.asfortranarray(np.arange(12.0).reshape(3, 4))[:, ::2]
    assert owned(array).flags.c_contiguous
    assert (owned(array) == array).all()


def test_arrays_inside_records_are_copied_too_and_the_records_keep_their_kind() -> None:
    array = np.arange(3.0)
    record = {"a": [Series("x", array)], "b": (Place(array, "torg"), 7)}
    copied = owned(record)
    assert copied["a"][0].counts is not array
    assert isinstance(copied["b"][0], Place)
    assert copied["b"][0].east is not array
    assert record["a"][0].counts is array


def test_masks_survive() -> None:
    array = np.ma.masked_array([1.0, 2.0, 3.0], mask=[False, True, False])
    assert owned(array).mask.tolist() == [False, True, False]
