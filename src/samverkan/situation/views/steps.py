"""Taking a step in a problem's or a measure's life."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.states import IllegalTransitionError

from ..forms.measures import OutcomeForm
from ..forms.problems import ReasonForm, SetAsideForm
from ..gap_words import GAP_WORDS
from ..lives import MEASURE, PROBLEM
from ..rules.gates import Given
from ..selectors.tracks import WITH_WORDS
from ..services.steps import GateError, Said, step_measure, step_problem
from .form_pages import FormPage, show_form
from .found import measure_or_404, problem_or_404, trail_of


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def step_of_problem(request: ActorRequest, ref: str, event: str) -> HttpResponse:
    found = problem_or_404(request, ref, to_write=True)
    if event not in {each.key for each in PROBLEM.events}:
        raise Http404
    back = reverse("situation:problem", args=[ref])
    form = None
    if event in WITH_WORDS:
        today = timezone.localdate(request.actor.at)
        form = SetAsideForm(request.POST if request.method == "POST" else None, today=today)
    page = FormPage(
        title=str(PROBLEM.event(event).label),
        submit=str(PROBLEM.event(event).label),
        back_url=back,
        trail=trail_of(found),
        lead=_("To choose not to work with something is a result too, when the reason is kept.")
        if event == "set_aside"
        else found.title,
    )
    if form is not None and not (request.method == "POST" and form.is_valid()):
        return show_form(request, form, page)
    if form is None and request.method == "GET":
        return show_form(request, Form(), page)
    said = Said(_given(form)) if form else Said()
    try:
        step_problem(request.actor, ref, event, said)
    except GateError as error:
        _say_gaps(request, error)
    except IllegalTransitionError:
        messages.warning(request, _("The problem has moved on meanwhile. Look at it again."))
    else:
        messages.success(request, _("Saved."))
    return redirect(back)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROBLEMS_WRITE)
def step_of_measure(request: ActorRequest, ref: str, event: str) -> HttpResponse:
    found = measure_or_404(request, ref, to_write=True)
    if event not in {each.key for each in MEASURE.events}:
        raise Http404
    back = reverse("situation:measure", args=[ref])
    data = request.POST if request.method == "POST" else None
    form: Form | None = None
    if event == "stop":
        form = ReasonForm(data)
    elif event == "follow_up":
        form = OutcomeForm(data, initial={"outcome": found.outcome})
    page = FormPage(
        title=str(MEASURE.event(event).label),
        submit=str(MEASURE.event(event).label),
        back_url=back,
        trail=(*trail_of(found.problem), (found.title, back)),
        lead=found.title,
    )
    if form is not None and not (data is not None and form.is_valid()):
        return show_form(request, form, page)
    if form is None and request.method == "GET":
        return show_form(request, Form(), page)
    values = form.cleaned_data if form else {}
    said = Said(Given(reason=values.get("reason", "")), values.get("outcome", ""))
    try:
        step_measure(request.actor, ref, event, said)
    except GateError as error:
        _say_gaps(request, error)
    except IllegalTransitionError:
        messages.warning(request, _("The measure has moved on meanwhile. Look at it again."))
    else:
        messages.success(request, _("Saved."))
    return redirect(back)


def _given(form: SetAsideForm) -> Given:
    return Given(form.cleaned_data["reason"], form.cleaned_data["reconsider_on"])


def _say_gaps(request: ActorRequest, error: GateError) -> None:
    missing = " ".join(str(GAP_WORDS[gap]) for gap in error.gaps)
    messages.error(request, _("Not yet. Missing: %(what)s") % {"what": missing})
