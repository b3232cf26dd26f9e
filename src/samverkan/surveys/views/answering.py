"""Answering: no account, no cookie, no script, nothing kept of who answered."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from samverkan.platform.access.http import ActorRequest, public
from samverkan.platform.refs import LENGTH, new_ref
from samverkan.statistics.statements import language_now

from .. import selectors, services
from ..forms import AnswerForm
from ..models import OpenSurvey
from ..rate import may_answer
from ..rules import Phase


# The answer is the same whoever is signed in, so there is nothing to forge: no cookie is needed.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@public
def answer(request: ActorRequest, code: str) -> HttpResponseBase:
    found = selectors.survey_to_answer(request.actor, code)
    if found is None:
        raise Http404
    survey, phase = found
    if phase is not Phase.OPEN:
        return _message(request, survey, "closed" if phase is Phase.CLOSED else "coming", 410)
    token = request.POST.get("token") or request.GET.get("blad", "")
    if survey.way == OpenSurvey.Way.SHEETS and not token:
        return _message(request, survey, "needs_sheet", 400)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, survey=survey, language=language_now()
    )
    if request.method == "POST" and form.is_valid():
        if not may_answer(request.META.get("REMOTE_ADDR", ""), code):
            return _message(request, survey, "too_many", 429)
        return _received(request, survey, form, token)
    context = {"survey": survey, "form": form, "once": _once(request), "token": token[:40]}
    return render(request, "surveys/answer.html", context, status=400 if form.errors else 200)


@require_GET
@public
def thanks(request: ActorRequest, code: str) -> HttpResponseBase:
    found = selectors.survey_to_answer(request.actor, code)
    if found is None:
        raise Http404
    return _message(request, found[0], "thanks", 200)


def _received(
    request: ActorRequest, survey: OpenSurvey, form: AnswerForm, token: str
) -> HttpResponseBase:
    try:
        services.receive_answer(
            request.actor,
            survey.code,
            form.choices(),
            form.cleaned_data.get("group", ""),
            once=request.POST.get("once", "")[:64],
            token=token,
        )
    except services.ClosedError:
        return _message(request, survey, "closed", 410)
    except services.SheetError:
        return _message(request, survey, "sheet_used", 409)
    return redirect(reverse("surveys:thanks", args=[survey.code]))


def _once(request: ActorRequest) -> str:
    """The form's own word: kept when the form comes back with something to mend."""
    given = request.POST.get("once", "")
    return given if len(given) == LENGTH and given.isalnum() else new_ref()


def _message(request: ActorRequest, survey: OpenSurvey, kind: str, status: int) -> HttpResponse:
    return render(request, "surveys/message.html", {"survey": survey, "kind": kind}, status=status)
