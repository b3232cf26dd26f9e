"""The programs that the methods are measured beside, each run outside our own process.

Every script takes a folder with its input as CSV and the number of repeats, times only the call of
interest, and leaves `seconds.txt` (one line a repeat) and `answer.csv` (one column `answer`)
in the folder. Nothing of a peer is ever installed beside the product: R and its packages come
from Debian, Python peers live in `.venv-peers`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.methods.case import Timed

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parents[2] / ".venv-peers" / "bin" / "python"
R_PACKAGES = "r-base-core r-cran-surveillance r-cran-spatstat.explore r-cran-spdep"
INSTALL_R = f"apt-get install --no-install-recommends {R_PACKAGES}"
INSTALL_PYTHON = (
    "python -m venv .venv-peers && "
    ".venv-peers/bin/pip install -r benchmarks/methods/peers/requirements.in"
)


class PeerError(RuntimeError):
    """The peer is installed but did not answer."""


@cache
def has_r(package: str) -> bool:
    if shutil.which("Rscript") is None:
        return False
    code = f'quit(status = if (requireNamespace("{package}", quietly = TRUE)) 0 else 1)'
    return subprocess.run(["Rscript", "-e", code], capture_output=True).returncode == 0


@cache
def has_python(package: str) -> bool:
    if not PYTHON.exists():
        return False
    code = f"import importlib.util as u, sys; sys.exit(u.find_spec('{package}') is None)"
    return subprocess.run([PYTHON, "-c", code], capture_output=True).returncode == 0


def run(
    script: str, tables: dict[str, NDArray[np.float64]], *arguments: object, repeats: int = 5
) -> Timed:
    """Median seconds and the last answer of a script of this folder.

    `tables` are written as `<name>.csv` without a header: one row a case, one column a variable.
    """
    program = "Rscript" if script.endswith(".R") else str(PYTHON)
    with tempfile.TemporaryDirectory(prefix="samverkan-peer-") as name:
        folder = Path(name)
        for table, values in tables.items():
            np.savetxt(folder / f"{table}.csv", np.atleast_2d(values), "%.10g", ",")
        command = [program, str(HERE / script), name, str(repeats), *map(str, arguments)]
        environment = {**os.environ, "PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "2"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            raise PeerError(f"{script}: {done.stderr.strip()[-600:]}")
        seconds = np.loadtxt(folder / "seconds.txt", ndmin=1).tolist()
        # R writes NA where it cannot say.
        answer = np.atleast_1d(np.genfromtxt(folder / "answer.csv", missing_values="NA"))
        remark = folder / "remark.txt"
        words = remark.read_text(encoding="utf-8") if remark.exists() else ""
    return Timed(statistics.median(seconds), answer, words)
