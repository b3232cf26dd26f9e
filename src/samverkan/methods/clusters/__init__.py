"""Where and when events gather more than chance gives: near repeats and space-time scans."""

from samverkan.methods.clusters.events import Geometry
from samverkan.methods.clusters.pair_results import BandEnd, KnoxResult, NearRepeatResult
from samverkan.methods.clusters.pair_tests import knox, near_repeat

__all__ = [
    "BandEnd",
    "Geometry",
    "KnoxResult",
    "NearRepeatResult",
    "knox",
    "near_repeat",
]
