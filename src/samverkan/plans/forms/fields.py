"""The form that says which edition its writing began from."""

from __future__ import annotations

from django import forms

from samverkan.platform.design.guarded_text import ConfirmedForm


class EditionForm(ConfirmedForm):
    """Says which saved edition the writing began from."""

    edition = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
