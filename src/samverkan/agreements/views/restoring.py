"""An earlier version of a draft, brought back as its new text."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import reading
from ..services import writing
from .common import agreement_or_404


@require_http_methods(["GET", "POST"])
@requires(Capability.AGREEMENTS_WRITE)
def restore(request: ActorRequest, ref: str, number: int) -> HttpResponse:
    """Shows what it would change before it is done."""
    found = agreement_or_404(request, ref)
    preview = reading.restoring(request.actor, found, number)
    if preview is None or not reading.doors(request.actor, found).write:
        raise Http404
    has_moved = False
    if request.method == "POST":
        asked = request.POST.get("based_on", "")
        based_on = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
        try:
            made = writing.restore_version(request.actor, ref, number, based_on=based_on)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("agreements:history", ref)
        if made is not None:
            words = _("Version %(from)d is brought back as version %(number)d.")
            messages.success(request, words % {"from": number, "number": made.number})
            return redirect("agreements:agreement", ref)
        has_moved = True
    context = {
        "agreement": found,
        "number": number,
        "latest": preview.latest,
        "parts": preview.parts,
        "left_out": preview.left_out,
        "has_moved": has_moved,
    }
    return render(request, "agreements/restore.html", context)
