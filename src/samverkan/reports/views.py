"""The lägesbild in the web: read it, write it, follow its versions, mark it as decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.documents.formats import Language, month_name
from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.situation.selectors import measures_due

from . import selectors, services
from .composition import compose
from .content import PictureContent
from .differences import differences
from .forms import DecisionForm, MonthForm, SectionForm
from .models import PictureVersion, SituationalPicture
from .outputs import OutputFormat, output_file
from .overview import clock_tone, clock_words
from .presentation import hindrance_words, section_views
from .rules import Collision, first_of_month, hindrances
from .sections import BY_SECTION, WRITTEN

LOOK_AHEAD = timedelta(weeks=8)


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_READ)
def index(request: ActorRequest) -> HttpResponseBase:
    actor = request.actor
    places = municipalities_of(actor) if actor.may(Capability.PICTURES_WRITE) else []
    form = MonthForm(
        request.POST if request.method == "POST" else None,
        choices=[(place.code, place.name) for place in places],
        today=timezone.localdate(actor.at),
        initial={"period": f"{_month_before(actor):%Y-%m}"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = services.open_picture(
                actor, form.cleaned_data["municipality"], form.cleaned_data["period"]
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
    content = compose(actor, code, start, None, _language(request))
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
    found, version = _picture_and_version(request, ref)
    content = _content(request, found, version, _language(request))
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
            "may_write": _may_write(actor, found),
            "may_decide": _may_write(actor, found) and actor.may(Capability.PICTURES_DECIDE),
            "clock_words": clock_words(clock),
            "clock_tone": clock_tone(clock),
            "clock": clock,
            "measures": measures_due(actor, content.municipality_code, until)[:6],
            "formats": list(OutputFormat),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_WRITE)
def write(request: ActorRequest, ref: str, section: str) -> HttpResponseBase:
    heading = next((each for each in WRITTEN if each.section == section), None)
    found = _own_picture(request, ref)
    if heading is None:
        raise Http404
    latest = _version_or_404(request.actor, found, None)
    initial = {"text": latest.texts.get(section, ""), "based_on": latest.number}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        text, based_on = form.cleaned_data["text"], form.cleaned_data["based_on"]
        try:
            saved = services.edit_section(
                request.actor, ref, heading.section, text, based_on=based_on
            )
        except PictureVersion.DoesNotExist as error:
            raise Http404 from error
        if isinstance(saved, Collision):
            return _collision(request, found, saved)
        messages.success(request, _("Saved as version %(number)d.") % {"number": saved.number})
        return redirect("reports:picture", ref)
    context = {"picture": found, "heading": heading, "form": form, **_names(found)}
    return render(request, "reports/write.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def history(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = _picture(request, ref)
    rows = [
        {"version": version, "changed": _headings(version)}
        for version in selectors.versions(request.actor, found)
    ]
    may_write = _may_write(request.actor, found)
    context = {"picture": found, "rows": rows, "may_write": may_write, **_names(found)}
    return render(request, "reports/history.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def changes(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    """What a version changed against the one before it that the reader may see."""
    found = _picture(request, ref)
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
        for heading in WRITTEN
        if (before.texts.get(heading.section, "") if before else "")
        != version.texts.get(heading.section, "")
    ]
    context = {
        "picture": found,
        "version": version,
        "before": before,
        "parts": parts,
        "may_write": _may_write(request.actor, found),
        "is_latest": seen[0].number == number,
        **_names(found),
    }
    return render(request, "reports/changes.html", context)


@require_POST
@requires(Capability.PICTURES_WRITE)
def restore(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    _own_picture(request, ref)
    try:
        restored = services.restore_version(request.actor, ref, number)
    except PictureVersion.DoesNotExist as error:
        raise Http404 from error
    words = _("The texts of version %(old)d are back, as version %(new)d.")
    messages.success(request, words % {"old": number, "new": restored.number})
    return redirect("reports:picture", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_WRITE)
def share(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    """Asks first: a draft that leaves the municipality becomes a public document."""
    found = _own_picture(request, ref)
    version = _version_or_404(request.actor, found, number)
    if request.method == "POST":
        services.share_draft(request.actor, ref, number)
        messages.success(request, _("The draft is shared, and is now a public document."))
        return redirect("reports:picture", ref)
    return render(
        request, "reports/share.html", {"picture": found, "version": version, **_names(found)}
    )


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_DECIDE)
def decide(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    actor = request.actor
    found = _own_picture(request, ref)
    version = _version_or_404(actor, found, number)
    hindered = hindrances(version.texts, is_decided=version.is_decided)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate(actor.at)
    )
    if request.method == "POST" and form.is_valid():
        for hindrance in hindered:
            form.add_error(None, hindrance_words(hindrance))
        if not hindered:
            services.mark_as_decided(actor, ref, number, form.decision())
            messages.success(request, _("The version is marked as decided."))
            return redirect("reports:picture", ref)
    context = {
        "picture": found,
        "version": version,
        "form": form,
        "hindrances": [hindrance_words(each) for each in hindered],
        **_names(found),
    }
    return render(request, "reports/decide.html", context)


@require_GET
@requires(Capability.PICTURES_READ)
def download(request: ActorRequest, ref: str, kind: str) -> HttpResponseBase:
    try:
        output_format = OutputFormat(kind)
    except ValueError as error:
        raise Http404 from error
    found, version = _picture_and_version(request, ref)
    language = Language.of(request.GET.get("language", "") or _language(request).value)
    made = output_file(_content(request, found, version, language), output_format)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _collision(
    request: ActorRequest, found: SituationalPicture, collision: Collision
) -> HttpResponse:
    """Both texts side by side; what is saved from here starts from the latest version."""
    form = SectionForm(initial={"text": collision.mine, "based_on": collision.latest_number})
    context = {
        "picture": found,
        "heading": BY_SECTION[collision.section],
        "collision": collision,
        "changes": differences(collision.theirs, collision.mine),
        "form": form,
        **_names(found),
    }
    return render(request, "reports/write.html", context, status=409)


def _picture(request: ActorRequest, ref: str) -> SituationalPicture:
    found = selectors.picture(request.actor, ref)
    if found is None:
        raise Http404
    return found


def _own_picture(request: ActorRequest, ref: str) -> SituationalPicture:
    """Another party's picture is read, never written."""
    found = _picture(request, ref)
    if not _may_write(request.actor, found):
        raise Http404
    return found


def _may_write(actor: Actor, found: SituationalPicture) -> bool:
    return actor.may(Capability.PICTURES_WRITE) and found.owner_id == actor.party_id


def _picture_and_version(
    request: ActorRequest, ref: str
) -> tuple[SituationalPicture, PictureVersion]:
    found = _picture(request, ref)
    asked = request.GET.get("version", "")
    if asked and not asked.isdecimal():
        raise Http404
    return found, _version_or_404(request.actor, found, int(asked) if asked else None)


def _version_or_404(actor: Actor, found: SituationalPicture, number: int | None) -> PictureVersion:
    version = selectors.version(actor, found, number)
    if version is None:
        raise Http404
    return version


def _content(
    request: ActorRequest, found: SituationalPicture, version: PictureVersion, language: Language
) -> PictureContent:
    content = compose(request.actor, found.municipality.code, found.period_start, version, language)
    if content is None:
        raise Http404
    return content


def _row(actor: Actor, found: SituationalPicture) -> dict[str, Any]:
    return {"picture": found, "version": selectors.version(actor, found, None), **_names(found)}


def _clocks(actor: Actor) -> list[dict[str, Any]]:
    return [
        {"place": place, "words": clock_words(clock), "tone": clock_tone(clock)}
        for place in municipalities_of(actor)
        for clock in [selectors.law_clock(actor, place.code)]
    ]


def _names(found: SituationalPicture) -> dict[str, Any]:
    language = Language.of(get_language() or "sv")
    return {"place": found.municipality, "month": month_name(found.period_start, language)}


def _headings(version: PictureVersion) -> list[str]:
    titles = {heading.section.value: str(heading.title) for heading in WRITTEN}
    return [titles[name] for name in version.changed_sections if name in titles]


def _language(request: ActorRequest) -> Language:
    return Language.of(get_language() or request.actor.language)


def _month_before(actor: Actor) -> date:
    """The last month that has ended."""
    return (timezone.localdate(actor.at).replace(day=1) - timedelta(days=1)).replace(day=1)
