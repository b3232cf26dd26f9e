"""Where do events gather? Kernel density, relative risk, local statistics, forecasts judged."""

from samverkan.methods.density.accuracy import (
    ForecastComparison,
    PlaceAccuracy,
    Ties,
    compare_forecast,
    place_accuracy,
)
from samverkan.methods.density.adaptive import AdaptiveDensity, adaptive_density
from samverkan.methods.density.areas import Alternative, false_discovery_q_values
from samverkan.methods.density.at_events import density_at_events
from samverkan.methods.density.bandwidth import (
    BandwidthChoice,
    BandwidthRule,
    choose_bandwidth,
    scott_bandwidths,
)
from samverkan.methods.density.contours import Contour, contour_lines
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
from samverkan.methods.density.relative_risk import (
    ReferenceDensity,
    RelativeRisk,
    relative_risk,
)
from samverkan.methods.density.surface import DensitySurface, EdgeCorrection, kernel_density
from samverkan.methods.density.window import Window, as_window

__all__ = [
    "QUADRANTS",
    "AdaptiveDensity",
    "Alternative",
    "BandwidthChoice",
    "BandwidthRule",
    "Contiguity",
    "Contour",
    "DensitySurface",
    "EdgeCorrection",
    "ForecastComparison",
    "GlobalStatistic",
    "LocalG",
    "LocalGVariant",
    "LocalMoran",
    "Neighbours",
    "PlaceAccuracy",
    "Quadrant",
    "Randomisation",
    "ReferenceDensity",
    "RelativeRisk",
    "Ties",
    "Window",
    "adaptive_density",
    "as_window",
    "choose_bandwidth",
    "compare_forecast",
    "contour_lines",
    "density_at_events",
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
    "place_accuracy",
    "relative_risk",
    "scott_bandwidths",
]
