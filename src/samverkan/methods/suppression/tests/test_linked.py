"""Cells that hang together by any sums: an attacker of the tests' own tries to work them out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression import Sum, suppress_linked

THRESHOLD = 5


def ranges(
    values: list[int], sums: tuple[Sum, ...], is_published: np.ndarray
) -> list[tuple[float, float]]:
    """What anybody can work out of the published cells, by linear programming."""
    equations, known = [], []
    for each in sums:
        row = np.zeros(len(values))
        row[list(each.parts)], row[each.total] = 1.0, -1.0
        equations.append(row)
        known.append(0.0)
    for cell in np.flatnonzero(is_published):
        row = np.zeros(len(values))
        row[cell] = 1.0
        equations.append(row)
        known.append(float(values[cell]))
    found = []
    for cell in range(len(values)):
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(values))
            goal[cell] = sign
            solved = linprog(
                goal,
                A_eq=np.array(equations) if equations else None,
                b_eq=known or None,
                bounds=(0, None),
                method="highs",
            )
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        found.append((ends[0], ends[1]))
    return found


@st.composite
def linked_cells(draw: st.DrawFn) -> tuple[list[int], tuple[Sum, ...], list[bool], list[bool]]:
    """Areas by groups with a total for each, a rest never published, and earlier publications."""
    n_areas, n_groups = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    count = st.one_of(st.integers(0, 6), st.integers(0, 60))
    inner = [[draw(count) for _group in range(n_groups)] for _area in range(n_areas)]
    values = [count for row in inner for count in row]
    sums = []
    at = {(a, g): a * n_groups + g for a in range(n_areas) for g in range(n_groups)}
    for group in range(n_groups):
        parts = tuple(at[area, group] for area in range(n_areas))
        values.append(sum(values[part] for part in parts))
        sums.append(Sum(len(values) - 1, parts))
    everything = tuple(each.total for each in sums)
    rest = draw(count)
    values.append(rest)
    values.append(rest + sum(values[total] for total in everything))
    sums.append(Sum(len(values) - 1, (*everything, len(values) - 2)))
    is_unpublished = [False] * len(values)
    is_unpublished[-2] = draw(st.booleans())
    is_known = [False] * len(values)
    return values, tuple(sums), is_unpublished, is_known


@given(linked_cells())
@settings(max_examples=20, deadline=None)
def test_no_hidden_cell_is_narrowed_below_the_width(case: tuple) -> None:
    values, sums, is_unpublished, is_known = case
    found = suppress_linked(
        values, sums, threshold=THRESHOLD, is_unpublished=is_unpublished, is_known=is_known
    )
    attacked = ranges(values, sums, ~found.is_hidden)
    for cell, value in enumerate(values):
        if 1 <= value < THRESHOLD:
            assert found.is_hidden[cell]
            assert attacked[cell][1] - attacked[cell][0] >= THRESHOLD - 1e-4
        if found.is_hidden[cell] and not is_unpublished[cell]:
            assert attacked[cell][1] - attacked[cell][0] >= THRESHOLD - 1e-4


def test_a_small_rest_that_nobody_publishes_is_protected_as_well() -> None:
    values = [40, 30, 7, 3]
    found = suppress_linked(
        values, (Sum(0, (1, 2, 3)),), threshold=5, is_unpublished=[False, False, False, True]
    )
    assert found.is_hidden[:3].any()
    assert found.upper[3] - found.lower[3] >= 5


def test_a_cell_in_no_sum_is_hidden_by_itself() -> None:
    found = suppress_linked([3, 9], (), threshold=5)
    assert found.is_hidden.tolist() == [True, False]
    assert found.upper[0] == np.inf


def test_what_was_published_before_is_never_relied_on() -> None:
    """The total is out: of the two parts both must go, though one is large."""
    found = suppress_linked(
        [12, 9, 3], (Sum(0, (1, 2)),), threshold=5, is_known=[True, False, False]
    )
    assert found.is_hidden.tolist() == [False, True, True]


def test_a_small_cell_that_is_already_out_is_told_as_given_away() -> None:
    found = suppress_linked([12, 9, 3], (Sum(0, (1, 2)),), threshold=5, is_known=[1, 1, 1])
    assert found.is_given_away.tolist() == [False, False, True]
    assert not found.is_hidden.any()


def test_a_small_rest_that_earlier_publications_give_away_is_an_error_not_a_guess() -> None:
    with pytest.raises(MethodError):
        suppress_linked(
            [12, 9, 3],
            (Sum(0, (1, 2)),),
            threshold=5,
            is_known=[True, True, False],
            is_unpublished=[False, False, True],
        )


@pytest.mark.parametrize(
    ("values", "sums"),
    [
        ([], ()),
        ([1.5], ()),
        ([-1], ()),
        ([float("nan")], ()),
        ([3, 1, 1], (Sum(0, (1, 2)),)),
        ([3, 3], (Sum(0, (0,)),)),
        ([3, 3], (Sum(0, (7,)),)),
        ([3, 3], (Sum(0, ()),)),
        ([[3]], ()),
    ],
)
def test_broken_input_is_refused(values: list, sums: tuple[Sum, ...]) -> None:
    with pytest.raises(MethodError):
        suppress_linked(values, sums, threshold=5)


def test_flags_of_another_length_are_refused() -> None:
    with pytest.raises(MethodError):
        suppress_linked([3], (), threshold=5, is_known=[True, False])
