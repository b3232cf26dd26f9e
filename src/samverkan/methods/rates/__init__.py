"""Small counts: intervals, comparisons, predictions, levels, charts, limits and shrinkage."""

from samverkan.methods.rates.band import ExpectedBand, expected_band
from samverkan.methods.rates.charts import (
    ChartLimits,
    ControlChart,
    g_chart,
    individuals_chart,
    t_chart,
    u_chart,
)
from samverkan.methods.rates.comparison import RateComparison, compare_rates
from samverkan.methods.rates.dispersion import DispersionTest, dispersion_test
from samverkan.methods.rates.funnel import (
    FunnelDispersion,
    FunnelLimitKind,
    FunnelLimits,
    FunnelScale,
    funnel_limits,
)
from samverkan.methods.rates.harm import HarmIntervalMethod, HarmSum, harm_weighted_sum
from samverkan.methods.rates.level import assess_level
from samverkan.methods.rates.level_results import LevelAssessment, LevelVerdict
from samverkan.methods.rates.negative_binomial import negative_binomial_rate_interval
from samverkan.methods.rates.negative_binomial_fit import (
    DispersionFit,
    negative_binomial_dispersion,
)
from samverkan.methods.rates.poisson import (
    RateInterval,
    poisson_rate_interval,
    poisson_rate_test,
)
from samverkan.methods.rates.power import DetectableChange, smallest_detectable_change
from samverkan.methods.rates.prediction import (
    PredictionInterval,
    PredictionMethod,
    prediction_interval,
)
from samverkan.methods.rates.results import ComparisonMethod, Interval, IntervalMethod
from samverkan.methods.rates.season import (
    SeasonalFit,
    SeasonalModel,
    calendar_adjusted,
    days_in_months,
    seasonal_fit,
    seasonally_adjusted,
)
from samverkan.methods.rates.shrinkage import ShrinkageMethod, ShrunkRates, shrink

__all__ = [
    "ChartLimits",
    "ComparisonMethod",
    "ControlChart",
    "DetectableChange",
    "DispersionFit",
    "DispersionTest",
    "ExpectedBand",
    "FunnelDispersion",
    "FunnelLimitKind",
    "FunnelLimits",
    "FunnelScale",
    "HarmIntervalMethod",
    "HarmSum",
    "Interval",
    "IntervalMethod",
    "LevelAssessment",
    "LevelVerdict",
    "PredictionInterval",
    "PredictionMethod",
    "RateComparison",
    "RateInterval",
    "SeasonalFit",
    "SeasonalModel",
    "ShrinkageMethod",
    "ShrunkRates",
    "assess_level",
    "calendar_adjusted",
    "compare_rates",
    "days_in_months",
    "dispersion_test",
    "expected_band",
    "funnel_limits",
    "g_chart",
    "harm_weighted_sum",
    "individuals_chart",
    "negative_binomial_dispersion",
    "negative_binomial_rate_interval",
    "poisson_rate_interval",
    "poisson_rate_test",
    "prediction_interval",
    "seasonal_fit",
    "seasonally_adjusted",
    "shrink",
    "smallest_detectable_change",
    "t_chart",
    "u_chart",
]
