"""Texts that many read and that name nobody: what the guard refuses, and the form that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.swedish.guard import Severity, find_persons

from .fields import show_errors


class PersonInTextError(ValidationError):
    """A text points out a person; `is_hard` says that it cannot be kept at all."""

    def __init__(self, field: str, words: Sequence[str], message: str, *, is_hard: bool) -> None:
        said = ", ".join(f"”{word}”" for word in words)
        super().__init__({field: message % {"words": said}})
        self.is_hard = is_hard


def refuse_persons(texts: Mapping[str, str], hard_message: str, *, is_confirmed: bool) -> None:
    """What surely points out somebody is refused; what may do so is asked about once.

    `hard_message` says in the room's words who will read the text; it holds `%(words)s`.
    """
    for field, text in texts.items():
        found = find_persons(text)
        hard = [each.text for each in found if each.severity is Severity.HARD]
        if hard:
            raise PersonInTextError(field, hard, hard_message, is_hard=True)
        if found and not is_confirmed:
            question = _(
                "%(words)s may point out a person. Change it, or confirm that it does not."
            )
            raise PersonInTextError(field, [each.text for each in found], question, is_hard=False)


class ConfirmedForm(forms.Form):
    """A form whose text the guard reads: what may point out a person is asked about once."""

    is_confirmed = forms.BooleanField(
        label=gettext_lazy("The text points out nobody."),
        required=False,
        widget=forms.HiddenInput,
    )

    def take(self, error: ValidationError) -> None:
        """Show the error where it belongs; let the writer confirm where the guard was in doubt."""
        show_errors(self, error)
        if isinstance(error, PersonInTextError) and not error.is_hard:
            self.fields["is_confirmed"].widget = forms.CheckboxInput()
