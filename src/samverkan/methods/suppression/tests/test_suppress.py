"""Hidden small counts stay hidden, whatever an attacker computes."""

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from samverkan.methods.errors import MethodError
from samverkan.methods.suppression import suppress
from samverkan.methods.suppression.tests import attacker

ROUNDING = 1e-4

small_tables = array_shapes(min_dims=1, max_dims=2, min_side=1, max_side=5).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 30))
)
tiny_cubes = arrays(np.int64, (2, 3, 2), elements=st.integers(0, 20))


def test_a_single_small_cell_takes_another_with_it() -> None:
    found = suppress([3, 20, 40], threshold=5)
    assert found.is_hidden.tolist() == [True, True, False, False]
    assert found.published[2:].tolist() == [40, 63]
    assert found.is_primary.tolist() == [True, False, False, False]


def test_a_table_without_small_counts_is_published_whole() -> None:
    found = suppress([[10, 20], [0, 40]], threshold=5)
    assert found.published.tolist() == [[10, 20, 30], [0, 40, 40], [10, 60, 70]]
    assert found.narrowest == np.inf


def test_two_small_cells_in_a_row_do_not_protect_each_other_by_themselves() -> None:
    found = suppress([[1, 1, 30], [25, 25, 25], [40, 41, 42]], threshold=5)
    low, high = attacker.ranges_of_hidden(found.published)
    assert (high - low).min() >= 5 - ROUNDING
    assert found.is_hidden.sum() > 2


def test_a_total_that_is_small_itself_is_hidden_too() -> None:
    found = suppress([1, 0, 2], threshold=5)
    assert np.isnan(found.published[-1])
    assert found.narrowest >= 5


def test_zeros_are_hidden_only_when_they_are_called_sensitive() -> None:
    assert not suppress([0, 20, 40], threshold=5).is_hidden.any()
    found = suppress([0, 20, 40], threshold=5, smallest_sensitive=0)
    assert found.is_primary.tolist() == [True, False, False, False]


@settings(max_examples=40, deadline=None)
@given(table=small_tables, threshold=st.integers(2, 6))
def test_no_hidden_cell_can_be_narrowed_below_what_was_asked(
    table: np.ndarray, threshold: int
) -> None:
    found = suppress(table, threshold=threshold)
    low, high = attacker.ranges_of_hidden(found.published)
    assert np.all(high - low >= threshold - ROUNDING)
    assert low == pytest.approx(found.lower[found.is_hidden], abs=ROUNDING)
    assert high == pytest.approx(found.upper[found.is_hidden], abs=ROUNDING)


@settings(max_examples=10, deadline=None)
@given(table=tiny_cubes)
def test_three_dimensions_are_protected_as_well(table: np.ndarray) -> None:
    found = suppress(table, threshold=4, minimum_width=6)
    low, high = attacker.ranges_of_hidden(found.published)
    assert np.all(high - low >= 6 - ROUNDING)


@settings(max_examples=30, deadline=None)
@given(table=small_tables)
def test_what_is_published_is_true_and_small_counts_never_are(table: np.ndarray) -> None:
    found = suppress(table, threshold=5)
    shown = ~found.is_hidden
    assert np.array_equal(found.published[shown], found.true_values[shown])
    assert not np.any((found.published >= 1) & (found.published < 5))
    assert np.all(found.lower <= found.true_values + ROUNDING)
    assert np.all(found.true_values <= found.upper + ROUNDING)


@settings(max_examples=20, deadline=None)
@given(table=small_tables)
def test_publishing_again_hides_and_shows_the_same_cells(table: np.ndarray) -> None:
    first = suppress(table, threshold=5)
    again = suppress(table, threshold=5, previous=[first])
    assert again.is_hidden.tolist() == first.is_hidden.tolist()


@settings(max_examples=15, deadline=None)
@given(
    table=arrays(np.int64, (3, 3), elements=st.integers(0, 25)),
    cell=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    revised=st.integers(0, 25),
)
def test_a_revision_shows_nothing_that_was_hidden_before(
    table: np.ndarray, cell: tuple[int, int], revised: int
) -> None:
    first = suppress(table, threshold=5)
    later = table.copy()
    later[cell] = revised
    try:
        second = suppress(later, threshold=5, previous=[first])
    except MethodError:
        reject()
    assert np.all(second.is_hidden[first.is_hidden])
    was_shown_unchanged = first.published == second.true_values
    joint = np.where(was_shown_unchanged, first.published, second.published)
    low, high = attacker.ranges_of_hidden(joint)
    assert np.all(high - low >= 5 - ROUNDING)


@settings(max_examples=10, deadline=None)
@given(
    quarter=arrays(np.int64, (2, 3), elements=st.integers(0, 20)),
    added=arrays(np.int64, (2, 3), elements=st.integers(0, 20)),
)
def test_the_difference_of_two_publications_gives_no_small_count_away(
    quarter: np.ndarray, added: np.ndarray
) -> None:
    first = suppress(quarter, threshold=5)
    second = suppress(quarter + added, threshold=5, part=first)
    lines, same = attacker.equations(first.published.shape), np.eye(first.published.size)
    nothing = np.zeros_like(lines)
    coefficients = np.block(
        [[lines, nothing, nothing], [nothing, lines, nothing], [same, same, -same]]
    )
    unpublished = np.full(first.published.shape, np.nan)
    difference = second.true_values - first.true_values
    to_protect = np.concatenate(
        [
            first.is_hidden.ravel(),
            ((difference >= 1) & (difference < 5)).ravel(),
            second.is_hidden.ravel(),
        ]
    )
    pictures = [first.published, unpublished, second.published]
    low, high = attacker.ranges(pictures, coefficients, np.eye(len(to_protect))[to_protect])
    assert np.all(high - low >= 5 - ROUNDING)


def test_without_the_earlier_part_a_difference_would_have_told() -> None:
    quarter = np.array([[10, 20], [30, 40]])
    half = quarter + np.array([[1, 9], [8, 7]])
    first = suppress(quarter, threshold=5)
    careless, careful = suppress(half, threshold=5), suppress(half, threshold=5, part=first)
    assert careless.published[0, 0] - first.published[0, 0] == 1
    assert np.isnan(careful.published[0, 0])


def test_a_cell_with_room_only_both_ways_together_is_published_again_as_before() -> None:
    first = suppress([[2], [5], [2]], threshold=5)
    again = suppress([[2], [5], [2]], threshold=5, previous=[first])
    assert (again.is_hidden == first.is_hidden).all()
    assert ((again.upper - again.lower)[again.is_hidden] >= 5).all()


def test_a_cell_that_cannot_be_protected_any_more_is_refused() -> None:
    first = suppress([10, 20, 30], threshold=5)
    with pytest.raises(MethodError, match="published before"):
        suppress([10, 20, 30], threshold=11, previous=[first])


def test_a_cell_revised_to_a_small_count_takes_its_total_with_it() -> None:
    first = suppress([10, 20, 30], threshold=5)
    second = suppress([4, 20, 30], threshold=5, previous=[first])
    assert second.is_hidden.tolist() == [True, False, False, True]


def test_the_same_table_gives_the_same_pattern() -> None:
    table = np.random.default_rng(2).poisson(7, (6, 5))
    assert np.array_equal(
        suppress(table, threshold=5).is_hidden, suppress(table, threshold=5).is_hidden
    )


def test_huge_counts_and_one_cell_are_handled() -> None:
    found = suppress([[3, 10**9], [10**9, 10**9]], threshold=5)
    low, high = attacker.ranges_of_hidden(found.published)
    assert (high - low).min() >= 5 - 1
    assert suppress([2], threshold=5).is_hidden.all()
    assert not suppress([0], threshold=5).is_hidden.any()


def test_what_is_no_table_is_refused() -> None:
    for table in ([-1, 2], [0.5, 2], [np.nan, 2], [], np.zeros((2, 2, 2, 2)), [[1, 2], [3]], ["a"]):
        with pytest.raises(MethodError):
            suppress(table, threshold=5)
    for wrong in ({"threshold": 0}, {"threshold": 5, "minimum_width": 0}):
        with pytest.raises(MethodError):
            suppress([1, 2], **wrong)
    with pytest.raises(MethodError, match="same table"):
        suppress([1, 2, 3], threshold=5, previous=[suppress([1, 2], threshold=5)])
    with pytest.raises(MethodError, match="contained"):
        suppress([1, 2], threshold=5, part=suppress([3, 2], threshold=5))
