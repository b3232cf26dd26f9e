"""Shares of surveys as rows of a table: area, margin of error and number of answers with each."""

from __future__ import annotations

from typing import Protocol

from samverkan.documents.formats import plain
from samverkan.platform.access.actor import Actor

from ..definitions import SeriesDefinition
from ..models import Figure
from ..statements import language_now
from ..survey_selectors import SurveyShare, survey_shares


class Place(Protocol):
    """What a page needs of a municipality."""

    code: str
    name: str


def share_rows(actor: Actor, place: Place, definition: SeriesDefinition) -> list[dict[str, object]]:
    """The rows of a series of shares; none for any other series."""
    if definition.unit != Figure.Unit.PERCENT:
        return []
    return [_row(share, place.name) for share in survey_shares(actor, place.code, definition.code)]


def _row(share: SurveyShare, place: str) -> dict[str, object]:
    language = language_now()

    def shown(value: float | None) -> str:
        return "–" if value is None else plain(value, language, 1)

    return {
        "year": share.year,
        "area": share.area_name or place,
        "value": shown(share.value),
        "margin": shown(share.margin),
        "answers": share.sample_size,
        "source": share.source.name(language),
    }
