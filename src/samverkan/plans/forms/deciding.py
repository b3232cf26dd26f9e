"""A decision, a reason and a follow-up as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.fields import day, long_text
from samverkan.platform.design.guarded_text import ConfirmedForm

from ..content import MeasureContent
from ..models import MeasureOutcome
from ..services.deciding import PlanDecision
from ..services.following import FollowUpText, Outcome


class DecisionForm(ConfirmedForm):
    body = forms.CharField(
        label=_("Which body decided?"), max_length=120, help_text=_("As in: municipal council.")
    )
    decided_on = day(_("When?"))
    paragraph = forms.CharField(
        label=_("Paragraph of the minutes"), max_length=20, help_text=_("The number alone.")
    )
    reference_number = forms.CharField(
        label=_("Reference number"), max_length=60, help_text=_("As in KS 2026/145.")
    )

    def decision(self) -> PlanDecision:
        answers = self.cleaned_data
        return PlanDecision(
            answers["body"],
            answers["decided_on"],
            answers["paragraph"].lstrip("§ "),
            answers["reference_number"],
        )


class ReasonForm(ConfirmedForm):
    reason = long_text(_("Why?"), longest=2000)


class ProposalForm(ConfirmedForm):
    """Nothing is typed; the page says what it means."""


class FollowUpForm(ConfirmedForm):
    """Two fields for each open measure: how it stands, and in words."""

    followed_up_on = day(_("When?"))
    body = forms.CharField(
        label=_("Before which body?"), max_length=120, help_text=_("As in: municipal council.")
    )
    paragraph = forms.CharField(label=_("Paragraph of the minutes"), max_length=20, required=False)
    reference_number = forms.CharField(label=_("Reference number"), max_length=60, required=False)
    summary = long_text(
        _("What did the follow-up show?"),
        longest=6000,
        rows=5,
        help_text=_("In a few sentences, for whoever decides on the next plan."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        measures: Sequence[MeasureContent],
        said: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        self.measures = list(measures)
        for each in self.measures:
            name = {"title": each.title}
            self.fields[f"kind_{each.ref}"] = forms.ChoiceField(
                label=_("How does it stand: %(title)s") % name,
                choices=MeasureOutcome.Kind.choices,
                widget=forms.RadioSelect,
            )
            self.fields[f"words_{each.ref}"] = long_text(
                _("In words: %(title)s") % name, required=False, longest=2000, rows=3
            )
            self.fields[f"words_{each.ref}"].initial = said.get(each.ref, "")

    def text(self) -> FollowUpText:
        answers = self.cleaned_data
        return FollowUpText(
            followed_up_on=answers["followed_up_on"],
            body=answers["body"],
            summary=answers["summary"],
            paragraph=answers["paragraph"].lstrip("§ "),
            reference_number=answers["reference_number"],
            outcomes={
                each.ref: Outcome(answers[f"kind_{each.ref}"], answers[f"words_{each.ref}"])
                for each in self.measures
            },
        )

    def head(self) -> list[BoundField]:
        names = ("followed_up_on", "body", "paragraph", "reference_number", "summary")
        return [self[name] for name in names]

    def lines(self) -> list[tuple[MeasureContent, BoundField, BoundField]]:
        return [
            (each, self[f"kind_{each.ref}"], self[f"words_{each.ref}"]) for each in self.measures
        ]
