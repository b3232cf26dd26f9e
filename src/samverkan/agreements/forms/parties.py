"""What is typed when a draft's parties change, and when a party leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.fields import day, long_text


class AddPartyForm(forms.Form):
    party = forms.ChoiceField(
        label=_("Add a party"),
        error_messages={"invalid_choice": _("Choose one of the organisations in the list.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parties: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


class SignatoryForm(forms.Form):
    signatory = forms.ChoiceField(
        label=_("Who signs?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the party's functions that may sign.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        prefix: str,
        functions: list[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=dict(initial or {}))
        choices = [("", _("Any of its functions that may sign")), *functions]
        self.fields["signatory"].choices = choices  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    left_on = day(
        _("The first day outside of the agreement"),
        help_text=_("What you share with the others, and they with you, closes that day."),
    )
    reason = long_text(_("Why?"), rows=3, longest=300)
