"""A killed worker loses nothing: every test here really kills one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from samverkan import compute
from samverkan.compute.tests import pieces
from samverkan.compute.tests.cluster_process import local_cluster

POOL = compute.ProcessPool(workers=2)


def test_work_of_a_worker_that_is_killed_in_the_middle_is_done_by_another(tmp_path: Path) -> None:
    items = [(value, str(tmp_path / "mark") if value == 13 else "") for value in range(40)]
    told: list[compute.Progress] = []
    found = compute.map(pieces.die_once, items, backend=POOL, progress=told.append)
    assert found == [value * value for value in range(40)]
    assert told[-1].workers_lost == 1


def test_workers_killed_from_outside_again_and_again_lose_nothing(tmp_path: Path) -> None:
    killed: set[int] = set()

    def kill_one(progress: compute.Progress) -> None:
        alive = {int(path.name) for path in tmp_path.iterdir()} - killed
        if alive and len(killed) < 3:
            victim = min(alive)
            killed.add(victim)
            os.kill(victim, signal.SIGKILL)

    items = [(value, str(tmp_path)) for value in range(24)]
    found = compute.map(
        pieces.linger, items, backend=POOL, progress=kill_one, batch_seconds=0.2, retries=9
    )
    assert found == [value * value for value in range(24)]
    assert len(killed) == 3


def test_an_item_that_kills_whoever_takes_it_is_named_instead_of_tried_for_ever() -> None:
    with pytest.raises(compute.WorkerLostError, match="over item 7;"):
        compute.map(pieces.die_at_seven, range(12), backend=POOL, retries=1)


def test_no_worker_outlives_an_error() -> None:
    process_ids: set[int] = set()

    def stop_at_third(progress: compute.Progress) -> None:
        process_ids.update(child_process_ids())
        if progress.done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute.map(pieces.late_when_small, range(9), backend=POOL, progress=stop_at_third)
    assert process_ids
    assert not process_ids & child_process_ids()


def child_process_ids() -> set[int]:
    import multiprocessing

    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def test_a_cluster_worker_that_is_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    with local_cluster(workers=2) as cluster:
        victim = cluster.process_ids[0]

        def kill(progress: compute.Progress) -> None:
            if (tmp_path / str(victim)).exists() and not (tmp_path / "killed").exists():
                (tmp_path / "killed").touch()
                os.kill(victim, signal.SIGKILL)

        items = [(value, str(tmp_path)) for value in range(20)]
        found = compute.map(
            pieces.linger,
            items,
            backend=compute.DaskCluster(cluster.address),
            progress=kill,
            batch_seconds=0.2,
        )
    assert (tmp_path / "killed").exists()
    assert found == [value * value for value in range(20)]
