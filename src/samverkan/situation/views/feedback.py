"""Feedback: what became of the unit's own reports, and the coordinator's word back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.visits import last_visit

from ..forms.feedback import AnswerForm
from ..selectors.feedback import own_reports
from ..selectors.incidents import incident
from ..selectors.review import own_returned
from ..services.feedback import answer_report


@require_GET
@requires(Capability.INCIDENTS_REPORT)
def my_reports(request: ActorRequest) -> HttpResponse:
    since = last_visit(request.actor)
    reports, has_older = own_reports(request.actor, since=since, before=request.GET.get("fore", ""))
    base = reverse("situation:my_reports")
    context = {
        "reports": reports,
        "waiting": own_returned(request.actor),
        "new": sum(each.is_new for each in reports),
        "since": since,
        "newer_url": base if request.GET.get("fore") else "",
        "older_url": f"{base}?fore={reports[-1].incident.ref}" if has_older else "",
    }
    return render(request, "situation/my_reports.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.INCIDENTS_REVIEW)
def answer(request: ActorRequest, ref: str) -> HttpResponseBase:
    found = incident(request.actor, ref)
    if found is None or found.owner_id != request.actor.party_id:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer_report(request.actor, ref, form.cleaned_data["kind"], form.cleaned_data["text"])
        messages.success(request, _("The reporter sees your answer."))
        return redirect("situation:incident", ref)
    return render(request, "situation/answer.html", {"form": form, "incident": found})
