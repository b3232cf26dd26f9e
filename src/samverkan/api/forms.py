from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor

from .scopes import SCOPES


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For example: the budget sheet.")
    )
    scope = forms.MultipleChoiceField(
        label=_("What may it read?"), widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=_("Until, not including"),
        help_text=_("At most a year from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, actor: Actor, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        scope = cast(forms.MultipleChoiceField, self.fields["scope"])
        scope.choices = [
            (str(capability), label)
            for capability, label in SCOPES.items()
            if actor.may(capability)
        ]
        self.fields["expires_on"].initial = timezone.localdate(actor.at) + timedelta(days=90)
