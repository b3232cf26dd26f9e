"""Small counts: intervals, comparisons, predictions, levels, charts, limits and shrinkage."""

from samverkan.methods.rates.band import ExpectedBand, expected_band
from samverkan.methods.rates.comparison import RateComparison, compare_rates
from samverkan.methods.rates.level import LevelAssessment, LevelVerdict, assess_level
from samverkan.methods.rates.negative_binomial import negative_binomial_rate_interval
from samverkan.methods.rates.poisson import (
    RateInterval,
    poisson_rate_interval,
    poisson_rate_test,
)
from samverkan.methods.rates.prediction import (
    PredictionInterval,
    PredictionMethod,
    prediction_interval,
)
from samverkan.methods.rates.results import ComparisonMethod, Interval, IntervalMethod

__all__ = [
    "ComparisonMethod",
    "ExpectedBand",
    "Interval",
    "IntervalMethod",
    "LevelAssessment",
    "LevelVerdict",
    "PredictionInterval",
    "PredictionMethod",
    "RateComparison",
    "RateInterval",
    "assess_level",
    "compare_rates",
    "expected_band",
    "negative_binomial_rate_interval",
    "poisson_rate_interval",
    "poisson_rate_test",
    "prediction_interval",
]
