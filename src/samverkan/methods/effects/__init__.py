"""Did the measure help? Comparisons before and after, with what can and cannot be said."""

from samverkan.methods.effects.before_after import BeforeAfterComparison, compare_before_after
from samverkan.methods.effects.change_points import (
    ChangePoints,
    LevelModel,
    Segmentation,
    change_points,
)
from samverkan.methods.effects.design import EffectMethod
from samverkan.methods.effects.displacement import (
    Displacement,
    Estimate,
    displacement,
    harm_weighted_displacement,
)
from samverkan.methods.effects.interrupted import InterruptedSeries, interrupted_series
from samverkan.methods.effects.panel import (
    Covariance,
    EventStudy,
    PanelEffect,
    difference_in_differences,
    event_study,
)
from samverkan.methods.effects.placebo import (
    PlaceboInSpace,
    PlaceboInTime,
    placebo_in_space,
    placebo_in_time,
)
from samverkan.methods.effects.power import DetectionPower
from samverkan.methods.effects.regression import Family
from samverkan.methods.effects.regression_to_mean import RegressionToMean, regression_to_mean
from samverkan.methods.effects.structural import StructuralComparison, structural_comparison
from samverkan.methods.effects.synthetic import SyntheticComparison, synthetic_comparison
from samverkan.methods.effects.verdicts import Verdict

__all__ = [
    "BeforeAfterComparison",
    "ChangePoints",
    "Covariance",
    "DetectionPower",
    "Displacement",
    "EffectMethod",
    "Estimate",
    "EventStudy",
    "Family",
    "InterruptedSeries",
    "LevelModel",
    "PanelEffect",
    "PlaceboInSpace",
    "PlaceboInTime",
    "RegressionToMean",
    "Segmentation",
    "StructuralComparison",
    "SyntheticComparison",
    "Verdict",
    "change_points",
    "compare_before_after",
    "difference_in_differences",
    "displacement",
    "event_study",
    "harm_weighted_displacement",
    "interrupted_series",
    "placebo_in_space",
    "placebo_in_time",
    "regression_to_mean",
    "structural_comparison",
    "synthetic_comparison",
]
