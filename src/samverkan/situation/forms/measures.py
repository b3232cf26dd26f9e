"""What is typed about measures."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Measure
from ..rules.shares import ShareFault, share_fault
from ..services.measures import MeasureText
from .guarded import GuardedForm
from .problems import LONGEST, day_field

PARTIES_OFFERED = 4
FAULT_WORDS = {
    ShareFault.NO_TOTAL: gettext_lazy("Write the whole cost: a part was given but not the whole."),
    ShareFault.DOES_NOT_ADD_UP: gettext_lazy("The parts do not add up to the whole cost."),
}


class MeasureForm(GuardedForm):
    """A measure: what, against which cause, whose, by when, and how it is seen whether it helps."""

    guarded: ClassVar[tuple[str, ...]] = (
        "title",
        "description",
        "indicator",
        "baseline",
        "target",
    )

    title = forms.CharField(max_length=160, label=gettext_lazy("The measure in a line"))
    description = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("How it is to be done"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cause = forms.ChoiceField(required=False, label=gettext_lazy("Acts on the cause"))
    approach = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Kind of measure"),
        choices=[("", gettext_lazy("not chosen yet")), *Measure.Approach.choices],
    )
    horizon = forms.ChoiceField(
        required=False,
        label=gettext_lazy("When an effect can be expected"),
        choices=[("", gettext_lazy("not chosen yet")), *Measure.Horizon.choices],
    )
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible function"))
    due_on = day_field(gettext_lazy("To be done by"))
    indicator = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Indicator"),
        help_text=gettext_lazy("What is counted to see whether it helped."),
    )
    indicator_kind = forms.ChoiceField(
        label=gettext_lazy("Where the indicator comes from"),
        choices=Measure.IndicatorKind.choices,
        help_text=gettext_lazy("Incidents are compared before and after by the system itself."),
    )
    baseline = forms.CharField(
        required=False,
        max_length=120,
        label=gettext_lazy("Baseline"),
        help_text=gettext_lazy("How much it is now, before the measure begins."),
    )
    target = forms.CharField(required=False, max_length=120, label=gettext_lazy("Target"))
    follow_up_on = day_field(gettext_lazy("To be followed up on"), required=False)
    cost_kronor = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        label=gettext_lazy("Whole cost in kronor"),
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        causes: list[tuple[str, str]],
        functions: list[tuple[str, str]],
        organisations: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["cause"].choices = [("", _("not chosen yet")), *causes]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", _("choose")), *functions]  # type: ignore[attr-defined]
        for number in range(1, PARTIES_OFFERED + 1):
            self.fields[f"party_{number}"] = forms.ChoiceField(
                required=False,
                label=_("Cooperating party %(number)d") % {"number": number},
                choices=[("", _("none")), *organisations],
            )
            self.fields[f"share_{number}"] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=2_000_000_000,
                label=_("Its part of the cost, in kronor"),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shares: dict[str, int | None] = {}
        for number in range(1, PARTIES_OFFERED + 1):
            party, share = cleaned.get(f"party_{number}"), cleaned.get(f"share_{number}")
            if share is not None and not party:
                self.add_error(f"party_{number}", _("Say whose part of the cost it is."))
            elif party and party in shares:
                self.add_error(f"party_{number}", _("The party stands here twice."))
            elif party:
                shares[party] = share
        fault = share_fault(cleaned.get("cost_kronor"), shares)
        if fault is not None:
            self.add_error("cost_kronor", FAULT_WORDS[fault])
        cleaned["shares"] = {int(party): share for party, share in shares.items()}
        return cleaned

    def text(self) -> MeasureText:
        data = self.cleaned_data
        return MeasureText(
            title=data["title"],
            responsible_id=int(data["responsible"]),
            due_on=data["due_on"],
            description=data["description"],
            cause_ref=data["cause"],
            approach=data["approach"],
            horizon=data["horizon"],
            indicator=data["indicator"],
            indicator_kind=data["indicator_kind"],
            baseline=data["baseline"],
            target=data["target"],
            follow_up_on=data["follow_up_on"],
            cost_kronor=data["cost_kronor"],
            shares=data["shares"],
        )


class OutcomeForm(GuardedForm):
    """What came of a measure."""

    guarded: ClassVar[tuple[str, ...]] = ("outcome",)

    outcome = forms.CharField(
        max_length=LONGEST,
        label=gettext_lazy("What came of it"),
        help_text=gettext_lazy("How much is the indicator now, and what was learnt?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
