"""What is typed, or drawn, when an agreement is signed, opened again or ended."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.fields import day, long_text

from ..models import Signature
from ..services.signing import NameSigned


class SignForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=160)
    method = forms.ChoiceField(
        label=_("How do you sign?"),
        choices=Signature.Method.choices,
        widget=forms.RadioSelect,
        initial=Signature.Method.TYPED,
    )
    drawing = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=60_000, label=_("Drawn name")
    )
    reference = forms.CharField(
        label=_("Reference of the e-signature"),
        max_length=200,
        required=False,
        help_text=_("Only if you have signed the document with an e-signature elsewhere."),
    )
    has_read = forms.BooleanField(
        label=_("I have read the document and sign it for my organisation."),
        error_messages={"required": _("Read the document, and say so.")},
    )
    document = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def clean_drawing(self) -> Any:
        """The strokes; what is no drawing at all is as good as none."""
        try:
            return json.loads(self.cleaned_data["drawing"] or "null")
        except (ValueError, RecursionError):
            return None

    def signed(self) -> NameSigned:
        answers = self.cleaned_data
        return NameSigned(
            answers["method"], answers["name"], answers["drawing"], answers["reference"]
        )


class ReasonForm(forms.Form):
    reason = long_text(_("Why?"), rows=3, longest=300)


class NoticeForm(forms.Form):
    ends_on = day(
        _("The first day without the agreement"),
        help_text=_("What it shares closes that day. See what the agreement says about notice."),
    )
    reason = long_text(_("Why?"), rows=3, longest=300)
