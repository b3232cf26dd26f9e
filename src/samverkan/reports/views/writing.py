"""The lägesbild written: sections, earlier versions, sharing, decisions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import services
from ..differences import differences
from ..forms import DecisionForm, SectionForm
from ..models import PictureVersion, SituationalPicture
from ..presentation import hindrance_words
from ..rules import Collision, hindrances
from ..sections import heading_of
from .common import (
    names_of,
    own_picture,
    version_or_404,
)


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_WRITE)
def write(request: ActorRequest, ref: str, section: str) -> HttpResponseBase:
    found = own_picture(request, ref)
    heading = heading_of(found.kind, section)
    if heading is None or not heading.is_written:
        raise Http404
    latest = version_or_404(request.actor, found, None)
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
    context = {"picture": found, "heading": heading, "form": form, **names_of(found)}
    return render(request, "reports/write.html", context)


@require_POST
@requires(Capability.PICTURES_WRITE)
def restore(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    own_picture(request, ref)
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
    found = own_picture(request, ref)
    version = version_or_404(request.actor, found, number)
    if request.method == "POST":
        services.share_draft(request.actor, ref, number)
        messages.success(request, _("The draft is shared, and is now a public document."))
        return redirect("reports:picture", ref)
    return render(
        request, "reports/share.html", {"picture": found, "version": version, **names_of(found)}
    )


@require_http_methods(["GET", "POST"])
@requires(Capability.PICTURES_DECIDE)
def decide(request: ActorRequest, ref: str, number: int) -> HttpResponseBase:
    actor = request.actor
    found = own_picture(request, ref)
    version = version_or_404(actor, found, number)
    hindered = hindrances(version.texts, kind=found.kind, is_decided=version.is_decided)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate(actor.at)
    )
    if request.method == "POST" and form.is_valid():
        for hindrance in hindered:
            form.add_error(None, hindrance_words(hindrance, found.kind))
        if not hindered:
            services.mark_as_decided(actor, ref, number, form.decision())
            messages.success(request, _("The version is marked as decided."))
            return redirect("reports:picture", ref)
    context = {
        "picture": found,
        "version": version,
        "form": form,
        "hindrances": [hindrance_words(each, found.kind) for each in hindered],
        **names_of(found),
    }
    return render(request, "reports/decide.html", context)


def _collision(
    request: ActorRequest, found: SituationalPicture, collision: Collision
) -> HttpResponse:
    """Both texts side by side; what is saved from here starts from the latest version."""
    form = SectionForm(initial={"text": collision.mine, "based_on": collision.latest_number})
    context = {
        "picture": found,
        "heading": heading_of(found.kind, collision.section),
        "collision": collision,
        "changes": differences(collision.theirs, collision.mine),
        "form": form,
        **names_of(found),
    }
    return render(request, "reports/write.html", context, status=409)
