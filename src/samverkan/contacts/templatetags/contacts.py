"""Words and tags of contact paths."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverkan.platform.design.tones import Tone

from ..models import Call, Handover
from ..rules import CallState, Way, clean_phone

register = template.Library()
TAG = "design/components/tag.html"


@register.filter
def dialled(number: str) -> str:
    """The number as a telephone dials it, or as it stands when it is no number."""
    try:
        return clean_phone(number)
    except ValueError:
        return number


@register.filter
def duration(seconds: int) -> str:
    """`45 s`, `3 min`."""
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.inclusion_tag(TAG)
def call_tag(call: Call) -> dict[str, Any]:
    words = {
        CallState.OPEN: (_("seeking"), Tone.WARN),
        CallState.ACKNOWLEDGED: (_("answered"), Tone.OK),
        CallState.EXHAUSTED: (_("nobody answered"), Tone.STOP),
        CallState.CLOSED: (_("over"), Tone.NEUTRAL),
    }[CallState(call.state)]
    return {"text": words[0], "tone": words[1]}


@register.inclusion_tag(TAG)
def result_tag(result: str) -> dict[str, Any]:
    words = {
        "waiting": (_("on its way"), Tone.NEUTRAL),
        "sending": (_("on its way"), Tone.NEUTRAL),
        "sent": (_("sent"), Tone.OK),
        "failed": (_("could not be sent"), Tone.STOP),
        "uncertain": (_("may not have arrived"), Tone.WARN),
        "answered": (_("answered"), Tone.OK),
        "no_answer": (_("no answer"), Tone.WARN),
    }
    text, tone = words.get(result, (result, Tone.NEUTRAL))
    return {"text": text, "tone": tone}


@register.inclusion_tag(TAG)
def confirmed_tag(handover: Handover) -> dict[str, Any]:
    points = list(handover.points.all())
    done = sum(point.confirmed_at is not None for point in points)
    text = _("%(done)d of %(all)d confirmed") % {"done": done, "all": len(points)}
    return {"text": text, "tone": Tone.OK if done == len(points) else Tone.WARN}


@register.simple_tag
def way_name(way: Way) -> str:
    return {
        Way.PHONE: _("by telephone"),
        Way.SMS: _("by SMS"),
        Way.EMAIL: _("by e-mail"),
    }[way]
