"""The desk: choose, see what is hidden and why, publish, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samverkan.organisations.selectors import municipalities_of, party_of_municipality
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.statistics.definitions import series_definitions
from samverkan.statistics.statements import language_now

from .. import selectors, services
from ..composition import Choice, Draft, compose
from ..forms import ChoiceForm, WithdrawForm
from ..models import PublishedVersion
from ..presentation import count_table
from ..protection import CannotProtectError, Reason


@dataclass(frozen=True)
class HiddenCell:
    series: str
    year: int
    why: str


@require_GET
@requires(Capability.PUBLICATION_WRITE)
def desk(request: ActorRequest) -> HttpResponseBase:
    rows = []
    for place in municipalities_of(request.actor):
        owner = party_of_municipality(request.actor, place.code)
        if owner is not None and owner.pk == request.actor.party_id:
            rows.append((place, selectors.publications(request.actor, place.code)))
    return render(request, "publication/desk.html", {"rows": rows})


@require_GET
@requires(Capability.PUBLICATION_WRITE)
def choose(request: ActorRequest, code: str) -> HttpResponseBase:
    _own_or_404(request, code)
    before = selectors.last_choice(request.actor, code)
    form = _form(request, code, initial=before or {"with_pledges": True, "with_answers": True})
    return render(
        request, "publication/choose.html", {"form": form, "place": _place(request, code)}
    )


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def preview(request: ActorRequest, code: str) -> HttpResponseBase:
    _own_or_404(request, code)
    form = _form(request, code, data=request.POST)
    if not form.is_valid():
        return _choose_again(request, code, form)
    try:
        draft = compose(request.actor, code, form.choice())
    except CannotProtectError:
        return _unprotectable(request, code, form)
    return _preview(request, code, form, draft)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def publish(request: ActorRequest, code: str) -> HttpResponseBase:
    _own_or_404(request, code)
    form = _form(request, code, data=request.POST)
    if not form.is_valid():
        return _choose_again(request, code, form)
    choice: Choice = form.choice()
    try:
        version = services.publish(
            request.actor, code, choice, previewed=request.POST.get("previewed", "")
        )
    except services.ChangedSincePreviewError as error:
        return _preview(request, code, form, error.draft, is_changed=True)
    except services.HoldsPersonsError:
        return _preview(request, code, form, compose(request.actor, code, choice))
    except CannotProtectError:
        return _unprotectable(request, code, form)
    messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("publication:municipality", code)


@require_http_methods(["GET", "POST"])
@requires(Capability.PUBLICATION_WRITE)
def withdraw(request: ActorRequest, code: str, number: int) -> HttpResponseBase:
    _own_or_404(request, code)
    found = [each for each in selectors.publications(request.actor, code) if each.number == number]
    if not found:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(request.actor, code, number, form.cleaned_data["reason"])
        except PublishedVersion.DoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("Version %(number)d is withdrawn.") % {"number": number})
        return redirect("publication:desk")
    context = {"form": form, "publication": found[0], "place": _place(request, code)}
    status = 400 if form.errors else 200
    return render(request, "publication/withdraw.html", context, status=status)


def _own_or_404(request: ActorRequest, code: str) -> None:
    owner = party_of_municipality(request.actor, code)
    if owner is None or owner.pk != request.actor.party_id:
        raise Http404


def _place(request: ActorRequest, code: str) -> Any:
    from samverkan.organisations.selectors import municipality

    return municipality(request.actor, code)


def _form(request: ActorRequest, code: str, **options: Any) -> ChoiceForm:
    choices = selectors.series_to_choose(request.actor, code, language_now())
    return ChoiceForm(choices=choices, **options)


def _choose_again(request: ActorRequest, code: str, form: ChoiceForm) -> HttpResponse:
    context = {"form": form, "place": _place(request, code)}
    return render(request, "publication/choose.html", context, status=400)


def _unprotectable(request: ActorRequest, code: str, form: ChoiceForm) -> HttpResponse:
    form.add_error(
        "series",
        _(
            "A small count could be worked out from this and what has been published before, and "
            "no hiding helps. Leave out a series that adds up with the others."
        ),
    )
    return _choose_again(request, code, form)


def _preview(
    request: ActorRequest, code: str, form: ChoiceForm, draft: Draft, *, is_changed: bool = False
) -> HttpResponse:
    language = language_now()
    words = {
        Reason.FEW: _("fewer than five"),
        Reason.WOULD_TELL: _("would give another small count away"),
        Reason.HIDDEN_BEFORE: _("was hidden in an earlier version"),
    }
    hidden = [
        HiddenCell(series_definitions()[series].name(language), year, words[reason])
        for (series, year), reason in sorted(draft.protected.reasons.items())
    ]
    context = {
        "form": form,
        "place": _place(request, code),
        "draft": draft,
        "content": draft.content,
        "table": count_table(draft.content) if draft.content.series else None,
        "hidden": hidden,
        "given_away": [
            (series_definitions()[cell.series].name(language), cell.year)
            for cell in draft.protected.given_away
        ],
        "is_changed": is_changed,
        "sent": [(name, value) for name in form.data for value in _values(form, name)],
    }
    status = 409 if is_changed else 400 if draft.persons else 200
    return render(request, "publication/preview.html", context, status=status)


def _values(form: ChoiceForm, name: str) -> list[str]:
    """The choice again, in hidden fields: what is published is what was seen."""
    if name not in form.fields:
        return []
    data: Any = form.data
    return list(data.getlist(name))
