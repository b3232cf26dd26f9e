"""What is typed of surveys, and the form that is answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samverkan.swedish.guard import find_persons

from .models import Measurement, OpenSurvey
from .questions import GROUPS, questions
from .rules import LONGEST_DAYS, MOST_SHEETS, SKIP
from .services import NewMeasurement, NewSurvey

Choices = list[tuple[str, str]]


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


def _without_persons(text: str) -> str:
    if find_persons(text):
        raise ValidationError(_("The text seems to point out a person. Write it without."))
    return text


class MeasurementForm(forms.Form):
    """A survey that somebody else has made, as its report tells of it."""

    title = forms.CharField(
        max_length=120, label=_("Name of the survey"), help_text=_("As in Trygghetsmätning 2026.")
    )
    source = forms.CharField(
        max_length=120, label=_("Who made it"), help_text=_("As in the police, region Bergslagen.")
    )
    reach = forms.ChoiceField(label=_("What it is about"), choices=Measurement.Reach.choices)
    area = forms.CharField(
        required=False, max_length=80, label=_("Name of the area"), help_text=_("If not the whole.")
    )
    sampling = forms.ChoiceField(label=_("Who was asked"), choices=Measurement.Sampling.choices)
    asked_from = _day(_("Asked from"))
    asked_to = _day(_("Asked to"))
    sample_size = forms.IntegerField(
        required=False, min_value=1, max_value=10_000_000, label=_("How many were asked")
    )
    answers = forms.IntegerField(min_value=1, max_value=10_000_000, label=_("How many answered"))
    population = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=20_000_000,
        label=_("How many live there of the ages asked"),
    )
    design_effect = forms.FloatField(
        required=False,
        min_value=1,
        max_value=20,
        label=_("Design effect of the weights"),
        help_text=_("From the report; 1 when the answers are not weighted."),
    )

    def __init__(self, *args: Any, municipalities: Choices, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["municipality"] = forms.ChoiceField(
            label=_("Municipality"), choices=municipalities
        )
        for code, question in questions().items():
            self.fields[f"percent_{code}"] = forms.FloatField(
                required=False,
                min_value=0,
                max_value=100,
                label=_("Per cent %(measured)s") % {"measured": question.measured_sv},
                help_text=question.source,
            )
            self.fields[f"base_{code}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=10_000_000,
                label=_("How many answered that question"),
            )

    def clean_title(self) -> str:
        return _without_persons(self.cleaned_data["title"])

    def clean_area(self) -> str:
        return _without_persons(self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("asked_from"), cleaned.get("asked_to")
        if first and last and last < first:
            self.add_error("asked_to", _("The last day of asking lies before the first."))
        if last and last > self.today:
            self.add_error("asked_to", _("The day has not come."))
        asked, answers = cleaned.get("sample_size"), cleaned.get("answers")
        if asked and answers and answers > asked:
            self.add_error("answers", _("More have answered than were asked."))
        population = cleaned.get("population")
        if population and answers and answers > population:
            self.add_error("population", _("More have answered than live there."))
        if cleaned.get("reach") == Measurement.Reach.AREA and not cleaned.get("area"):
            self.add_error("area", _("Name the area."))
        self._check_shares(cleaned, answers)
        return cleaned

    def _check_shares(self, cleaned: dict[str, Any], answers: int | None) -> None:
        told = False
        for code in questions():
            percent, base = cleaned.get(f"percent_{code}"), cleaned.get(f"base_{code}")
            if percent is None and base is None:
                continue
            told = True
            if base is None:
                self.add_error(f"base_{code}", _("A percentage needs to say of how many."))
            elif percent is None:
                self.add_error(f"percent_{code}", _("Write the percentage as well."))
            elif answers and base > answers:
                self.add_error(f"base_{code}", _("More than answered the survey."))
        if not told and not self.errors:
            raise ValidationError(_("Write at least one percentage."))

    def new(self) -> NewMeasurement:
        data = self.cleaned_data
        return NewMeasurement(
            municipality_code=data["municipality"],
            title=data["title"],
            source=data["source"],
            reach=data["reach"],
            area=data["area"],
            sampling=data["sampling"],
            asked_from=data["asked_from"],
            asked_to=data["asked_to"],
            answers=data["answers"],
            sample_size=data["sample_size"],
            population=data["population"],
            design_effect=data["design_effect"] or 1.0,
            shares={
                code: (data[f"percent_{code}"], data[f"base_{code}"])
                for code in questions()
                if data.get(f"percent_{code}") is not None
            },
        )


class SurveyForm(forms.Form):
    """A simple survey for a safety walk or a school."""

    title = forms.CharField(
        max_length=120,
        label=_("Name"),
        help_text=_("Whoever answers reads it, as in: Safety walk round the bus square."),
    )
    area = forms.CharField(required=False, max_length=80, label=_("Area"))
    occasion = forms.ChoiceField(label=_("Occasion"), choices=OpenSurvey.Occasion.choices)
    way = forms.ChoiceField(
        label=_("Who may answer"),
        choices=OpenSurvey.Way.choices,
        widget=forms.RadioSelect,
        help_text=_("With sheets each code works once. Without, the same person can answer again."),
    )
    questions = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)
    asks_group = forms.BooleanField(
        required=False,
        label=_("Ask for girl, boy or other"),
        help_text=_("Girls and boys are often differently unsafe. Small groups are not shown."),
    )
    opens_on = _day(_("Opens"))
    closes_on = _day(_("Closes after"))
    code = forms.RegexField(regex=r"^[0-9a-z]{12}$", widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, municipalities: Choices, today: date, language: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["municipality"] = forms.ChoiceField(
            label=_("Municipality"), choices=municipalities
        )
        asked = self.fields["questions"]
        assert isinstance(asked, forms.MultipleChoiceField)  # noqa: S101
        asked.choices = [(code, each.text(language)) for code, each in questions().items()]

    def clean_title(self) -> str:
        return _without_persons(self.cleaned_data["title"])

    def clean_area(self) -> str:
        return _without_persons(self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if last and last < self.today:
            self.add_error("closes_on", _("The day has passed."))
        if first and last and not first <= last <= first + timedelta(days=LONGEST_DAYS):
            self.add_error("closes_on", _("At most three months after it opens, and not before."))
        return cleaned

    def new(self) -> NewSurvey:
        data = self.cleaned_data
        return NewSurvey(
            municipality_code=data["municipality"],
            title=data["title"],
            area=data["area"],
            occasion=data["occasion"],
            way=data["way"],
            questions=tuple(data["questions"]),
            asks_group=data["asks_group"],
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
        )


class SheetsForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=MOST_SHEETS, label=_("How many sheets"))


class AnswerForm(forms.Form):
    """The survey as it is answered: one choice a question, no words of one's own."""

    def __init__(self, *args: Any, survey: OpenSurvey, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = [questions()[code] for code in survey.questions if code in questions()]
        for each in self.asked:
            choices = [(option.code, option.label(language)) for option in each.options]
            self.fields[each.code] = forms.ChoiceField(
                label=each.text(language),
                choices=[*choices, (SKIP, _("Do not know, do not want to answer"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the answers.")},
            )
        if survey.asks_group:
            self.fields["group"] = forms.ChoiceField(
                label=_("Are you"),
                choices=list(GROUPS.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the answers.")},
            )

    def choices(self) -> dict[str, str]:
        return {each.code: self.cleaned_data[each.code] for each in self.asked}
