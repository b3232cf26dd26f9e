"""Where and when events gather more than chance gives: near repeats and space-time scans."""

from samverkan.methods.clusters.chains import near_repeat_chains
from samverkan.methods.clusters.count_scans import bernoulli_scan, expected_cases, poisson_scan
from samverkan.methods.clusters.events import Geometry
from samverkan.methods.clusters.pair_results import BandEnd, KnoxResult, NearRepeatResult
from samverkan.methods.clusters.pair_tests import knox, near_repeat
from samverkan.methods.clusters.permutation_scan import space_time_permutation_scan
from samverkan.methods.clusters.scan_results import ScanCluster, ScanResult
from samverkan.methods.clusters.zones import Ties

__all__ = [
    "BandEnd",
    "Geometry",
    "KnoxResult",
    "NearRepeatResult",
    "ScanCluster",
    "ScanResult",
    "Ties",
    "bernoulli_scan",
    "expected_cases",
    "knox",
    "near_repeat",
    "near_repeat_chains",
    "poisson_scan",
    "space_time_permutation_scan",
]
