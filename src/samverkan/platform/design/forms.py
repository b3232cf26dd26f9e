"""The form of a person's own settings."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samverkan.platform.accounts.models import User


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=User.Theme.choices, widget=forms.RadioSelect
    )
