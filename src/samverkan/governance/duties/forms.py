"""What is typed about duties and the year."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import DutyRecord
from .services import Doing


class DoingForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was done"), choices=DutyRecord.Kind.choices)
    done_on = forms.DateField(
        label=_("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    title = forms.CharField(label=_("In a few words"), max_length=160)
    body = forms.CharField(
        label=_("Before which body"),
        max_length=120,
        required=False,
        help_text=_("As in: municipal council."),
    )
    reference_number = forms.CharField(
        label=_("Reference number"),
        max_length=60,
        required=False,
        help_text=_("As in KS 2026/145. A report to the council must have one."),
    )

    def doing(self) -> Doing:
        return Doing(**self.cleaned_data)
