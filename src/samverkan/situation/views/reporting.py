"""Report from the field: the page, the way in for a queue that was offline, and the live guard."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.selectors import actor_for, functions_held
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, public, requires, signed_in
from samverkan.platform.accounts.models import User
from samverkan.platform.design.offline import owner_of, owner_tag

from ..forms.report import ReportForm
from ..models import Incident
from ..report_guard import judge
from ..report_guard_words import as_json
from ..reporting_times import is_noticeable, may_still_come, written_at
from ..selectors.own_duty import own_weeks
from ..selectors.reporting_choices import (
    report_municipalities,
    reportable_categories,
    reportable_places,
)
from ..selectors.review import own_returned
from ..services.nothing import NoDutyError, say_nothing_to_report, take_back_nothing
from ..services.reporting import NoOwnerError, receive_report
from ..weeks import read_week
from .report_page import choices_of_form, shell_choices

LARGEST = 20_000
LONGEST_CHECKED = 4_000
# The moments at which the person's functions are asked for, in days before now.
LOOKED_BACK = (0, 7, 14, 90)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def report(request: ActorRequest) -> HttpResponseBase:
    """The page; its form works without a script, one report at a time.

    Somebody whose function has ended, or never reported, meets only what waits on the device.
    """
    if not request.actor.may(Capability.INCIDENTS_REPORT):
        return render(request, "situation/report_ended.html", _addresses(), status=403)
    if request.method == "POST":
        form = ReportForm(request.POST, actor=request.actor)
        if form.is_valid() and _take_in(form):
            return _thank(request, form)
        return render(request, "situation/report.html", _context(request, form), status=422)
    return render(request, "situation/report.html", _context(request, None))


@require_GET
@public
def shell(request: ActorRequest) -> HttpResponse:
    """The same form without anybody's data: what an installed app keeps."""
    context = {"is_shell": True, "choices": shell_choices(), "new_key": "", **_addresses()}
    return render(request, "situation/report.html", context)


@never_cache
@require_GET
@public
def session(request: ActorRequest) -> JsonResponse:
    """Who acts now, a fresh key for sending, and what can be chosen: asked before sending."""
    actor = request.actor
    if not isinstance(request.user, User):
        return JsonResponse({"signed_in": False, "owner": ""})
    told = {
        "signed_in": True,
        "owner": owner_of(actor),
        "owners": owners(request.user, actor.at),
        "csrf": get_token(request),
    }
    if not actor.may(Capability.INCIDENTS_REPORT):
        return JsonResponse(told)
    return JsonResponse(
        {
            **told,
            "function": actor.function_ref,
            "title": actor.function_title,
            "municipalities": [
                _of_municipality(actor, *each) for each in report_municipalities(actor)
            ],
        }
    )


@require_POST
@public
def send(request: ActorRequest) -> JsonResponse:
    """One report of a queue; the same report sent again gets the same answer."""
    actor = request.actor
    if actor.is_anonymous or not isinstance(request.user, User):
        return _answer("signed_out", _("Sign in again. The report stays here meanwhile."), 401)
    content = _content(request)
    if content is None:
        return _answer("unreadable", _("The report could not be read."), 400)
    function_ref = str(content.get("function", ""))
    if not constant_time_compare(
        owner_tag(request.user.pk, function_ref), str(content.get("owner", ""))
    ):
        return _answer("other_owner", _("The report belongs to somebody else's function."), 409)
    sender = _sender(request.user, actor, function_ref, content)
    if sender is None:
        words = _(
            "Your time in the function has ended, and the report is too old to be sent. "
            "It stays on this device: give it to whoever holds the function now."
        )
        return _answer("function_ended", words, 403)
    return _receive(ReportForm(content, actor=sender))


@require_POST
@requires()
def check(request: ActorRequest) -> JsonResponse:
    """What the guard finds in a text that is being written. Neither kept nor logged."""
    is_home = request.POST.get("setting") == Incident.Setting.HOME
    text = request.POST.get("text", "")[:LONGEST_CHECKED]
    return JsonResponse({"found": as_json(judge(text, is_home=is_home))})


@require_POST
@requires(Capability.INCIDENTS_REPORT)
def nothing(request: ActorRequest) -> HttpResponse:
    """One tap: nothing to report for the week, or (`angra`) the word taken back."""
    week = read_week(request.POST.get("vecka", ""))
    offered = {each.week for each in own_weeks(request.actor)}
    if week is None or week not in offered:
        messages.error(request, _("Your unit is not expected to report for that week."))
        return redirect("situation:report")
    try:
        if request.POST.get("angra"):
            take_back_nothing(request.actor, week)
            words = _("Taken back: week %(week)d waits for your report.")
        else:
            say_nothing_to_report(request.actor, week)
            words = _("Thank you. Nothing to report for week %(week)d is an answer that counts.")
    except NoDutyError:
        messages.error(request, _("Your unit is not expected to report for that week."))
        return redirect("situation:report")
    messages.success(request, words % {"week": week % 100})
    return redirect("situation:report")


def _take_in(form: ReportForm) -> bool:
    try:
        receive_report(form.actor, form.report())
    except NoOwnerError:
        form.add_error("municipality", _("The municipality does not take in reports here."))
        return False
    return True


def _receive(form: ReportForm) -> JsonResponse:
    if not form.is_valid():
        return _refusal(form)
    try:
        received = receive_report(form.actor, form.report())
    except NoOwnerError:
        form.add_error("municipality", _("The municipality does not take in reports here."))
        return _refusal(form)
    content = {
        "status": "received",
        "ref": received.incident_ref,
        "clock": _clock_words(form),
    }
    return JsonResponse(content, status=201 if received.is_new else 200)


def _refusal(form: ReportForm) -> JsonResponse:
    content = {
        "status": "refused",
        "errors": {name: [str(each) for each in errors] for name, errors in form.errors.items()},
        "found": as_json(form.found),
        "clock": _clock_words(form),
    }
    return JsonResponse(content, status=422)


def _answer(status: str, message: str, code: int) -> JsonResponse:
    return JsonResponse({"status": status, "message": message}, status=code)


def _content(request: HttpRequest) -> dict[str, Any] | None:
    """The body as an object whose values are texts (`confirmed`: a list of texts)."""
    if len(request.body) > LARGEST:
        return None
    try:
        content = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    return {
        key: value
        for key, value in content.items()
        if isinstance(value, str) or (key == "confirmed" and isinstance(value, list))
    }


def _sender(user: User, actor: Actor, function_ref: str, content: dict[str, Any]) -> Actor | None:
    """Who reports: in the function of the queue, held now, or when the report was written."""
    now = actor_for(user, function_ref, actor.at)
    if now.function_ref == function_ref and now.may(Capability.INCIDENTS_REPORT):
        return now
    form = ReportForm(content, actor=actor)
    form.is_valid()
    written = written_at(form.cleaned_data.get("written_at"), form.ahead, actor.at)
    if not may_still_come(written, actor.at):
        return None
    then = actor_for(user, function_ref, written)
    if then.function_ref != function_ref or not then.may(Capability.INCIDENTS_REPORT):
        return None
    # The rights are those of the moment of writing; the trail tells when it came.
    return replace(then, at=actor.at)


def _clock_words(form: ReportForm) -> str:
    if not is_noticeable(form.ahead):
        return ""
    minutes = round(abs(form.ahead).total_seconds() / 60)
    number, text = minutes, ngettext("%(number)d minute", "%(number)d minutes", minutes)
    if minutes >= 2 * 24 * 60:
        number = round(minutes / (24 * 60))
        text = ngettext("%(number)d day", "%(number)d days", number)
    elif minutes >= 2 * 60:
        number = round(minutes / 60)
        text = ngettext("%(number)d hour", "%(number)d hours", number)
    late_or_early = (
        _("Your device's clock is about %(time)s fast; we used ours.")
        if form.ahead.total_seconds() > 0
        else _("Your device's clock is about %(time)s slow; we used ours.")
    )
    return late_or_early % {"time": text % {"number": number}}


def _thank(request: ActorRequest, form: ReportForm) -> HttpResponse:
    messages.success(request, _("Thank you. Your report has come in."))
    if _clock_words(form):
        messages.warning(request, _clock_words(form))
    if "again" not in request.POST:
        return redirect("situation:report")
    kept = "&".join(
        f"{name}={request.POST[name]}"
        for name in ("municipality", "place", "when")
        if request.POST.get(name, "").replace("_", "").isalnum()
    )
    return redirect(f"{reverse('situation:report')}?{kept}")


def owners(user: User, at: datetime) -> list[str]:
    """Under which functions the person may have written what still waits on a device."""
    refs = {
        held.ref for days in LOOKED_BACK for held in functions_held(user, at - timedelta(days=days))
    }
    return sorted(owner_tag(user.pk, ref) for ref in refs)


def _of_municipality(actor: Actor, code: str, name: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "places": [asdict(each) for each in reportable_places(actor, code)],
        "categories": [asdict(each) for each in reportable_categories(actor, code)],
    }


def _addresses() -> dict[str, str]:
    return {
        "session_url": reverse("situation:report_session"),
        "send_url": reverse("situation:send_report"),
        "check_url": reverse("situation:check_text"),
    }


def _context(request: ActorRequest, form: ReportForm | None) -> dict[str, Any]:
    actor = request.actor
    return {
        "form": form,
        "choices": choices_of_form(request, form),
        "weeks": own_weeks(actor),
        "returned": own_returned(actor),
        "new_key": str(uuid4()),
        **_addresses(),
    }
