"""Who has reported in a week, who said that there was nothing, and who has not been heard."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, Sum

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import sort_key

from ..models import IncidentCount, NothingReported, ReportingDuty
from ..weeks import monday_of


class UnitState(StrEnum):
    """What a unit that is expected to report has done in a week: silence is not safety."""

    REPORTED = "reported"
    NOTHING = "nothing"
    MISSING = "missing"


@dataclass(frozen=True)
class UnitStatus:
    """One unit's answer; `incidents` is how many it reported."""

    organisation_ref: str
    organisation: str
    state: UnitState
    incidents: int


@dataclass(frozen=True)
class ReportingStatus:
    """Every unit with a duty to report in the week, in Swedish order."""

    week: int
    units: tuple[UnitStatus, ...]

    def in_state(self, state: UnitState) -> tuple[UnitStatus, ...]:
        return tuple(unit for unit in self.units if unit.state is state)

    @property
    def reported(self) -> tuple[UnitStatus, ...]:
        return self.in_state(UnitState.REPORTED)

    @property
    def nothing_to_report(self) -> tuple[UnitStatus, ...]:
        return self.in_state(UnitState.NOTHING)

    @property
    def missing(self) -> tuple[UnitStatus, ...]:
        return self.in_state(UnitState.MISSING)

    @property
    def answered(self) -> int:
        return len(self.units) - len(self.missing)


def reporting_status(actor: Actor, municipality_code: str, week: int) -> ReportingStatus:
    """What each unit that was bound to report in the week has said."""
    return reporting_statuses(actor, municipality_code, [week])[0]


def reporting_statuses(
    actor: Actor, municipality_code: str, weeks: Sequence[int]
) -> list[ReportingStatus]:
    """The same for each of the weeks, in their order, with three questions to the database."""
    duties = _duties(actor, municipality_code, weeks)
    silent = set(
        NothingReported.objects.visible_to(actor)
        .filter(duty__in=duties, week__in=weeks)
        .values_list("duty_id", "week")
    )
    incidents = _incidents_by_unit(actor, municipality_code, weeks)
    return [_status_of_week(week, duties, silent, incidents) for week in weeks]


def _status_of_week(
    week: int,
    duties: Sequence[ReportingDuty],
    silent: set[tuple[int, int]],
    incidents: dict[tuple[int, int], int],
) -> ReportingStatus:
    units = {
        duty.organisation_id: _status(
            duty, incidents.get((duty.organisation_id, week), 0), (duty.pk, week) in silent
        )
        for duty in duties
        if _is_bound(duty, week)
    }
    return ReportingStatus(
        week, tuple(sorted(units.values(), key=lambda unit: sort_key(unit.organisation)))
    )


def own_unit_status(actor: Actor, week: int) -> UnitState | None:
    """What the actor's own unit has said about the week; None when it is not bound to report."""
    duty: ReportingDuty | None = (
        ReportingDuty.objects.visible_to(actor)
        .filter(_bound_in(week, week), organisation_id=actor.organisation_id)
        .select_related("organisation")
        .first()
    )
    if duty is None:
        return None
    words = NothingReported.objects.visible_to(actor).filter(duty=duty, week=week)
    counts = IncidentCount.objects.visible_to(actor).filter(
        reporting_organisation_id=actor.organisation_id, week=week, incidents__gt=0
    )
    return _status(duty, int(counts.exists()), words.exists()).state


def _bound_in(first_week: int, last_week: int) -> Q:
    """Duties that were in force on some day from the first week to the last."""
    end = monday_of(last_week) + timedelta(weeks=1)
    return Q(valid_from__lt=end) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=monday_of(first_week))
    )


def _is_bound(duty: ReportingDuty, week: int) -> bool:
    monday = monday_of(week)
    return duty.valid_from < monday + timedelta(weeks=1) and (
        duty.valid_to is None or duty.valid_to > monday
    )


def _duties(actor: Actor, municipality_code: str, weeks: Sequence[int]) -> list[ReportingDuty]:
    return list(
        ReportingDuty.objects.visible_to(actor)
        .filter(_bound_in(min(weeks), max(weeks)), municipality__code=municipality_code)
        .select_related("organisation")
    )


def _incidents_by_unit(
    actor: Actor, municipality_code: str, weeks: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Incidents by (unit, week)."""
    found = (
        IncidentCount.objects.visible_to(actor)
        .filter(municipality__code=municipality_code, week__in=weeks, incidents__gt=0)
        .values_list("reporting_organisation_id", "week")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    return {(unit, week): total for unit, week, total in found}


def _status(duty: ReportingDuty, incidents: int, has_said_nothing: bool) -> UnitStatus:
    if incidents:
        state = UnitState.REPORTED
    else:
        state = UnitState.NOTHING if has_said_nothing else UnitState.MISSING
    return UnitStatus(duty.organisation.ref, duty.organisation.name, state, incidents)


@dataclass(frozen=True)
class UnreportedFunction:
    """A function of a unit that has not been heard about a week; `due_on` is the day after it."""

    function_ref: str
    kind: str
    municipality_code: str
    due_on: date


def unreported_functions(
    actor: Actor, function_refs: Collection[str], week: int
) -> list[UnreportedFunction]:
    """The functions among those whose unit is bound to report and has not been heard."""
    duties = ReportingDuty.objects.visible_to(actor).filter(
        _bound_in(week, week), organisation__functions__ref__in=function_refs
    )
    silent = set(
        NothingReported.objects.visible_to(actor)
        .filter(duty__in=duties, week=week)
        .values_list("duty__organisation_id", flat=True)
    )
    reported = set(
        IncidentCount.objects.visible_to(actor)
        .filter(week=week, incidents__gt=0)
        .values_list("reporting_organisation_id", flat=True)
    )
    rows = duties.values_list(
        "organisation_id",
        "organisation__functions__ref",
        "organisation__functions__kind",
        "municipality__code",
    ).distinct()
    return [
        UnreportedFunction(ref, kind, code, monday_of(week) + timedelta(weeks=1))
        for unit, ref, kind, code in rows
        if unit not in silent | reported
    ]
