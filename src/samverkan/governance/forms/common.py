"""Fields that several of this room's forms have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def date_field(
    label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = ""
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


def time_field(label: StrOrPromise, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
    )


def text_field(
    label: StrOrPromise,
    *,
    rows: int = 6,
    required: bool = True,
    longest: int = 20_000,
    help_text: StrOrPromise = "",
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def confirm_field() -> forms.BooleanField:
    return forms.BooleanField(
        required=False, label=_("Nobody can be recognised in what I have written")
    )


class ReasonForm(forms.Form):
    """Why something is cancelled, declined, sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def add_messages(form: forms.Form, messages: dict[str, Any]) -> None:
    """Put a service's messages at the fields of the form; unknown fields on top."""
    for field, message in messages.items():
        form.add_error(field if field in form.fields else None, message)
