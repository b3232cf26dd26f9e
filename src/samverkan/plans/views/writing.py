"""A plan built: begun, its facts, its problems and measures, and a revision of an earlier one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.design.guarded_text import ConfirmedForm
from samverkan.platform.months import months_after

from .. import selectors, sources
from ..forms.writing import FactsForm, ProblemForm, ProblemsForm, RevisionForm
from ..models import Plan
from ..services import building, revising
from .common import (
    FormPage,
    carried_out,
    own_draft_or_404,
    own_plan_or_404,
    saved_over,
    show_form,
    trail_of,
    url_of,
)

# A plan is written for as long as the law lets it stand without a follow-up.
PLAN_MONTHS = 24


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def new(request: ActorRequest) -> HttpResponse:
    form = _facts_form(request, None)
    page = FormPage(
        title=_("Write an action plan"),
        submit=_("Save, and choose problems"),
        back_url=reverse("plans:plans"),
        trail=trail_of(None),
        lead=_(
            "The plan is built from the problems that you have prioritised, and refers to one "
            "decided situational picture. Only your organisation sees the draft."
        ),
    )
    if request.method == "POST" and form.is_valid():
        made = carried_out(
            form,
            lambda: building.begin_plan(
                request.actor,
                form.cleaned_data["municipality"],
                form.facts(),
                is_confirmed=form.cleaned_data["is_confirmed"],
            ),
        )
        if made is not None:
            return redirect("plans:problems", made.ref)
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def facts(request: ActorRequest, ref: str) -> HttpResponse:
    found = own_draft_or_404(request, ref)
    form = _facts_form(request, found)
    page = FormPage(
        title=_("Title, period and picture"),
        submit=_("Save"),
        back_url=url_of(found),
        trail=trail_of(found),
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        is_saved, clash = saved_over(
            form,
            lambda: building.edit_facts(
                request.actor,
                ref,
                form.facts(),
                form.cleaned_data["edition"] or 0,
                is_confirmed=form.cleaned_data["is_confirmed"],
            ),
        )
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page, clash)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def problems(request: ActorRequest, ref: str) -> HttpResponse:
    """One form chooses among the prioritised problems; their measures come along."""
    found = own_draft_or_404(request, ref)
    offered = sources.candidates(request.actor, found.municipality.code)
    chosen = selectors.chosen_refs(request.actor, found)
    form = ProblemsForm(
        request.POST if request.method == "POST" else None,
        choices=_problem_choices(request.actor, found, offered),
        initial={"problems": chosen},
    )
    page = FormPage(
        title=_("Choose problems"),
        submit=_("Take up the chosen problems"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_("Their measures come along as they are written: nothing is typed twice."),
        template="plans/problems.html",
        extra={"offered": offered, "plan": found},
    )
    if request.method == "POST" and form.is_valid():
        saved = carried_out(
            form,
            lambda: building.choose_problems(request.actor, ref, form.cleaned_data["problems"]),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page)


def _problem_choices(
    actor: Actor, found: Plan, offered: sources.Candidates
) -> list[tuple[str, str]]:
    """The prioritised, and what already stands in the plan though it has left the grid."""
    made = [(each.ref, _candidate_words(each)) for each in offered.prioritised]
    known = {ref for ref, _words in made}
    titles = {each.ref: each.name for each in offered.deselected}
    for ref in selectors.chosen_refs(actor, found):
        if ref not in known:
            name = titles.get(ref) or _name_of(actor, found, ref)
            words = _("%(title)s (no longer prioritised)") % {"title": name}
            made.append((ref, words))
    return made


def _name_of(actor: Actor, found: Plan, problem_ref: str) -> str:
    return next(
        (row.name for row in selectors.problems(actor, found) if row.problem_ref == problem_ref),
        "",
    )


def _candidate_words(each: sources.Candidate) -> str:
    measures = ngettext("%(number)d measure", "%(number)d measures", each.measures)
    return f"{each.grid_number}. {each.title} ({measures % {'number': each.measures}})"


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def problem(request: ActorRequest, ref: str, problem_ref: str) -> HttpResponse:
    found = own_draft_or_404(request, ref)
    row = selectors.problem_of(request.actor, found, problem_ref)
    if row is None:
        raise Http404
    form = ProblemForm(
        request.POST if request.method == "POST" else None,
        initial={"reason": row.reason, "goal": row.goal, "edition": row.edition},
    )
    page = FormPage(title=row.name, submit=_("Save"), back_url=url_of(found), trail=trail_of(found))
    clash = None
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        is_saved, clash = saved_over(
            form,
            lambda: building.edit_problem(
                request.actor,
                ref,
                problem_ref,
                answers["reason"],
                answers["goal"],
                answers["edition"] or 0,
                is_confirmed=answers["is_confirmed"],
            ),
        )
        if is_saved:
            messages.success(request, _("Saved."))
            return redirect("plans:plan", ref)
    return show_form(request, form, page, clash)


@require_POST
@requires(Capability.PLANS_WRITE)
def fetch(request: ActorRequest, ref: str, problem_ref: str) -> HttpResponse:
    """The measures that the problem has got since it was taken up."""
    found = own_draft_or_404(request, ref)
    if selectors.problem_of(request.actor, found, problem_ref) is None:
        raise Http404
    number = building.fetch_measures(request.actor, ref, problem_ref)
    words = ngettext("%(number)d measure came in.", "%(number)d measures came in.", number)
    said = words % {"number": number} if number else _("The problem has no further measures.")
    messages.success(request, said)
    return redirect("plans:plan", ref)


@require_http_methods(["GET", "POST"])
@requires(Capability.PLANS_WRITE)
def revise(request: ActorRequest, ref: str) -> HttpResponse:
    """A new draft from a decided plan: what is open comes along."""
    found = own_plan_or_404(request, ref, "revise")
    first = max(found.valid_to, timezone.localdate(request.actor.at))
    initial = {"valid_from": first, "valid_to": months_after(first, PLAN_MONTHS)}
    form = RevisionForm(request.POST if request.method == "POST" else None, initial=initial)
    page = FormPage(
        title=_("Revise the plan"),
        submit=_("Begin the new plan"),
        back_url=url_of(found),
        trail=trail_of(found),
        lead=_(
            "A new draft is made on the latest decided picture. Measures that are open come along, "
            "and the ended ones stand in the comparison with what came of them. This plan holds "
            "until the new one is decided."
        ),
    )
    if request.method == "POST" and form.is_valid():
        made = carried_out(form, lambda: _revision(request.actor, ref, form))
        if made is not None:
            messages.success(request, _("The draft of the new plan is begun."))
            return redirect("plans:plan", made.ref)
    return show_form(request, form, page)


def _revision(actor: Actor, ref: str, form: ConfirmedForm) -> Plan:
    answers = form.cleaned_data
    return revising.begin_revision(actor, ref, answers["valid_from"], answers["valid_to"])


def _facts_form(request: ActorRequest, found: Plan | None) -> FactsForm:
    actor = request.actor
    places = [found.municipality] if found else _own_places(actor)
    versions = [
        version for place in places for version in sources.own_decided_pictures(actor, place.code)
    ]
    return FactsForm(
        request.POST if request.method == "POST" else None,
        places=[(place.code, place.name) for place in places],
        pictures=[(each.ref, sources.picture_words(each)) for each in versions],
        initial=_initial(found, versions) if found else _first_words(actor, versions),
    )


def _own_places(actor: Actor) -> list[Any]:
    found = []
    for place in municipalities_of(actor):
        owner = party_of_municipality(actor, place.code)
        if owner is not None and owner.pk == actor.party_id:
            found.append(place)
    return found


def _initial(found: Plan, versions: list[Any]) -> dict[str, Any]:
    picture = next((each.ref for each in versions if each.pk == found.picture_version_id), "")
    names = ("title", "summary", "valid_from", "valid_to", "edition")
    return {name: getattr(found, name) for name in names} | {
        "municipality": found.municipality.code,
        "picture": picture,
    }


def _first_words(actor: Actor, versions: list[Any]) -> dict[str, Any]:
    """Two whole years from the next one, on the latest decided picture."""
    first = timezone.localdate(actor.at).replace(month=1, day=1)
    first = first.replace(year=first.year + 1)
    title = _("Action plan against crime %(first)d–%(last)d") % {
        "first": first.year,
        "last": first.year + 1,
    }
    return {
        "title": title,
        "valid_from": first,
        "valid_to": months_after(first, PLAN_MONTHS),
        "picture": versions[0].ref if versions else "",
        "edition": 0,
    }
