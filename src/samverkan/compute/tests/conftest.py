from __future__ import annotations

from collections.abc import Iterator

import pytest

from samverkan.compute.tests.cluster_process import RunningCluster, local_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[RunningCluster]:
    pytest.importorskip("distributed", reason="Dask is not installed")
    with local_cluster() as running:
        yield running
