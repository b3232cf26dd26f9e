"""Chains link events that are near, one to the next."""

from __future__ import annotations

import numpy as np

from samverkan.methods import clusters
from samverkan.methods.clusters.tests.patterns import scattered


def test_chains_are_numbered_by_their_first_row_and_link_through_others():
    chain = clusters.near_repeat_chains(
        [900, 0, 50, 100, 0], [0] * 5, [0, 0, 3, 6, 40], space_threshold=60, time_threshold=5
    )
    assert chain.tolist() == [0, 1, 1, 1, 2]


def test_without_near_events_every_event_is_a_chain():
    chain = clusters.near_repeat_chains(
        [0, 500], [0, 0], [0, 0], space_threshold=10, time_threshold=5
    )
    assert chain.tolist() == [0, 1]


def test_the_order_of_rows_changes_only_the_numbers_of_chains():
    east, north, days = scattered(150)
    order = np.random.default_rng(1).permutation(150)
    limits = {"space_threshold": 60, "time_threshold": 6}
    chain = clusters.near_repeat_chains(east, north, days, **limits)[order]
    other = clusters.near_repeat_chains(east[order], north[order], days[order], **limits)
    assert len(set(zip(chain, other, strict=True))) == len(set(chain)) == len(set(other))
