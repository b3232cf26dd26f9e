"""The same work in this process, on a pool of processes, or on a Dask cluster; DuckDB counts."""

from samverkan.compute.backends import Backend, DaskCluster, InProcess, ProcessPool
from samverkan.compute.errors import ComputeError, WorkerLostError
from samverkan.compute.mapping import Progress, map
from samverkan.compute.seeds import seeds

__all__ = [
    "Backend",
    "ComputeError",
    "DaskCluster",
    "InProcess",
    "ProcessPool",
    "Progress",
    "WorkerLostError",
    "map",
    "seeds",
]
