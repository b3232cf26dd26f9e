"""What is typed about meetings: times, points, notes, decisions, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.organisations.function_facts import FunctionFacts

from ..decision_kinds import DecisionKind
from ..models import Attendance
from ..services.decisions import FormalDraft, TypedDecision
from ..services.meetings import PlannedTime
from .common import confirm_field, date_field, text_field, time_field
from .groups import moment


class PlanForm(forms.Form):
    """Several meetings in one go: by the group's rhythm, and one of one's own."""

    proposed = forms.MultipleChoiceField(
        label=_("Proposed by the group's rhythm"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_day = date_field(_("Another day"), required=False)
    own_time = time_field(_("Time"), required=False)
    minutes_long = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=600)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def __init__(self, *args: Any, times: Sequence[datetime], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(at.isoformat(), f"{timezone.localtime(at):%Y-%m-%d %H:%M}") for at in times]
        cast(forms.MultipleChoiceField, self.fields["proposed"]).choices = choices
        if not choices:
            del self.fields["proposed"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("own_day") and not cleaned.get("own_time"):
            self.add_error("own_time", _("Say at what time."))
        if not cleaned.get("proposed") and not cleaned.get("own_day") and not self.errors:
            raise forms.ValidationError(_("Choose at least one day."))
        return cleaned

    def times(self) -> list[PlannedTime]:
        typed = self.cleaned_data
        moments = [datetime.fromisoformat(each) for each in typed.get("proposed") or []]
        if typed["own_day"]:
            moments.append(moment(typed["own_day"], typed["own_time"]))
        return [PlannedTime(at, typed["minutes_long"], typed["place"]) for at in moments]


class MoveForm(forms.Form):
    """A meeting's new time and place; `seen` is the time that the writer started from."""

    day = date_field(_("Day"))
    starts = time_field(_("Time"))
    minutes_long = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=600)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("starts"):
            cleaned["at"] = moment(cleaned["day"], cleaned["starts"])
        return cleaned

    def when(self) -> PlannedTime:
        typed = self.cleaned_data
        return PlannedTime(typed["at"], typed["minutes_long"], typed["place"].strip())


class PointForm(forms.Form):
    title = forms.CharField(label=_("Matter"), max_length=200)
    paper_title = forms.CharField(label=_("Heading of the paper"), max_length=160, required=False)
    paper_text = text_field(
        _("Paper"),
        required=False,
        help_text=_("Goes out with the notice. An empty line begins a new paragraph."),
    )
    is_confirmed = confirm_field()


class PaperForm(forms.Form):
    paper_title = forms.CharField(label=_("Heading of the paper"), max_length=160, required=False)
    paper_text = text_field(_("Paper"), rows=14, required=False)
    is_confirmed = confirm_field()


class SkipForm(forms.Form):
    """Why a point is left out of one meeting."""

    reason = forms.CharField(
        label=_("Leave out, because"),
        max_length=200,
        error_messages={"required": _("Say why the point is left out.")},
    )
    is_confirmed = confirm_field()


class NoteForm(forms.Form):
    """A note on a point, and the version that the writer started from."""

    text = text_field(_("Note"), rows=6, required=False)
    based_on = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    is_confirmed = confirm_field()


class DecisionForm(forms.Form):
    """A decision, typed once; what its kind does not ask for is left empty."""

    kind = forms.ChoiceField(label=_("It is"))
    decision = text_field(_("What is decided"), rows=3, required=False, longest=2_000)
    reason = text_field(_("Why"), rows=2, required=False, longest=2_000)
    function_ref = forms.ChoiceField(label=_("Function that does it"), required=False)
    due_on = date_field(_("Done by"), required=False)
    follow_up_on = date_field(_("Followed up on"), required=False)
    follow_up_how = forms.CharField(
        label=_("How it is followed up"), max_length=300, required=False
    )
    cause = forms.CharField(
        label=_("Cause that the measure acts on"), max_length=300, required=False
    )
    baseline = forms.CharField(label=_("Baseline"), max_length=120, required=False)
    decision_is_confirmed = confirm_field()

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[DecisionKind],
        functions: Sequence[FunctionFacts],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        known = list(kinds)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind.key, kind.label) for kind in known
        ]
        cast(forms.ChoiceField, self.fields["function_ref"]).choices = [
            ("", "–"),
            *((each.ref, f"{each.title}, {each.organisation_name}") for each in functions),
        ]
        if all(kind.key != "measure" for kind in known):
            del self.fields["cause"], self.fields["baseline"]

    @property
    def is_begun(self) -> bool:
        """Somebody has typed into it: it may not be lost when one goes on to another point."""
        return any(
            self.data.get(name, "").strip()
            for name in ("decision", "reason", "function_ref", "follow_up_how", "cause", "baseline")
        )

    def typed(self) -> TypedDecision:
        typed = self.cleaned_data
        return TypedDecision(
            kind=typed["kind"],
            text=typed["decision"],
            reason=typed["reason"],
            function_ref=typed["function_ref"],
            due_on=typed["due_on"],
            follow_up_on=typed["follow_up_on"],
            follow_up_how=typed["follow_up_how"],
            cause=typed.get("cause", ""),
            baseline=typed.get("baseline", ""),
            is_confirmed=typed["decision_is_confirmed"],
        )


class AttendanceForm(forms.Form):
    """One line a seat; the field is named after the function's ref."""

    def __init__(self, *args: Any, lines: Sequence[Attendance], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [choice for choice in Attendance.Presence.choices if choice[0] != "unmarked"]
        for line in lines:
            self.fields[f"seat-{line.function.ref}"] = forms.ChoiceField(
                label=f"{line.title}, {line.organisation_name}",
                choices=choices,
                required=False,
                initial=line.presence,
                widget=forms.RadioSelect,
            )

    def marked(self) -> dict[str, str]:
        return {
            name.removeprefix("seat-"): value for name, value in self.cleaned_data.items() if value
        }


class AdjustersForm(forms.Form):
    """Who reads the minutes and says that they are right."""

    adjusters = forms.MultipleChoiceField(
        label=_("Adjusters of the minutes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.MultipleChoiceField, self.fields["adjusters"]).choices = choices


class FormalDecisionForm(forms.Form):
    """The decision of another body, as its minutes have it."""

    title = forms.CharField(label=_("What was decided"), max_length=200)
    body = forms.CharField(
        label=_("Deciding body"), max_length=120, help_text=_("As in: Municipal executive board.")
    )
    decided_on = date_field(_("Date of the decision"))
    paragraph = forms.CharField(
        label=_("Paragraph"), max_length=20, required=False, help_text=_("The number alone.")
    )
    reference_number = forms.CharField(
        label=_("Reference number"), max_length=60, help_text=_("As in KS 2026/145.")
    )
    decision_ref = forms.ChoiceField(label=_("Follows from"), required=False)

    def __init__(
        self, *args: Any, today: date, decisions: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        choices = [("", "–"), *decisions]
        cast(forms.ChoiceField, self.fields["decision_ref"]).choices = choices

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_("The decision cannot lie ahead in time."))
        return day

    def draft(self) -> FormalDraft:
        typed = {**self.cleaned_data}
        typed["paragraph"] = typed["paragraph"].removeprefix("§").strip()
        return FormalDraft(**typed)


class ReportForm(forms.Form):
    text = text_field(_("What was done, and what came of it"), rows=8)
    is_confirmed = confirm_field()
