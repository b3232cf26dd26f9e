"""The presentation in the web: what it says, and its files one click away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samverkan.documents.charts import table_of
from samverkan.organisations.selectors import municipalities_of, municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.statistics.presentation import FigureView, as_html, drawing

from ..forms import MonthForm
from ..rules import first_of_month
from ..views.common import language_of
from .compose import NoFiguresError, UnknownMunicipalityError, compose
from .content import Briefing, BriefingSlide
from .outputs import BriefingFormat, briefing_file


@dataclass(frozen=True)
class SlideView:
    number: int
    title: str
    points: tuple[str, ...]
    figure: SafeString | None
    notes: tuple[str, ...]


@require_GET
@requires(Capability.STATISTICS_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    """Which municipality and month; the last whole month unless said."""
    today = timezone.localdate(request.actor.at)
    places = municipalities_of(request.actor)
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    form = MonthForm(
        request.GET or None,
        choices=[(place.code, place.name) for place in places],
        today=today,
        initial={"period": f"{last:%Y-%m}"},
    )
    if form.is_bound and form.is_valid():
        start: date = form.cleaned_data["period"]
        return redirect("briefing:briefing", form.cleaned_data["municipality"], f"{start:%Y-%m}")
    return render(request, "reports/briefing/index.html", {"form": form if places else None})


@require_GET
@requires(Capability.STATISTICS_READ)
def briefing(request: ActorRequest, code: str, period: str) -> HttpResponseBase:
    place = municipality(request.actor, code)
    try:
        content = _content(request, code, period)
    except NoFiguresError:
        return render(request, "reports/briefing/nothing.html", {"place": place, "period": period})
    return render(
        request,
        "reports/briefing/briefing.html",
        {
            "place": place,
            "content": content,
            "slides": [_slide(at, slide) for at, slide in enumerate(content.slides, start=2)],
        },
    )


@require_GET
@requires(Capability.STATISTICS_READ)
def download(request: ActorRequest, code: str, period: str, kind: str) -> HttpResponseBase:
    try:
        wanted = BriefingFormat(kind)
        made = briefing_file(_content(request, code, period), wanted)
    except (ValueError, NoFiguresError) as error:
        raise Http404 from error
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _content(request: ActorRequest, code: str, period: str) -> Briefing:
    start = first_of_month(period)
    if start is None or start > timezone.localdate(request.actor.at):
        raise Http404
    try:
        return compose(request.actor, code, start, language_of(request))
    except UnknownMunicipalityError as error:
        raise Http404 from error


def _slide(number: int, slide: BriefingSlide) -> SlideView:
    return SlideView(
        number=number,
        title=slide.title,
        points=slide.points,
        figure=as_html(_figure(slide)) if slide.chart else None,
        notes=tuple(part for part in slide.notes.split("\n") if part.strip()),
    )


def _figure(slide: BriefingSlide) -> FigureView:
    chart = slide.chart
    if chart is None:
        raise ValueError(slide.key)
    return FigureView(
        key=chart.key,
        title=slide.title,
        subtitle=getattr(chart, "unit", ""),
        wide=drawing(chart, is_phone=False),
        phone=drawing(chart, is_phone=True),
        remarks=slide.points,
        source=slide.source,
        definition=slide.notes.split("\n")[0] or _("See the speaker's notes."),
        table=table_of(chart),
    )
