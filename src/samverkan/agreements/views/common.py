"""What the room's pages share: the agreement or not found, and errors at the right field."""

from __future__ import annotations

from django import forms
from django.http import Http404

from samverkan.platform.access.http import ActorRequest
from samverkan.platform.states import GuardRefusedError, StateMachine

from .. import pages
from ..models import Agreement
from ..template import FRAME, agreement_template


def agreement_or_404(request: ActorRequest, ref: str) -> Agreement:
    found = pages.agreement(request.actor, ref)
    if found is None:
        raise Http404
    return found


def section_or_404(request: ActorRequest, found: Agreement, part: str, key: str) -> str:
    """The section's title, where the agreement has such a part and the template such a section."""
    section = agreement_template().section(part, key)
    is_there = part == FRAME or part in pages.annex_codes(request.actor, found)
    if section is None or not is_there:
        raise Http404
    return section.title


def show_guard(form: forms.Form, machine: StateMachine, error: GuardRefusedError) -> None:
    label = machine.guard(error.guard).label
    form.add_error(None, str(label)[:1].upper() + str(label)[1:] + ".")
