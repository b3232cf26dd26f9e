from __future__ import annotations

from samverkan.compute import seeds


def test_an_items_seed_does_not_depend_on_how_many_items_follow() -> None:
    assert seeds(5, 3) == seeds(5, 10)[:3]


def test_no_two_items_and_no_two_roots_share_a_seed() -> None:
    assert len({*seeds(1, 500), *seeds(2, 500)}) == 1000
