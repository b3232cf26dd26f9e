"""Shares of surveys with their uncertainty: which area, how many answered, how sure."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.platform.access.actor import Actor

from .definitions import Source, sources
from .models import Figure

SHOWN = 12


@dataclass(frozen=True)
class SurveyShare:
    """One year's share. `area_name` is empty where the municipality itself was asked."""

    year: int
    area_name: str
    value: float | None
    margin: float | None
    sample_size: int | None
    source: Source


def survey_shares(actor: Actor, municipality_code: str, series_code: str) -> list[SurveyShare]:
    """The latest shares of one question that the actor may see, the newest first."""
    found = (
        Figure.objects.visible_to(actor)
        .current()
        .for_municipality(municipality_code)
        .filter(series_code=series_code, unit=Figure.Unit.PERCENT, subgroup="")
        .order_by("-period_start", "pk")
    )
    columns = ("period_start", "area_name", "value", "margin", "sample_size", "source_code")
    return [
        SurveyShare(start.year, area, value, margin, answers, sources()[source])
        for start, area, value, margin, answers, source in found.values_list(*columns)[:SHOWN]
    ]
