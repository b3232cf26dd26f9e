"""What is typed about situational pictures."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds import FACTS, Kind, read_period
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


class PeriodForm(forms.Form):
    """Which kind of document, and the period that it is about."""

    kind = forms.ChoiceField(
        label=_("Document"),
        required=False,
        choices=[(kind.value, facts.choice) for kind, facts in FACTS.items()],
    )
    period = forms.CharField(
        label=_("Period"),
        max_length=20,
        help_text=_(
            "The last month that a situational picture covers, as in 2026-10; for an EST analysis "
            "the quarter, as in 2026-kv3, or the year, as in 2026."
        ),
    )

    def __init__(
        self, *args: object, choices: list[tuple[str, str]], today: date, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.today = today
        self.fields["municipality"] = forms.ChoiceField(label=_("Municipality"), choices=choices)

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"] or Kind.PICTURE)

    def clean_period(self) -> date:
        kind = self.cleaned_data.get("kind")
        if kind is None:
            raise forms.ValidationError(_("Choose the document first."))
        start = read_period(kind, self.cleaned_data["period"])
        if start is None:
            raise forms.ValidationError(self._how_it_is_written(kind))
        if start > self.today:
            raise forms.ValidationError(_("The period has not begun."))
        return start

    @staticmethod
    def _how_it_is_written(kind: Kind) -> str:
        words = {
            Kind.PICTURE: _("Write the month as in 2026-10. There are no figures before 1996."),
            Kind.EST_QUARTER: _("Write the quarter as in 2026-kv3."),
            Kind.EST_YEAR: _("Write the year as in 2026."),
        }
        return str(words[kind])


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
