"""p-values of scans: by counting replicas, and approximately by a Gumbel law."""

from __future__ import annotations

import numpy as np
import pytest

from samverkan.methods.clusters.scan_results import gumbel_p_value, maxima_p_value


def test_replicas_that_tie_count_against_the_cluster():
    maxima = np.array([1.0, 2.0, 3.0, 4.0])
    assert maxima_p_value(3.0, maxima) == pytest.approx(3 / 5)
    assert maxima_p_value(3.0 + 1e-12, maxima) == pytest.approx(3 / 5)
    assert maxima_p_value(9.0, maxima) == pytest.approx(1 / 5)
    assert maxima_p_value(9.0, np.empty(0)) == 1


def test_the_gumbel_tail_is_recovered_far_beyond_the_replicas():
    maxima = np.random.default_rng(1).gumbel(8.0, 0.9, 9999)
    for ratio in (9.0, 12.0, 16.0):
        exact = 1 - np.exp(-np.exp(-(ratio - 8.0) / 0.9))
        assert gumbel_p_value(ratio, maxima) == pytest.approx(exact, rel=0.25)


def test_without_spread_there_is_no_gumbel_law():
    assert np.isnan(gumbel_p_value(3.0, np.empty(0)))
    assert np.isnan(gumbel_p_value(3.0, np.zeros(99)))
