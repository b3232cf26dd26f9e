"""A plan, its problems and its measures as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.design.fields import day, long_text
from samverkan.platform.design.guarded_text import ConfirmedForm

from ..models import EarlierMeasure
from ..services.building import PlanFacts
from ..services.measures import MeasureText
from .fields import EditionForm

Choices = Sequence[tuple[str, str]]


class FactsForm(EditionForm):
    municipality = forms.ChoiceField(label=_("Municipality"))
    title = forms.CharField(
        label=pgettext_lazy("of a text", "Title"),
        max_length=160,
        help_text=_("As in: Action plan against crime 2027–2028."),
    )
    picture = forms.ChoiceField(
        label=_("The decided situational picture that the plan builds on"),
        required=False,
        help_text=_(
            "The law asks for it (5 §). Only decided versions can be chosen; a draft of the plan "
            "may wait for one."
        ),
    )
    valid_from = day(_("From"))
    valid_to = day(_("Until, not including"))
    summary = long_text(
        _("Summary"),
        required=False,
        longest=6000,
        rows=6,
        help_text=_("What the plan wants, in a few sentences. Places and causes, never persons."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Choices,
        pictures: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["municipality"].choices = list(places)  # type: ignore[attr-defined]
        self.fields["picture"].choices = [("", "–"), *pictures]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.fields["municipality"].initial = places[0][0]

    def facts(self) -> PlanFacts:
        answers = self.cleaned_data
        return PlanFacts(
            title=answers["title"],
            summary=answers["summary"],
            valid_from=answers["valid_from"],
            valid_to=answers["valid_to"],
            picture_ref=answers["picture"],
        )


class ProblemsForm(ConfirmedForm):
    problems = forms.MultipleChoiceField(
        label=_("Prioritised problems"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["problems"].choices = list(choices)  # type: ignore[attr-defined]


class ProblemForm(EditionForm):
    reason = long_text(
        _("Why it is prioritised"),
        required=False,
        longest=2000,
        help_text=_("The first words come from the grid of problems."),
    )
    goal = long_text(
        _("Goal"),
        required=False,
        longest=2000,
        help_text=_("What is to be different when the plan ends. Delimited and measurable."),
    )


class MeasureForm(EditionForm):
    title = forms.CharField(label=_("What is to be done"), max_length=160)
    description = long_text(_("How it is to be done"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible function"), required=False)
    parties = long_text(
        _("Parties"),
        required=False,
        rows=3,
        longest=1000,
        help_text=_("Organisations that take part, one on each line."),
    )
    indicator = forms.CharField(
        label=_("Indicator"),
        max_length=200,
        required=False,
        help_text=_("What is counted to see whether it helps."),
    )
    baseline = forms.CharField(
        label=_("Baseline"),
        max_length=120,
        required=False,
        help_text=_("How much it is before the measure begins."),
    )
    target = forms.CharField(label=_("Target"), max_length=120, required=False)
    follow_up_on = day(_("Follow-up"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        functions: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["responsible"].choices = [("", "–"), *functions]  # type: ignore[attr-defined]

    def text(self) -> MeasureText:
        answers = self.cleaned_data
        return MeasureText(
            title=answers["title"],
            description=answers["description"],
            responsible_ref=answers["responsible"],
            parties=answers["parties"].splitlines(),
            indicator=answers["indicator"],
            baseline=answers["baseline"],
            target=answers["target"],
            follow_up_on=answers["follow_up_on"],
        )


class RemovalForm(ConfirmedForm):
    """What became of a measure from the plan before, when it is not taken along."""

    fate = forms.ChoiceField(
        label=_("What became of it?"),
        choices=EarlierMeasure.Fate.choices,
        widget=forms.RadioSelect,
    )
    words = long_text(
        _("Why"),
        longest=2000,
        help_text=_("Stands on the page that compares the plans, and in the printed plan."),
    )


class RevisionForm(ConfirmedForm):
    valid_from = day(_("From"))
    valid_to = day(_("Until, not including"))
