import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.methods import density
from samverkan.methods.errors import MethodError


def test_by_hand():
    made = density.place_accuracy([9, 7, 5, 3, 1], [4, 0, 3, 2, 1], n_cells=[1, 2, 5])
    assert made.hits.tolist() == [4, 4, 10]
    assert made.hit_rate.tolist() == [0.4, 0.4, 1.0]
    assert made.accuracy_index.tolist() == [2.0, 1.0, 1.0]
    assert made.efficiency_index == pytest.approx([1.0, 4 / 7, 1.0])
    assert made.recapture_ratio == pytest.approx([9 / 4, 16 / 4, 25 / 10])
    assert made.precision == pytest.approx([1.0, 0.5, 0.8])


def test_equally_forecast_cells_share_their_hits_unless_order_is_asked_for():
    forecast, outcome = [5, 2, 2, 2], [1, 0, 6, 3]
    for ties, hits in (("expected", 4.0), ("first", 1.0), ("last", 4.0)):
        made = density.place_accuracy(forecast, outcome, n_cells=[2], ties=ties)
        assert made.hits.tolist() == [hits]


def test_pointing_blindly_gives_an_index_of_one():
    made = density.place_accuracy(np.ones(50), np.arange(50), n_cells=[1, 10, 50])
    assert made.accuracy_index == pytest.approx([1, 1, 1])


def test_cells_of_different_size_count_by_their_area():
    made = density.place_accuracy([2, 1], [1, 1], n_cells=[1], areas=[1.0, 3.0])
    assert made.area_share.tolist() == [0.25]
    assert made.accuracy_index.tolist() == [2.0]


def test_cells_without_a_forecast_are_never_pointed_at_but_their_events_count():
    made = density.place_accuracy([3, np.nan, 1], [1, 8, 1], n_cells=[2])
    assert made.hit_rate.tolist() == [0.2]
    with pytest.raises(MethodError):
        density.place_accuracy([3, np.nan, 1], [1, 8, 1], n_cells=[3])


@pytest.mark.parametrize(
    "settings_",
    [{"n_cells": [0]}, {"n_cells": [9]}, {"n_cells": [1.5]}, {"area_shares": [0.0]},
     {"area_shares": [1.1]}, {"n_cells": [1], "area_shares": [0.5]}, {"ties": "coin"},
     {"areas": [1, 1, 0]}],
)  # fmt: skip
def test_questions_that_have_no_answer_are_refused(settings_):
    with pytest.raises(MethodError):
        density.place_accuracy([1, 2, 3], [1, 0, 2], **settings_)


@pytest.mark.parametrize(
    ("forecast", "outcome"), [([1, 2], [0, 0]), ([1, 2], [1]), ([1, np.inf], [1, 1]), ([1], [-1])]
)
def test_outcomes_that_cannot_judge_are_refused(forecast, outcome):
    with pytest.raises(MethodError):
        density.place_accuracy(forecast, outcome, n_cells=[1])


def test_a_forecast_that_knows_more_than_last_year_is_told_from_it():
    generator = np.random.default_rng(1)
    mean = generator.gamma(0.5, 4, 400)
    naive, outcome = generator.poisson(mean / 10), generator.poisson(mean)
    made = density.compare_forecast(mean, naive, outcome, area_shares=[0.1], seed=2)
    assert made.hit_rate_difference[0] > 0
    assert made.interval[0][0] > 0
    assert made.n_events == outcome.sum()


def test_a_forecast_equal_to_the_naive_map_differs_by_nothing():
    outcome = np.random.default_rng(3).poisson(2, 100)
    made = density.compare_forecast(outcome * 2, outcome, outcome, n_cells=[10])
    assert made.hit_rate_difference[0] == 0
    assert made.interval[0][0] == made.interval[1][0] == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=3, max_size=40),
    st.randoms(use_true_random=False),
)
def test_the_order_of_cells_does_not_matter_and_all_cells_catch_all(cells, shuffler):
    if not sum(events for _, events in cells):
        cells = [*cells, (1, 1)]
    counts = np.arange(1, len(cells) + 1)
    before = density.place_accuracy(*np.array(cells, dtype=float).T, n_cells=counts)
    shuffled = list(cells)
    shuffler.shuffle(shuffled)
    after = density.place_accuracy(*np.array(shuffled, dtype=float).T, n_cells=counts)
    assert after.hits == pytest.approx(before.hits)
    assert before.hit_rate[-1] == pytest.approx(1)
    assert before.accuracy_index[-1] == pytest.approx(1)
    assert before.efficiency_index[-1] == pytest.approx(1)
    assert (before.efficiency_index <= 1 + 1e-12).all()
