"""What the room's pages share: the plan or not found, a form's page, a clash of two writers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest
from samverkan.platform.design.guarded_text import ConfirmedForm
from samverkan.platform.states import GuardRefusedError, IllegalTransitionError

from .. import selectors
from ..lives import PLAN
from ..models import Plan
from ..services.common import Clash


@dataclass(frozen=True)
class FormPage:
    """What stands around a form; `warning` is what the reader must know before sending it."""

    title: str
    submit: str
    back_url: str
    trail: tuple[tuple[str, str], ...]
    lead: str = ""
    warning: str = ""
    template: str = "plans/form_page.html"
    is_danger: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return (*self.trail, (self.title, ""))


def trail_of(plan: Plan | None) -> tuple[tuple[str, str], ...]:
    first = (_("Action plan"), reverse("plans:plans"))
    return (first, (plan.title, url_of(plan))) if plan else (first,)


def url_of(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.ref])


def plan_or_404(request: ActorRequest, ref: str) -> Plan:
    found = selectors.plan(request.actor, ref)
    if found is None:
        raise Http404
    return found


def may_write_in(actor: Actor, plan: Plan) -> bool:
    return actor.may(Capability.PLANS_WRITE) and plan.owner_id == actor.party_id


def own_plan_or_404(request: ActorRequest, ref: str, *events: str) -> Plan:
    """A plan of the own party, where one of the events can happen (none named: in any state)."""
    found = plan_or_404(request, ref)
    possible = {each.event for each in PLAN.transitions_from(found.state)}
    if not may_write_in(request.actor, found) or (events and not possible & set(events)):
        raise Http404
    return found


def own_draft_or_404(request: ActorRequest, ref: str) -> Plan:
    return own_plan_or_404(request, ref, "propose")


def show_form(
    request: ActorRequest, form: ConfirmedForm, page: FormPage, clash: Clash | None = None
) -> HttpResponse:
    context = {"form": form, "page": page, "clash": _clash_rows(form, clash), **page.extra}
    return render(request, page.template, context, status=409 if clash else 200)


def carried_out(form: ConfirmedForm, act: Callable[[], Any]) -> Any:
    """What the service answers with; None, with the reason in the form, when it refuses."""
    try:
        return act()
    except ValidationError as error:
        form.take(error)
    except GuardRefusedError as error:
        label = str(PLAN.guard(error.guard).label)
        form.add_error(None, _("This is lacking: %(what)s.") % {"what": label})
    except IllegalTransitionError:
        form.add_error(None, _("That has happened already. Read the page again."))
    return None


def saved_over(form: ConfirmedForm, act: Callable[[], Any]) -> tuple[bool, Clash | None]:
    """Whether the edit was saved; where somebody else's was first, theirs, and what was typed
    stands ready to be sent over it."""
    saved = carried_out(form, act)
    if not isinstance(saved, Clash):
        return saved is not None, None
    data = form.data.copy()  # type: ignore[attr-defined]
    data["edition"] = str(saved.edition)
    form.data = data
    return False, saved


def _clash_rows(form: ConfirmedForm, clash: Clash | None) -> list[tuple[str, str]]:
    if clash is None:
        return []
    return [
        (str(form.fields[name].label), saved)
        for name, saved in clash.theirs.items()
        if name in form.fields and saved.strip() != str(form.data.get(name, "")).strip()
    ]
