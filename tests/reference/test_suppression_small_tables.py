"""Suppression of hand-made tables, worked out with pencil and paper."""

import numpy as np
import pytest

from samverkan.methods.suppression import suppress


def test_one_small_cell_in_a_row_takes_the_smallest_other_that_is_large_enough() -> None:
    """[3, 20, 40 | 63]: the pair (3, 20) sums to 23, so each lies between 0 and 23."""
    found = suppress([3, 20, 40], threshold=5)
    assert found.is_hidden.tolist() == [True, True, False, False]
    assert found.lower[:2].tolist() == [0, 0]
    assert found.upper[:2].tolist() == [23, 23]


def test_two_small_cells_in_different_rows_and_columns_close_a_rectangle() -> None:
    """Rows (3, 20, 40), (15, 30, 2), (50, 22, 31): the corners 3, 40, 15, 2 are the only
    rectangle through both; moving them by d leaves all sums: -2 <= d <= 15 at the corner 3."""
    found = suppress([[3, 20, 40], [15, 30, 2], [50, 22, 31]], threshold=5)
    corners = [(0, 0), (0, 2), (1, 0), (1, 2)]
    assert sorted(zip(*np.nonzero(found.is_hidden), strict=True)) == corners
    assert found.lower[0, 0] == pytest.approx(1)
    assert found.upper[0, 0] == pytest.approx(18)
    assert (found.lower[1, 2], found.upper[1, 2]) == pytest.approx((0, 17))


def test_a_small_grand_total_leaves_nothing_to_publish_around_it() -> None:
    """[2 | 2]: both are hidden, and nothing bounds either."""
    found = suppress([2], threshold=5)
    assert found.is_hidden.tolist() == [True, True]
    assert found.upper.tolist() == [np.inf, np.inf]
