from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FeedForm(forms.Form):
    name = forms.CharField(
        label=_("Where will you follow it?"),
        max_length=80,
        help_text=_("For example: Outlook at work. Make one address for each program."),
        error_messages={"required": _("Write where you will follow the calendar.")},
    )
