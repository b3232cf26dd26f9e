"""A plan names functions and places, never persons: what the guard says of what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samverkan.swedish.guard import Severity, find_persons


class PersonInTextError(ValidationError):
    """A text points out a person; `is_hard` says that it cannot be kept at all."""

    def __init__(self, field: str, words: Sequence[str], *, is_hard: bool) -> None:
        said = ", ".join(f"”{word}”" for word in words)
        message = (
            _("A plan is about places and causes and is read by many. Take away %(words)s.")
            if is_hard
            else _("%(words)s may point out a person. Change it, or confirm that it does not.")
        )
        super().__init__({field: message % {"words": said}})
        self.is_hard = is_hard


def refuse_persons(texts: Mapping[str, str], *, is_confirmed: bool) -> None:
    """What surely points out somebody is refused; what may do so is asked about once."""
    for field, text in texts.items():
        found = find_persons(text)
        hard = [text[each.start : each.end] for each in found if each.severity is Severity.HARD]
        if hard:
            raise PersonInTextError(field, hard, is_hard=True)
        if found and not is_confirmed:
            words = [text[each.start : each.end] for each in found]
            raise PersonInTextError(field, words, is_hard=False)
