"""What the form of a report offers, and what in it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from samverkan.platform.access.http import ActorRequest

from ..categories import incident_categories
from ..forms.report import GRADES, WHENS, YES_NO, ReportForm
from ..models import Incident
from ..report_guard_words import words
from ..selectors.reporting_choices import (
    CategoryChoice,
    PlaceChoice,
    report_municipalities,
    reportable_categories,
    reportable_places,
)

DEFAULTS = {"when": "now", "reach": "spot", "setting": "unknown"}
NAMES = (
    "key",
    "municipality",
    "category",
    "place",
    "place_until",
    "reach",
    "when",
    "exact",
    "first",
    "last",
    "text",
    "certainty",
    "severity",
    "effect_on_safety",
    "setting",
    "police_report",
)


@dataclass(frozen=True)
class FormChoices:
    """Everything that the template loops over; `chosen` is what stands in each field."""

    municipalities: list[tuple[str, str]]
    places: list[PlaceChoice]
    categories: list[CategoryChoice]
    chosen: dict[str, str]
    errors: dict[str, Any]
    questions: list[tuple[str, str, bool]]
    whens: Any = tuple(WHENS)
    reaches: Any = tuple(Incident.Reach.choices)
    certainties: Any = tuple(Incident.Certainty.choices)
    settings: Any = tuple(Incident.Setting.choices)
    grades: Any = tuple(GRADES)
    yes_no: Any = tuple(YES_NO)


def choices_of_form(request: ActorRequest, form: ReportForm | None) -> FormChoices:
    """What may be chosen; after an error, everything that was chosen and typed stands there."""
    actor = request.actor
    given = request.POST if form is not None else request.GET
    municipalities = report_municipalities(actor)
    codes = [code for code, _name in municipalities]
    chosen = {name: given.get(name, DEFAULTS.get(name, "")) for name in NAMES}
    if chosen["municipality"] not in codes:
        chosen["municipality"] = codes[0] if codes else ""
    code = chosen["municipality"]
    return FormChoices(
        municipalities,
        reportable_places(actor, code) if code else [],
        reportable_categories(actor, code) if code else [],
        chosen,
        dict(form.errors) if form is not None else {},
        _questions(form),
    )


def shell_choices() -> FormChoices:
    """Of the common list only: places are put in on the device, from what it has kept."""
    language = get_language() or "sv"
    common = [
        CategoryChoice(each.code, each.code, each.name(language), False)
        for each in incident_categories()
    ]
    chosen = {name: DEFAULTS.get(name, "") for name in NAMES}
    return FormChoices([], [], common, chosen, {}, [])


def _questions(form: ReportForm | None) -> list[tuple[str, str, bool]]:
    """What the guard asks: the part of the text, the question, whether no is an answer."""
    if form is None:
        return []
    return [(each.text, words(each), not each.is_refused) for each in form.found]
