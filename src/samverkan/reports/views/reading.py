"""The lägesbild read: list, month, picture, versions, what changed, files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.documents.formats import Language
from samverkan.governance.selectors import own_meetings_within
from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.situation.selectors import measures_due

from .. import selectors, services
from ..composition import compose
from ..differences import differences
from ..forms import PeriodForm
from ..kinds import Kind
from ..models import PictureVersion, SituationalPicture
from ..outputs import OutputFormat, output_file
from ..overview import clock_tone, clock_words
from ..presentation import section_views
from ..rules import first_of_month
from ..sections import written_of
from .common import (
    content_of,
    language_of,
    may_write_in,
    names_of,
    picture_and_version,
    picture_or_404,
)

LOOK_AHEAD = timedelta(weeks=8)


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    actor = request.actor
    places = municipalities_of(actor) if actor.may(Capability.PICTURES_WRITE) else []
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        choices=[(place.code, place.name) for place in places],
        today=timezone.localdate(actor.at),
        initial={"period": f"{_month_before(actor):%Y-%m}", "kind": Kind.PICTURE.value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.open_picture(
                actor,
                form.cleaned_data["municipality"],
                form.cleaned_data["period"],
                form.cleaned_data["kind"],
            )
        except services.UnknownMunicipalityError as error:
            raise Http404 from error
        return redirect("reports:picture", begun.ref)
    rows = [_row(actor, each) for each in selectors.pictures(actor)]
    return render(
        request,
        "reports/index.html",
        {"rows": rows, "form": form if places else None, "clocks": _clocks(actor)},
    )


@require_GET
@requires(Capability.PICTURES_READ)
def month(request: ActorRequest, code: str, period: str) -> HttpResponseBase:
    """The month's picture: where it is written, or from the figures alone if nobody has begun."""
    actor = request.actor
    start = first_of_month(period)
    if start is None or start > timezone.localdate(actor.at):
        raise Http404
    found = selectors.picture_of_month(actor, code, start)
    if found is not None:
        return redirect("reports:picture", found.ref)
    content = compose(actor, code, start, None, language_of(request))
    if content is None:
        raise Http404
    owner = party_of_municipality(actor, code)
    is_own = owner is not None and owner.pk == actor.party_id
    context = {
        "content": content,
        "sections": section_views(content),
        "may_begin": is_own and actor.may(Capability.PICTURES_WRITE),
    }
    return render(request, "reports/month.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def picture(request: ActorRequest, ref: str) -> HttpResponseBase:
    actor = request.actor
    found, version = picture_and_version(request, ref)
    content = content_of(request, found, version, language_of(request))
    clock = selectors.law_clock(actor, content.municipality_code)
    until = timezone.localdate(actor.at) + LOOK_AHEAD
    latest = selectors.version(actor, found, None)
    return render(
        request,
        "reports/picture.html",
        {
            "picture": found,
            "version": version,
            "is_latest": latest is not None and latest.number == version.number,
            "content": content,
            "sections": section_views(content),
            "lacking": [section for section in content.sections if section.lacks],
            "may_write": may_write_in(actor, found),
            "may_decide": may_write_in(actor, found) and actor.may(Capability.PICTURES_DECIDE),
            "clock_words": clock_words(clock),
            "clock_tone": clock_tone(clock),
            "clock": clock,
            "meetings": own_meetings_within(actor, LOOK_AHEAD)[:4],
            "measures": measures_due(actor, content.municipality_code, until)[:6],
            "formats": list(OutputFormat),
            **names_of(found),
        },
    )


@require_GET
@requires(Capability.PICTURES_READ)
def history(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = picture_or_404(request, ref)
    rows = [
        {"version": version, "changed": _headings(version)}
        for version in selectors.versions(request.actor, found)
    ]
    may_write = may_write_in(request.actor, found)
    context = {"picture": found, "rows": rows, "may_write": may_write, **names_of(found)}
    return render(request, "reports/history.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def changes(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    """What a version changed against the one before it that the reader may see."""
    found = picture_or_404(request, ref)
    seen = selectors.versions(request.actor, found)
    version = next((each for each in seen if each.number == number), None)
    if version is None:
        raise Http404
    before = next((each for each in seen if each.number < number), None)
    parts = [
        {
            "heading": heading,
            "changes": differences(
                before.texts.get(heading.section, "") if before else "",
                version.texts.get(heading.section, ""),
            ),
        }
        for heading in written_of(found.kind)
        if (before.texts.get(heading.section, "") if before else "")
        != version.texts.get(heading.section, "")
    ]
    context = {
        "picture": found,
        "version": version,
        "before": before,
        "parts": parts,
        "may_write": may_write_in(request.actor, found),
        "is_latest": seen[0].number == number,
        **names_of(found),
    }
    return render(request, "reports/changes.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def download(request: ActorRequest, ref: str, kind: str) -> HttpResponseBase:
    try:
        output_format = OutputFormat(kind)
    except ValueError as error:
        raise Http404 from error
    found, version = picture_and_version(request, ref)
    language = Language.of(request.GET.get("language", "") or language_of(request).value)
    made = output_file(content_of(request, found, version, language), output_format)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _row(actor: Actor, found: SituationalPicture) -> dict[str, Any]:
    return {"picture": found, "version": selectors.version(actor, found, None), **names_of(found)}


def _clocks(actor: Actor) -> list[dict[str, Any]]:
    return [
        {"place": place, "words": clock_words(clock), "tone": clock_tone(clock)}
        for place in municipalities_of(actor)
        for clock in [selectors.law_clock(actor, place.code)]
    ]


def _headings(version: PictureVersion) -> list[str]:
    titles = {
        heading.section.value: str(heading.title) for heading in written_of(version.picture.kind)
    }
    return [titles[name] for name in version.changed_sections if name in titles]


def _month_before(actor: Actor) -> date:
    """The last month that has ended."""
    return (timezone.localdate(actor.at).replace(day=1) - timedelta(days=1)).replace(day=1)
