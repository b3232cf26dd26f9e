"""Early signals in series of counts: is this period unusual, and has the level moved?

`predictive` is the default for monthly small counts, `farrington_flexible` for weekly data with
years behind it, `ears` for daily data without, `cusum` and `glr_negative_binomial` for small
lasting shifts. `screen` holds the number of false alarms over many series.
"""

from samverkan.methods.surveillance.baseline import Fitting
from samverkan.methods.surveillance.bayes import bayes, rki
from samverkan.methods.surveillance.cusum import ExpectedFrom, cusum
from samverkan.methods.surveillance.ears import EarsVariant, ears
from samverkan.methods.surveillance.farrington import farrington
from samverkan.methods.surveillance.farrington_flexible import farrington_flexible
from samverkan.methods.surveillance.likelihood_ratio import (
    Direction,
    glr_negative_binomial,
    glr_poisson,
)
from samverkan.methods.surveillance.predictive import PredictiveResult, predictive
from samverkan.methods.surveillance.results import SurveillanceResult
from samverkan.methods.surveillance.run_length import (
    CusumLimits,
    normal_cusum_limits,
    poisson_cusum_limits,
    poisson_cusum_run_length,
)
from samverkan.methods.surveillance.screening import Control, ScreenResult, screen
from samverkan.methods.surveillance.standardisation import Standardisation
from samverkan.methods.surveillance.thresholds import ThresholdMethod
from samverkan.methods.surveillance.variants import Variant

__all__ = [
    "Control",
    "CusumLimits",
    "Direction",
    "EarsVariant",
    "ExpectedFrom",
    "Fitting",
    "PredictiveResult",
    "ScreenResult",
    "Standardisation",
    "SurveillanceResult",
    "ThresholdMethod",
    "Variant",
    "bayes",
    "cusum",
    "ears",
    "farrington",
    "farrington_flexible",
    "glr_negative_binomial",
    "glr_poisson",
    "normal_cusum_limits",
    "poisson_cusum_limits",
    "poisson_cusum_run_length",
    "predictive",
    "rki",
    "screen",
]
