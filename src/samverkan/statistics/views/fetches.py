"""Where figures are fetched from: when, what changed, what is planned; and fetch now."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samverkan.documents.formats import period_label, plain
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.tones import Tone
from samverkan.platform.jobs.selectors import latest_job

from ..clients.catalogue import Question, fetchables
from ..definitions import sources
from ..fetch_selectors import (
    ChangedFigure,
    changes_of,
    fetch_plans,
    fetch_run,
    fetch_runs,
)
from ..fetch_tasks import JOB_KIND, begin_fetch
from ..fetching import UnderWayError
from ..models import FetchRun
from ..statements import language_now

FIRST_YEAR = 2015
TONES = {
    FetchRun.State.DONE: Tone.OK,
    FetchRun.State.UNCHANGED: Tone.NEUTRAL,
    FetchRun.State.FAILED: Tone.STOP,
    FetchRun.State.RUNNING: Tone.WARN,
    FetchRun.State.WAITING: Tone.WARN,
}


@require_GET
@requires(Capability.STATISTICS_READ)
def source_list(request: ActorRequest) -> HttpResponse:
    """Every source: what is fetched by itself, and what comes in as files or is typed in."""
    language = language_now()
    fetched = {each.source for each in fetchables().values()}
    return render(
        request,
        "statistics/sources.html",
        {
            "plans": [
                {
                    "plan": plan,
                    "title": plan.fetchable.title(language),
                    "tone": TONES[FetchRun.State(plan.latest.state)] if plan.latest else "",
                    "is_due": plan.next_at is None or plan.next_at <= request.actor.at,
                }
                for plan in fetch_plans(request.actor)
            ],
            "runs": [_run_row(run) for run in fetch_runs(request.actor)],
            "others": [
                {"source": source, "name": source.name(language)}
                for source in sources().values()
                if source.code not in fetched
            ],
            "may_fetch": request.actor.may(Capability.IMPORTS_WRITE),
            "codes": sorted(request.actor.municipality_codes),
        },
    )


@require_POST
@requires(Capability.IMPORTS_WRITE)
def fetch_now(request: ActorRequest, fetch_code: str) -> HttpResponse:
    """Leave the fetch to the worker and show how it goes."""
    if fetch_code not in fetchables():
        raise Http404
    codes = tuple(sorted(request.actor.municipality_codes))
    if not codes:
        messages.error(request, _("Your function has no municipality to fetch figures for."))
        return redirect("statistics:sources")
    this_year = timezone.localdate(request.actor.at).year
    question = Question(codes, FIRST_YEAR, this_year, is_forced=True)
    try:
        run_ref = begin_fetch(request.actor, fetch_code, question).ref
    except UnderWayError as error:
        messages.info(request, _("It is being fetched already."))
        run_ref = error.run_ref
    return redirect("statistics:fetch_run", ref=run_ref)


@require_GET
@requires(Capability.STATISTICS_READ)
def one_run(request: ActorRequest, ref: str) -> HttpResponse:
    """One fetch: how it went, and each figure that came, changed or went."""
    run = fetch_run(request.actor, ref)
    if run is None:
        raise Http404
    fetchable = fetchables().get(run.fetch_code)
    changes = changes_of(request.actor, run)
    return render(
        request,
        "statistics/fetch_run.html",
        {
            "run": run,
            "title": fetchable.title(language_now()) if fetchable else run.fetch_code,
            "tone": TONES[FetchRun.State(run.state)],
            "job": latest_job(request.actor, JOB_KIND, run.ref),
            "changes": changes,
            "is_cut": changes.added + changes.changed + changes.withdrawn > len(changes.shown),
            "rows": [_change_row(each) for each in changes.shown],
            "may_import": request.actor.may(Capability.IMPORTS_WRITE),
        },
    )


def _run_row(run: FetchRun) -> dict[str, object]:
    fetchable = fetchables().get(run.fetch_code)
    return {
        "run": run,
        "title": fetchable.title(language_now()) if fetchable else run.fetch_code,
        "tone": TONES[FetchRun.State(run.state)],
    }


def _change_row(change: ChangedFigure) -> dict[str, object]:
    language = language_now()

    def shown(value: float | None) -> str:
        return "–" if value is None else plain(value, language, 1).removesuffix(",0")

    what = _("changed")
    if change.is_withdrawn:
        what = _("withdrawn")
    elif change.is_new:
        what = _("new")
    parts = {"women": _("women"), "men": _("men")}
    name = change.definition.name(language)
    return {
        "what": what,
        "tone": Tone.WARN if change.is_withdrawn else Tone.NEUTRAL,
        "place": change.municipality_name,
        "series_code": change.definition.code,
        "series": f"{name}, {parts[change.subgroup]}" if change.subgroup in parts else name,
        "period": period_label(change.period_kind, change.start, language),
        "before": "" if change.is_new else shown(change.before),
        "after": shown(change.after),
        "is_preliminary": change.is_preliminary,
    }
