from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from samverkan import compute
from samverkan.compute.tests import pieces
from samverkan.compute.tests.cluster_process import SOURCE, RunningCluster

POOL = compute.ProcessPool(workers=2)


def awkward_items() -> list[tuple[pieces.Series, int]]:
    """Views, Fortran order, odd addresses and long vectors, with a seed for each item."""
    generator = np.random.default_rng(3)
    block = generator.normal(size=(40, 301))
    odd = np.frombuffer(b"\0" + block.tobytes(), dtype=np.uint8)[1:].view(np.float64)
    shapes = [block.ravel(), block[::3, 5].copy(), block[:, ::7].T.reshape(-1), odd]
    arrays = [*shapes, np.asfortranarray(block).ravel(order="K"), generator.normal(size=150_001)]
    series = [pieces.Series(f"series {i}", array) for i, array in enumerate(arrays)]
    return list(zip(series, compute.seeds(11, len(series)), strict=True))


def test_a_pool_gives_the_same_bits_as_this_process() -> None:
    items = awkward_items()
    assert compute.map(pieces.judge, items, backend=POOL) == compute.map(pieces.judge, items)


def test_a_cluster_gives_the_same_bits_as_this_process(cluster: RunningCluster) -> None:
    items = awkward_items()
    backend = compute.DaskCluster(cluster.address)
    assert compute.map(pieces.judge, items, backend=backend) == compute.map(pieces.judge, items)


def test_results_keep_the_order_of_the_items_when_later_ones_finish_first() -> None:
    assert compute.map(pieces.late_when_small, range(40), backend=POOL) == list(range(40))


def test_a_cluster_keeps_the_order_of_the_items(cluster: RunningCluster) -> None:
    backend = compute.DaskCluster(cluster.address)
    found = compute.map(pieces.late_when_small, range(30), backend=backend, batch_seconds=0.01)
    assert found == list(range(30))


def test_a_pool_works_in_other_processes_and_shares_the_work() -> None:
    process_ids = compute.map(pieces.process_id, range(60), backend=POOL, batch_seconds=0.02)
    assert len(set(process_ids)) == 2


def test_items_may_come_from_an_iterator_that_is_read_when_needed() -> None:
    read: list[int] = []

    def endless_looking() -> Iterator[int]:
        for value in range(200):
            read.append(value)
            yield value

    def note(progress: compute.Progress) -> None:
        assert progress.total is None
        behind.append(len(read) - progress.done)

    behind: list[int] = []
    found = compute.map(
        pieces.square, endless_looking(), backend=POOL, progress=note, batch_seconds=1e-5
    )
    assert found == [value * value for value in range(200)]
    assert behind[0] < 200


@pytest.mark.parametrize("backend", [compute.InProcess(), POOL])
def test_no_items_give_no_results(backend: compute.Backend) -> None:
    assert compute.map(pieces.square, [], backend=backend) == []


@pytest.mark.parametrize("backend", [compute.InProcess(), POOL])
def test_progress_grows_to_the_total(backend: compute.Backend) -> None:
    told: list[compute.Progress] = []
    compute.map(pieces.square, list(range(50)), backend=backend, progress=told.append)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert (told[-1].done, told[-1].total, told[-1].workers_lost) == (50, 50, 0)


@pytest.mark.parametrize("backend", [compute.InProcess(), POOL])
def test_an_error_keeps_its_type_and_names_the_item(backend: compute.Backend) -> None:
    with pytest.raises(ValueError, match="seven is not wanted") as caught:
        compute.map(pieces.refuse_seven, range(20), backend=backend)
    assert caught.value.__notes__ == ["raised by item 7 of map"]


def test_an_error_on_a_cluster_keeps_its_type_and_names_the_item(cluster: RunningCluster) -> None:
    with pytest.raises(ValueError, match="seven is not wanted") as caught:
        compute.map(pieces.refuse_seven, range(20), backend=compute.DaskCluster(cluster.address))
    assert caught.value.__notes__ == ["raised by item 7 of map"]


@pytest.mark.parametrize("backend", [compute.InProcess(), POOL])
def test_a_function_that_overwrites_its_argument_cannot_reach_the_callers(
    backend: compute.Backend,
) -> None:
    mine = np.ones(5)
    assert compute.map(pieces.overwrite, [mine], backend=backend) == [0.0]
    assert mine.sum() == 5


def test_a_function_that_cannot_travel_is_refused_with_advice() -> None:
    with pytest.raises(compute.ComputeError, match="top level of a module"):
        compute.map(lambda value: value, range(3), backend=POOL)


def test_a_result_that_cannot_travel_is_told_as_such() -> None:
    with pytest.raises(compute.ComputeError, match="result could not be sent back"):
        compute.map(pieces.something_unsendable, range(3), backend=POOL)


def test_a_pool_without_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one worker"):
        compute.ProcessPool(workers=0)


def test_a_script_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from samverkan import compute\n"
        "from samverkan.compute.tests.pieces import square\n"
        "print(compute.map(square, range(3), backend=compute.ProcessPool(workers=1), retries=0))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
        timeout=60,
    )
    assert done.returncode != 0
    assert '`if __name__ == "__main__":`' in done.stderr


def test_importing_compute_loads_no_heavy_package() -> None:
    heavy = "{'dask', 'distributed', 'duckdb', 'pandas', 'pyarrow', 'scipy', 'numba'}"
    code = f"import sys, samverkan.compute; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_without_dask_a_cluster_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(compute.ComputeError, match=r"samverkan\[cluster\]"):
        compute.map(pieces.square, [1], backend=compute.DaskCluster("tcp://127.0.0.1:1"))


def test_an_address_where_nobody_answers_is_told_as_such() -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    nowhere = compute.DaskCluster("tcp://127.0.0.1:9", connect_seconds=0.3)
    with pytest.raises(compute.ComputeError, match="no Dask scheduler answers at tcp://127"):
        compute.map(pieces.square, [1], backend=nowhere)
