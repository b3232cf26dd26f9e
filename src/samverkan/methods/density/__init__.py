"""Where do events gather? Kernel density, relative risk, local statistics, forecasts judged."""

from samverkan.methods.density.areas import Alternative, false_discovery_q_values
from samverkan.methods.density.global_statistics import (
    GlobalStatistic,
    global_g,
    global_geary,
    global_moran,
)
from samverkan.methods.density.local_g import LocalG, LocalGVariant, local_g
from samverkan.methods.density.local_moran import (
    QUADRANTS,
    LocalMoran,
    Quadrant,
    Randomisation,
    local_moran,
)
from samverkan.methods.density.neighbours import (
    Contiguity,
    Neighbours,
    grid_neighbours,
    nearest_neighbours,
    neighbours_from_pairs,
    neighbours_within,
)
from samverkan.methods.density.surface import DensitySurface, EdgeCorrection, kernel_density
from samverkan.methods.density.window import Window, as_window

__all__ = [
    "QUADRANTS",
    "Alternative",
    "Contiguity",
    "DensitySurface",
    "EdgeCorrection",
    "GlobalStatistic",
    "LocalG",
    "LocalGVariant",
    "LocalMoran",
    "Neighbours",
    "Quadrant",
    "Randomisation",
    "Window",
    "as_window",
    "false_discovery_q_values",
    "global_g",
    "global_geary",
    "global_moran",
    "grid_neighbours",
    "kernel_density",
    "local_g",
    "local_moran",
    "nearest_neighbours",
    "neighbours_from_pairs",
    "neighbours_within",
]
