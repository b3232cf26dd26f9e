"""What is typed about contact paths, calls, absences and notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules import LONGEST_MESSAGE, LONGEST_NOTE, Hours, Way
from .services.continuity import Period
from .services.paths import MOST_STEPS, Step

WAYS = [
    (Way.PHONE.value, _("Telephone")),
    (Way.SMS.value, _("SMS")),
    (Way.EMAIL.value, _("E-mail")),
]
HOURS = [(Hours.ALWAYS.value, _("Round the clock")), (Hours.OFFICE.value, _("Office hours"))]


class StepForm(forms.Form):
    """One step of a path; without a function it is left out."""

    function = forms.ChoiceField(label=_("Function"), required=False)
    ways = forms.MultipleChoiceField(
        label=_("Reached by"), choices=WAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    wait_minutes = forms.IntegerField(
        label=_("Minutes until the next is sought"), min_value=1, max_value=240, initial=10
    )
    hours = forms.ChoiceField(
        label=pgettext_lazy("hours", "Answers"), choices=HOURS, initial=Hours.ALWAYS.value
    )

    def __init__(self, *args: Any, functions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["function"].choices = [("", _("Nobody")), *functions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("function") and not cleaned.get("ways"):
            self.add_error("ways", _("Choose at least one way to reach each function."))
        return cleaned

    def step(self) -> Step | None:
        data = self.cleaned_data
        if not data["function"]:
            return None
        return Step(
            data["function"],
            tuple(Way(way) for way in data["ways"]),
            data["wait_minutes"],
            Hours(data["hours"]),
        )


class PathForm(forms.Form):
    """What holds for the whole path, and the revision that the writer saw."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("What whoever calls should know. Nothing about persons."),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def step_forms(
    functions: list[tuple[str, str]], data: Any = None, initial: list[dict[str, Any]] | None = None
) -> list[StepForm]:
    known = initial or []
    return [
        StepForm(
            data,
            prefix=f"step{number}",
            functions=functions,
            initial=known[number] if number < len(known) else {"ways": [Way.PHONE.value]},
        )
        for number in range(MOST_STEPS)
    ]


class SoundForm(forms.Form):
    """A call. Its key is made with the page: the same page sent twice sounds once."""

    message = forms.CharField(
        label=_("What has happened, and where"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At most 300 characters. Nothing that points out a person."),
    )
    is_drill = forms.BooleanField(label=_("This is a drill"), required=False)
    key = forms.RegexField(regex=r"^[0-9a-f]{24}$", widget=forms.HiddenInput)

    @staticmethod
    def new_key() -> str:
        return uuid4().hex[:24]


class AbsenceForm(forms.Form):
    first_on = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    after_on = forms.DateField(
        label=_("First day back"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def period(self) -> Period:
        return Period(self.cleaned_data["first_on"], self.cleaned_data["after_on"])

    def clean_after_on(self) -> Any:
        after, first = self.cleaned_data["after_on"], self.cleaned_data.get("first_on")
        if first is not None and after - first > timedelta(days=366):
            raise forms.ValidationError(_("An absence is at most a year: hand the function over."))
        return after


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("An unwritten rule"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the next one in the function ought to know. Nothing about persons."),
    )
