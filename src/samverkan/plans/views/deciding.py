"""The plan's way to a decision, its follow-ups, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires

from .. import pages, sources
from ..content import content_of, missing_in
from ..forms.deciding import DecisionForm, FollowUpForm, ProposalForm, ReasonForm
from ..models import Plan
from ..services import deciding, following
from .common import FormPage, carried_out, own_plan_or_404, show_form, trail_of, url_of


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def propose(request: ActorRequest, ref: str) -> HttpResponse:
    found = own_plan_or_404(request, ref, "propose")
    missing = missing_in(content_of(request.actor, found))
    page = FormPage(
        title=_("Propose for decision"),
        submit=_("Propose the plan"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_(
            "The plan then stands as it is, and comes up on the strategic council's agenda. The "
            "council recommends; the municipality's own body decides."
        ),
        warning=_(
            "Those who read your plans can read it from then on, in other organisations too where "
            "a clause lets them: with that the draft has been sent, and is a public document."
        ),
        template="plans/propose.html",
        extra={"missing": pages.missing_lines(found, missing)},
    )
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        saved = carried_out(form, lambda: deciding.propose(request.actor, ref))
        if saved is not None:
            messages.success(request, _("The plan is proposed for decision."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def take_back(request: ActorRequest, ref: str) -> HttpResponse:
    found = own_plan_or_404(request, ref, "take_back")
    lead = _("The plan becomes a draft again. What was proposed is kept in its history.")
    page = _reason_page(found, _("Open for changes"), _("Open the plan"), lead)
    return _turn(request, found, page, deciding.take_back)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def end(request: ActorRequest, ref: str) -> HttpResponse:
    found = own_plan_or_404(request, ref, "end")
    lead = _("The plan no longer holds, and no new one takes its place. It can still be read.")
    page = _reason_page(found, _("End the plan"), _("End the plan"), lead, is_danger=True)
    return _turn(request, found, page, deciding.end)


@require_POST
@requires(Capability.PLANS_WRITE)
def discard(request: ActorRequest, ref: str) -> HttpResponse:
    own_plan_or_404(request, ref, "discard")
    deciding.discard(request.actor, ref)
    messages.success(request, _("The draft is discarded."))
    return redirect("plans:plans")


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def decide(request: ActorRequest, ref: str) -> HttpResponse:
    found = own_plan_or_404(request, ref, "decide")
    form = DecisionForm(request.POST if request.method == "POST" else None)
    page = FormPage(
        title=_("Register the decision"),
        submit=_("Register the decision"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_(
            "Write the decision as it stands in the minutes. It shows in the law's ledger that the "
            "plan is decided (5 §), and sets the clock for its follow-up (6 §)."
        ),
        warning=_("When it is registered, plan %(number)d is replaced by this one.")
        % {"number": found.revises.number}
        if found.revises
        else "",
    )
    if request.method == "POST" and form.is_valid():
        saved = carried_out(form, lambda: deciding.decide(request.actor, ref, form.decision()))
        if saved is not None:
            messages.success(request, _("The decision is registered."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def follow_up(request: ActorRequest, ref: str) -> HttpResponse:
    actor = request.actor
    found = own_plan_or_404(request, ref, "follow_up")
    measures = content_of(actor, found).open_measures
    now = {each.ref: sources.measure_now(actor, each.measure_ref) for each in measures}
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        measures=measures,
        said={key: standing.outcome for key, standing in now.items() if standing},
    )
    page = FormPage(
        title=_("Follow up the plan"),
        submit=_("Register the follow-up"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_(
            "Say of each measure how it stands. What the figures have said of its effect is kept "
            "with it. The follow-up shows in the law's ledger (6 §)."
        ),
        template="plans/follow_up.html",
        extra={"lines": [(*line, now[line[0].ref]) for line in form.lines()], "head": form.head()},
    )
    if request.method == "POST" and form.is_valid():
        saved = carried_out(
            form,
            lambda: following.follow_up(
                actor, ref, form.text(), is_confirmed=form.cleaned_data["is_confirmed"]
            ),
        )
        if saved is not None:
            messages.success(request, _("The follow-up is registered."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


def _reason_page(
    found: Plan, title: str, submit: str, lead: str, *, is_danger: bool = False
) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back_url=url_of(found),
        trail=trail_of(found),
        lead=lead,
        is_danger=is_danger,
    )


def _turn(
    request: ActorRequest, found: Plan, page: FormPage, act: Callable[..., Any]
) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        saved = carried_out(
            form,
            lambda: act(
                request.actor, found.ref, answers["reason"], is_confirmed=answers["is_confirmed"]
            ),
        )
        if saved is not None:
            messages.success(request, _("Noted."))
            return redirect("plans:plan", found.ref)
    return show_form(request, form, page)
