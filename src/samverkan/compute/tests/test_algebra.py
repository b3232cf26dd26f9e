from __future__ import annotations

import os
import threading

import numpy as np
import pytest

from samverkan.compute.algebra import VARIABLES, single_threaded


def test_a_long_dot_product_has_the_same_bits_however_often_it_is_taken() -> None:
    vector = np.random.default_rng(0).normal(size=500_001)
    with single_threaded():
        assert len({float(vector @ vector) for _ in range(5)}) == 1


def test_the_environment_is_put_back_after_nested_and_parallel_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLES[0], "7")
    monkeypatch.delenv(VARIABLES[1], raising=False)
    inside = threading.Event()
    leave = threading.Event()

    def elsewhere() -> None:
        with single_threaded():
            inside.set()
            leave.wait(10)

    with single_threaded(), single_threaded():
        other = threading.Thread(target=elsewhere)
        other.start()
        inside.wait(10)
        assert os.environ[VARIABLES[0]] == "1"
    assert os.environ[VARIABLES[0]] == "1"
    leave.set()
    other.join()
    assert os.environ[VARIABLES[0]] == "7"
    assert VARIABLES[1] not in os.environ
