"""The compiled loops of the scans. Import only where ``compiled.is_available()``.

Each loop is compiled from one source file and called from Python, replica by replica: Numba's
cache looks only at the file of the function it compiles, not at those that this one calls.
"""

from __future__ import annotations

from samverkan.methods.clusters import scan_loops
from samverkan.methods.compiled import jit

largest_ratio = jit(scan_loops.largest_ratio)
largest_alive_ratio = jit(scan_loops.largest_alive_ratio)
