"""What a worker does with a batch, the same on every backend."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

from samverkan.compute.algebra import single_threaded
from samverkan.compute.arrays import owned
from samverkan.compute.errors import ComputeError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """The results of a batch, or those before the item that raised, with its error."""

    results: list[Result]
    seconds: float
    error: BaseException | None = None


def run_batch(function: Callable[[Item], Result], items: list[Item]) -> Outcome[Result]:
    results: list[Result] = []
    start = perf_counter()
    with single_threaded():
        for item in items:
            try:
                results.append(function(owned(item)))
            except Exception as error:
                return Outcome(results, perf_counter() - start, error)
    return Outcome(results, perf_counter() - start)


def pickled(outcome: Outcome[Result]) -> bytes:
    """The outcome as bytes; what cannot travel becomes an error that says so."""
    try:
        payload = pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL)
        if outcome.error is not None:
            pickle.loads(payload)  # noqa: S301 - our own bytes: some errors pickle but do not return
    except Exception as error:
        reason = outcome.error if outcome.error is not None else error
        text = f"{type(reason).__name__}: {reason}"
        what = "an error" if outcome.error is not None else "a result"
        told = ComputeError(f"{what} could not be sent back from the worker ({text})")
        return pickle.dumps(Outcome(outcome.results if outcome.error else [], 0.0, told))
    return payload
