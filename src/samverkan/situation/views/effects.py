"""Did it work? The comparison, and keeping what was said."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.documents.charts import Break, Observation, SeriesChart, SourceKind, draw
from samverkan.documents.formats import Language, PeriodKind
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires, signed_in

from ..effect_words import expected_of, finding_of, moved_of, seen_of, sentence_of, warnings_of
from ..forms.guarded import GuardedForm
from ..models import Measure
from ..pictures import picture
from ..rules.comparison import BUFFER_METRES, FEWEST_EVENTS, FEWEST_WEEKS, MOST_WEEKS, Choice
from ..selectors.effects import Effect, days_of, effect_of, neighbours_of
from ..selectors.gathered import month_chart
from ..selectors.measures import may_read_problem, verdicts_of
from ..selectors.tracks import may_write
from ..services.verdicts import keep_verdict
from .found import measure_or_404, trail_of

ELSEWHERE = f"{Choice.MUNICIPALITY}-"
CHOICES = (
    (Choice.BY_RULE.value, gettext_lazy("By the rule: places farther away")),
    (Choice.EVERYWHERE.value, gettext_lazy("All other places, near ones too")),
    (Choice.NONE.value, gettext_lazy("Nothing: before and after only")),
)


class NoteForm(GuardedForm):
    """A word with the verdict that is kept."""

    guarded = ("note",)

    note = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("What else may have played in"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_GET
@signed_in
def effect_methods(request: ActorRequest) -> HttpResponse:
    """What the words of the effect page mean, and by which methods they are reached."""
    context = {
        "buffer": BUFFER_METRES,
        "weeks": (FEWEST_WEEKS, MOST_WEEKS),
        "events": FEWEST_EVENTS,
        "crumbs": (
            (_("Problems and measures"), reverse("situation:problems")),
            (_("How effects are judged"), ""),
        ),
    }
    return render(request, "situation/effect_methods.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_READ)
def measure_effect(request: ActorRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, measure_or_404(request, ref)
    if not may_read_problem(actor, found):
        raise Http404
    asked = request.GET.get("jamfor", "")
    choice, there = _choice(asked)
    neighbours = neighbours_of(actor, found)
    writes = may_write(actor, found.problem.owner_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    effect = effect_of(actor, found, choice, there)
    if request.method == "POST":
        if not writes or effect is None:
            raise Http404
        if form.is_valid():
            keep_verdict(actor, ref, choice, form.cleaned_data["note"], there)
            messages.success(request, _("What can be said today is kept with the measure."))
            return redirect("situation:measure", ref)
    own = reverse("situation:measure", args=[ref])
    context = {
        "measure": found,
        "effect": effect,
        "form": form,
        "choice": asked if effect and effect.elsewhere else _shown(effect, choice),
        "choices": (
            *CHOICES,
            *((f"{ELSEWHERE}{each.code}", each.name) for each in neighbours.offered),
        ),
        "too_coarse": [each.name for each in neighbours.too_coarse],
        "buffer": BUFFER_METRES,
        "may_write": writes,
        "verdicts": verdicts_of(actor, found),
        "crumbs": (*trail_of(found.problem), (found.title, own), (_("Did it work?"), "")),
        **(_said(request, found, effect) if effect else {}),
    }
    return render(request, "situation/effect.html", context)


def _choice(asked: str) -> tuple[Choice, str]:
    """What was asked for, and the code of the municipality where it is one."""
    if asked.startswith(ELSEWHERE):
        return Choice.MUNICIPALITY, asked.removeprefix(ELSEWHERE)
    return (Choice(asked), "") if asked in set(Choice) else (Choice.BY_RULE, "")


def _shown(effect: Effect | None, choice: Choice) -> str:
    """The comparison that was made, which is the rule's where what was asked for may not be."""
    return str(effect.choice if effect else choice)


def _said(request: ActorRequest, measure: Measure, effect: Effect) -> dict[str, object]:
    chart = month_chart(request.actor, measure.problem)
    drawn = None
    if chart is not None:
        drawn = _with_break(chart, measure)
    return {
        "finding": finding_of(effect),
        "sentence": sentence_of(effect),
        "warnings": warnings_of(effect),
        "expected": expected_of(effect),
        "seen": seen_of(effect),
        "moved": moved_of(effect),
        "days": days_of(effect),
        "chart": drawn,
        "chart_picture": picture(drawn, draw) if drawn else None,
    }


def _with_break(chart: SeriesChart, measure: Measure) -> SeriesChart:
    """The months with a line where the measure began."""
    begun = measure.started_on
    start = begun.replace(day=1) if begun else None
    shown = {each.start for each in chart.observations}
    breaks = (Break(start, _("the measure begins")),) if start and start in shown else ()
    return SeriesChart(
        key=f"effect-{measure.ref}",
        title=chart.title,
        description=chart.description,
        unit=chart.unit,
        period_kind=PeriodKind.MONTH,
        observations=tuple(
            Observation(each.start, each.value, is_preliminary=each.is_preliminary)
            for each in chart.observations
        ),
        language=Language.of(get_language() or "sv"),
        source_kind=SourceKind.EST,
        breaks=breaks,
    )
