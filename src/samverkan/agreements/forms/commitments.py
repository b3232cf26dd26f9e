"""A commitment as it is written, and what is said about how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.fields import day, long_text

from .. import evidence
from ..services.commitments import Promise, Turn


class CommitmentForm(forms.Form):
    part = forms.ChoiceField(label=_("Where does it belong?"))
    title = forms.CharField(label=_("Commitment"), max_length=160)
    goal = forms.CharField(
        label=_("Goal"), max_length=300, help_text=_("What, how much and where, so that it shows.")
    )
    indicator = forms.CharField(label=_("Indicator"), max_length=200)
    responsible = forms.ChoiceField(label=_("Which function answers for it?"))
    due_on = day(_("At the latest"))
    evidence_kinds = forms.MultipleChoiceField(
        label=_("Evidence that gathers itself"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: list[tuple[str, str]],
        functions: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]
        self.fields["responsible"].choices = functions  # type: ignore[attr-defined]
        self.fields["evidence_kinds"].choices = [  # type: ignore[attr-defined]
            (each.key, each.label) for each in evidence.kinds()
        ]

    def promise(self) -> Promise:
        answers = self.cleaned_data
        return Promise(
            part=answers["part"],
            title=answers["title"],
            goal=answers["goal"],
            indicator=answers["indicator"],
            responsible_ref=answers["responsible"],
            due_on=answers["due_on"],
            evidence_kinds=answers["evidence_kinds"],
        )


class TurnForm(forms.Form):
    """One step of the commitment's life; which fields count depends on the step."""

    event = forms.ChoiceField(label=_("What has happened?"), widget=forms.RadioSelect)
    text = long_text(
        _("Outcome or reason"),
        rows=3,
        longest=2000,
        help_text=_("When fulfilled: what came of it. Otherwise: why."),
    )
    due_on = day(_("New date"), required=False, help_text=_("Only when a new date is set."))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, events: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["event"].choices = events  # type: ignore[attr-defined]

    def turn(self) -> Turn:
        answers = self.cleaned_data
        is_outcome = answers["event"] == "fulfil"
        return Turn(
            event=answers["event"],
            reason="" if is_outcome else answers["text"],
            outcome=answers["text"] if is_outcome else "",
            due_on=answers["due_on"],
        )
