"""What the overview says of calls, of standing in, and of functions that nobody holds."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, Question
from samverkan.platform.design.tones import Tone

from .matters import matters
from .selectors import calls_waiting, standing_in, unheld_functions


def calls_section(actor: Actor) -> OverviewSection | None:
    """Somebody is sought, and the actor's function can answer."""
    waiting = calls_waiting(actor)
    if not waiting:
        return None
    return OverviewSection(
        title=ngettext(
            "%(count)d call waits for your answer",
            "%(count)d calls wait for your answer",
            len(waiting),
        )
        % {"count": len(waiting)},
        rows=tuple(
            OverviewRow(
                text=matters()[call.path.matter].name(actor.language),
                url=reverse("contacts:call", args=[call.ref]),
                tag=_("drill") if call.is_drill else _("answer now"),
                tone=Tone.WARN if call.is_drill else Tone.STOP,
            )
            for call in waiting
        ),
        question=Question.OWED,
        order=0,
    )


def standing_in_section(actor: Actor) -> OverviewSection | None:
    """Whose work is the actor's today."""
    functions = standing_in(actor)
    if not functions:
        return None
    return OverviewSection(
        title=_("You stand in for somebody who is away"),
        rows=tuple(
            OverviewRow(text=each.title, url=reverse("choose_function"), tag=_("away today"))
            for each in functions
        ),
        question=Question.OWED,
        order=5,
    )


def unheld_section(actor: Actor) -> OverviewSection | None:
    """Functions without a holder shout until somebody takes them."""
    if not actor.may(Capability.CONTINUITY_WRITE):
        return None
    unheld = unheld_functions(actor)
    if not unheld:
        return None
    return OverviewSection(
        title=ngettext(
            "Nobody holds %(count)d function", "Nobody holds %(count)d functions", len(unheld)
        )
        % {"count": len(unheld)},
        sentence=_("Its work stops, and its contact paths lead nowhere."),
        rows=tuple(
            OverviewRow(
                text=each.title,
                url=reverse("contacts:function", args=[each.ref]),
                tag=_("nobody"),
                tone=Tone.STOP,
            )
            for each in unheld
        ),
        link_text=_("What stops if somebody is away?"),
        link_url=reverse("contacts:stops"),
        question=Question.OWED,
        order=8,
    )


PROVIDERS = (calls_section, standing_in_section, unheld_section)
