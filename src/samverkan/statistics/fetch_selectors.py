"""What has been fetched, when, what changed, and what is planned next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samverkan.documents.formats import PeriodKind
from samverkan.platform.access.actor import Actor

from .clients.catalogue import Fetchable, fetchables
from .definitions import Sensitivity, SeriesDefinition, series_definitions
from .figure_rows import WITHDRAWN
from .models import FetchRun, Figure
from .release import is_small

RUNS_SHOWN = 20
CHANGES_SHOWN = 200


@dataclass(frozen=True)
class FetchPlan:
    """One thing that can be fetched: when it last worked, and when it is time again."""

    code: str
    fetchable: Fetchable
    latest: FetchRun | None
    last_done_at: datetime | None
    next_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.latest is not None and self.latest.state in (
            FetchRun.State.WAITING,
            FetchRun.State.RUNNING,
        )


@dataclass(frozen=True)
class ChangedFigure:
    """One figure that an import added, changed or took back. None: a gap, or not shown."""

    municipality_name: str
    definition: SeriesDefinition
    period_kind: PeriodKind
    start: date
    subgroup: str
    before: float | None
    after: float | None
    is_new: bool
    is_withdrawn: bool
    is_preliminary: bool


@dataclass(frozen=True)
class Changes:
    """How many figures came, changed and went; the changed and withdrawn ones first."""

    added: int
    changed: int
    withdrawn: int
    shown: tuple[ChangedFigure, ...]


def fetch_plans(actor: Actor) -> list[FetchPlan]:
    """Everything that can be fetched, with the party's latest run of each."""
    return [_plan(actor, fetchable) for fetchable in fetchables().values()]


def due_fetches(actor: Actor) -> list[FetchPlan]:
    """What it is time to fetch: never fetched, or as long ago as its interval."""
    return [plan for plan in fetch_plans(actor) if plan.next_at is None or plan.next_at <= actor.at]


def fetch_runs(actor: Actor) -> list[FetchRun]:
    """The party's latest runs, newest first."""
    return list(FetchRun.objects.visible_to(actor).select_related("batch")[:RUNS_SHOWN])


def fetch_run(actor: Actor, ref: str) -> FetchRun | None:
    found: FetchRun | None = (
        FetchRun.objects.visible_to(actor).select_related("batch").filter(ref=ref).first()
    )
    return found


def changes_of(actor: Actor, run: FetchRun) -> Changes:
    """What the run's import did to the figures that the actor may see.

    Of sensitive series no small count is shown, neither before nor after.
    """
    figures = Figure.objects.visible_to(actor).filter(batch_id=run.batch_id)
    if run.batch_id is None:
        figures = figures.none()
    new = figures.filter(replaces=None)
    gone = figures.filter(missing_reason=WITHDRAWN)
    revised = figures.exclude(replaces=None).exclude(missing_reason=WITHDRAWN)
    order = ("municipality__code", "series_code", "period_start", "subgroup")
    rows = [
        *gone.select_related("municipality", "replaces").order_by(*order)[:CHANGES_SHOWN],
        *revised.select_related("municipality", "replaces").order_by(*order)[:CHANGES_SHOWN],
        *new.select_related("municipality").order_by(*order)[:CHANGES_SHOWN],
    ]
    known = series_definitions()
    shown = (_changed(row, known[row.series_code]) for row in rows if row.series_code in known)
    return Changes(new.count(), revised.count(), gone.count(), tuple(shown)[:CHANGES_SHOWN])


def _plan(actor: Actor, fetchable: Fetchable) -> FetchPlan:
    runs = FetchRun.objects.visible_to(actor).filter(fetch_code=fetchable.code)
    worked = runs.filter(state__in=(FetchRun.State.DONE, FetchRun.State.UNCHANGED)).first()
    last = worked.finished_at if worked else None
    following = last + timedelta(days=fetchable.default_every_days) if last else None
    return FetchPlan(fetchable.code, fetchable, runs.first(), last, following)


def _changed(row: Figure, definition: SeriesDefinition) -> ChangedFigure:
    def shown(value: float | None) -> float | None:
        is_hidden = definition.sensitivity is Sensitivity.SENSITIVE and (
            is_small(value) or row.period_kind != Figure.PeriodKind.YEAR
        )
        return None if is_hidden else value

    earlier = row.replaces
    return ChangedFigure(
        municipality_name=row.municipality.name,
        definition=definition,
        period_kind=PeriodKind(row.period_kind),
        start=row.period_start,
        subgroup=row.subgroup,
        before=shown(earlier.value) if earlier else None,
        after=shown(row.value),
        is_new=earlier is None,
        is_withdrawn=row.missing_reason == WITHDRAWN,
        is_preliminary=row.is_preliminary,
    )
