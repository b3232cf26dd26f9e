"""What the pages of the situation are asked for: which municipality and which weeks."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from samverkan.platform.access.http import ActorRequest

from ..categories import categories
from ..selectors.municipalities import MunicipalityChoice, municipalities_in_sight
from ..weeks import read_week, week_of, weeks_from_to, weeks_later

SPANS = (4, 12, 26, 52)
DEFAULT_SPAN = 12
LONGEST_SPAN_YEARS = 5


@dataclass(frozen=True)
class Chosen:
    """The municipality that the page is about, and those that it could be about."""

    municipality: MunicipalityChoice | None
    municipalities: tuple[MunicipalityChoice, ...]

    @property
    def code(self) -> str:
        return self.municipality.code if self.municipality else ""

    @property
    def name(self) -> str:
        return self.municipality.name if self.municipality else ""


@dataclass(frozen=True)
class Span:
    """The latest weeks, the running one counted."""

    weeks: int
    first_week: int
    last_week: int


def chosen_municipality(request: ActorRequest) -> Chosen:
    """The one that `kommun` names, else the first; one that is not in sight is not found."""
    choices = municipalities_in_sight(request.actor)
    code = request.GET.get("kommun", "")
    if not code:
        return Chosen(choices[0] if choices else None, choices)
    for choice in choices:
        if choice.code == code:
            return Chosen(choice, choices)
    raise Http404


def chosen_span(request: ActorRequest) -> Span:
    """The weeks `fran` to `till`, else as many back as `veckor` asks for, else the default."""
    first, last = read_week(request.GET.get("fran", "")), read_week(request.GET.get("till", ""))
    if first and last and first <= last < first + LONGEST_SPAN_YEARS * 100:
        return Span(len(weeks_from_to(first, last)), first, last)
    asked = request.GET.get("veckor", "")
    weeks = int(asked) if asked.isdigit() and int(asked) in SPANS else DEFAULT_SPAN
    this_week = week_of(timezone.localdate(request.actor.at))
    return Span(weeks, weeks_later(this_week, 1 - weeks), this_week)


def chosen_category(request: ActorRequest) -> str:
    code = request.GET.get("kategori", "")
    return code if code in categories() else ""
