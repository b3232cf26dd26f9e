"""Fields that several forms have, and the form whose text the guard reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..guard import PersonInTextError


class ConfirmedForm(forms.Form):
    """What may point out a person is asked about once; errors of the services at their fields."""

    is_confirmed = forms.BooleanField(
        label=_("The text points out nobody."), required=False, widget=forms.HiddenInput
    )

    def take(self, error: ValidationError) -> None:
        """Show the error where it belongs; ask once where the guard was in doubt."""
        if isinstance(error, PersonInTextError) and not error.is_hard:
            self.fields["is_confirmed"].widget = forms.CheckboxInput()
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, found in error.error_dict.items():
            self.add_error(field if field in self.fields else None, found)


class EditionForm(ConfirmedForm):
    """Says which saved edition the writing began from."""

    edition = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


def day(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as in 2026-11-25.")},
    )


def long_text(
    label: Any, *, help_text: Any = "", rows: int = 4, longest: int = 4000, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
