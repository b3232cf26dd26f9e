"""The form of an answer to a reporter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ReportAnswer


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(label=_("What became of it"), choices=ReportAnswer.Kind.choices)
    text = forms.CharField(
        label=_("In words"),
        max_length=300,
        help_text=_("What the reporter is told. No names of persons."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
