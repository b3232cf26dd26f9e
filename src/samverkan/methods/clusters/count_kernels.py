"""The compiled loop of the scans over counts. Import only where ``compiled.is_available()``."""

from __future__ import annotations

from samverkan.methods.clusters import count_loops
from samverkan.methods.compiled import jit

largest_count_ratio = jit(count_loops.largest_count_ratio)
