"""What is typed about situational pictures."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules import LONGEST_TEXT
from .services import Decision


class SectionForm(forms.Form):
    """One section's text, and the version that the writer started from."""

    text = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18}),
        label=_("Text"),
        help_text=_("An empty line begins a new paragraph, a line with a dash first is a bullet."),
    )
    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MonthForm(forms.Form):
    """The month that a new picture is about."""

    period = forms.RegexField(
        regex=r"^\d{4}-(0[1-9]|1[0-2])$",
        label=_("Month"),
        help_text=_("As in 2026-10: the last month that the picture covers."),
        error_messages={"invalid": _("Write the month as in 2026-10.")},
    )

    def __init__(
        self, *args: object, choices: list[tuple[str, str]], today: date, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.today = today
        self.fields["municipality"] = forms.ChoiceField(label=_("Municipality"), choices=choices)

    def clean_period(self) -> date:
        year, month = self.cleaned_data["period"].split("-")
        start = date(int(year), int(month), 1)
        if start > self.today:
            raise forms.ValidationError(_("The month has not begun."))
        if start.year < 1996:
            raise forms.ValidationError(_("There are no figures before 1996."))
        return start


class DecisionForm(forms.Form):
    """The decision as the minutes have it."""

    body = forms.CharField(
        max_length=120, label=_("Deciding body"), help_text=_("As in: Municipal executive board.")
    )
    decided_on = forms.DateField(
        label=_("Date of the decision"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    paragraph = forms.CharField(
        max_length=20, label=_("Paragraph"), help_text=_("The number alone, as in 112.")
    )
    reference_number = forms.CharField(
        max_length=60, label=_("Reference number"), help_text=_("As in KS 2026/145.")
    )

    def __init__(self, *args: object, today: date, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.today = today

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_("The decision cannot lie ahead in time."))
        return day

    def decision(self) -> Decision:
        return Decision(
            body=self.cleaned_data["body"],
            decided_on=self.cleaned_data["decided_on"],
            paragraph=self.cleaned_data["paragraph"].removeprefix("§").strip(),
            reference_number=self.cleaned_data["reference_number"],
        )
