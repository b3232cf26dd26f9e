"""The same work on a Dask cluster. Dask is optional: `pip install "samverkan[cluster]"`."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Generator
from importlib import import_module
from typing import Any, TypeVar

from samverkan.compute.backends import DaskCluster
from samverkan.compute.batches import Batch, Batches
from samverkan.compute.errors import ComputeError, WorkerLostError
from samverkan.compute.work import Outcome, pickled, run_batch

Item = TypeVar("Item")
Result = TypeVar("Result")

LARGE_MESSAGE = "256MB"
"""Items ride inside the task, because scattered data dies with the worker that holds it."""


def serve_batch(function: Callable[[Item], Result], payload: bytes) -> bytes:
    """Runs on a Dask worker."""
    items: list[Item] = pickle.loads(payload)  # noqa: S301 - the scheduler runs our code anyway
    return pickled(run_batch(function, items))


def connect(cluster: DaskCluster) -> Any:
    """A client of the running cluster, or an error that says what is wrong."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ComputeError(
            "a cluster needs Dask, which is not installed here: "
            'pip install "samverkan[cluster]", or leave out the cluster'
        ) from error
    security = None
    if cluster.is_encrypted:
        security = distributed.Security(
            require_encryption=True,
            tls_ca_file=_text(cluster.certificate_authority),
            tls_client_cert=_text(cluster.certificate),
            tls_client_key=_text(cluster.key),
        )
    try:
        client: Any = distributed.Client(
            cluster.address,
            security=security,
            timeout=cluster.connect_seconds,
            set_as_default=False,
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ComputeError(f"no Dask scheduler answers at {cluster.address}: {error}") from error
    if not client.nthreads():
        client.close()
        raise ComputeError(f"the scheduler at {cluster.address} has no workers")
    return client


def run(
    client: Any, function: Callable[[Item], Result], batches: Batches[Item], *, in_flight: int
) -> Generator[tuple[Batch[Item], Outcome[Result]]]:
    """Batches with their outcomes as they finish. Dask gives a dead worker's tasks to another."""
    dask: Any = import_module("dask")
    waiting: dict[str, tuple[Any, Batch[Item]]] = {}
    finished = import_module("distributed").as_completed(loop=client.loop)

    def send_more() -> None:
        while len(waiting) < in_flight and (batch := batches.take()) is not None:
            payload = pickle.dumps(batch.items, protocol=pickle.HIGHEST_PROTOCOL)
            future = client.submit(serve_batch, function, payload, pure=False)
            waiting[future.key] = (future, batch)
            finished.add(future)

    with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE_MESSAGE}):
        try:
            send_more()
            while waiting:
                future, batch = waiting.pop(next(finished).key)
                outcome: Outcome[Result] = pickle.loads(_result(future))  # noqa: S301
                yield batch, outcome
                send_more()
        finally:
            client.cancel([future for future, _ in waiting.values()])


def _result(future: Any) -> bytes:
    distributed: Any = import_module("distributed")
    try:
        answer: bytes = future.result()
    except distributed.KilledWorker as error:
        raise WorkerLostError(f"workers died over the same items: {error}") from error
    except distributed.CancelledError as error:
        raise ComputeError("the cluster was lost before the work was done") from error
    return answer


def _text(path: object) -> str | None:
    return None if path is None else str(path)
