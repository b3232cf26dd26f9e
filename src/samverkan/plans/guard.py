"""A plan names functions and places, never persons."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samverkan.platform.design.guarded_text import refuse_persons as refuse


def refuse_persons(texts: Mapping[str, str], *, is_confirmed: bool) -> None:
    """What the guard says of what was typed in a plan."""
    refused = _("A plan is about places and causes and is read by many. Take away %(words)s.")
    refuse(texts, refused, is_confirmed=is_confirmed)
