"""What is typed about a group: its start, its rhythm, its seats, its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverkan.organisations.function_facts import FunctionFacts

from ..cadence import Rhythm
from ..group_templates import GroupTemplate
from ..models import Seat
from ..rhythm_words import RHYTHMS
from ..services.groups import GroupDraft, RhythmDraft, SeatDraft
from .common import date_field, time_field

RHYTHM_CHOICES = [(rhythm.value, label) for rhythm, label in RHYTHMS.items()]
DAY_OF_YEAR = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


class RhythmFields(forms.Form):
    rhythm = forms.ChoiceField(label=_("How often"), choices=RHYTHM_CHOICES)
    first_on = date_field(
        _("First meeting"), required=False, help_text=_("Gives the weekday and the week.")
    )
    meets_at = time_field(_("Time"))
    minutes_long = forms.IntegerField(
        label=_("Length in minutes"), min_value=10, max_value=600, initial=60
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    summer_rhythm = forms.ChoiceField(
        label=_("In summer"),
        required=False,
        choices=[("", _("The same all year")), *RHYTHM_CHOICES],
    )
    summer_from = forms.RegexField(
        regex=DAY_OF_YEAR,
        label=_("Summer from"),
        required=False,
        help_text=_("Month and day, as in 06-22."),
    )
    summer_to = forms.RegexField(
        regex=DAY_OF_YEAR,
        label=_("Summer to, not including"),
        required=False,
        help_text=_("Month and day, as in 08-10."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("summer_rhythm"):
            for field in ("summer_from", "summer_to"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Say when the summer begins and ends."))
        if cleaned.get("rhythm") != Rhythm.WHEN_NEEDED and not cleaned.get("first_on"):
            self.add_error("first_on", _("Say when the group meets first."))
        return cleaned

    def rhythm_draft(self) -> RhythmDraft:
        typed = self.cleaned_data
        return RhythmDraft(
            rhythm=typed["rhythm"],
            meets_from=typed["first_on"],
            meets_at=typed["meets_at"],
            minutes_long=typed["minutes_long"],
            summer_rhythm=typed["summer_rhythm"],
            summer_from=typed["summer_from"] if typed["summer_rhythm"] else "",
            summer_to=typed["summer_to"] if typed["summer_rhythm"] else "",
            place=typed["place"],
        )


class GroupForm(RhythmFields):
    """Everything that a new group needs, filled in from its template."""

    name = forms.CharField(label=_("Name"), max_length=120)
    seats = forms.MultipleChoiceField(
        label=_("Functions with a seat"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one function.")},
    )
    chair = forms.ChoiceField(label=_("Chair"))
    leading = forms.MultipleChoiceField(
        label=_("In a leading position"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who can speak for their organisation."),
    )
    field_order = (
        "name", "seats", "chair", "leading", "rhythm", "first_on", "meets_at", "minutes_long",
        "place", "summer_rhythm", "summer_from", "summer_to",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        template: GroupTemplate,
        functions: Sequence[FunctionFacts],
        **options: Any,
    ) -> None:
        options["initial"] = {**_initial(template, functions), **options.get("initial", {})}
        super().__init__(*args, **options)
        self.template = template
        self.functions = {function.ref: function for function in functions}
        wanted = set(options["initial"]["seats"])
        first = sorted(functions, key=lambda each: each.ref not in wanted)
        choices = [(each.ref, f"{each.title}, {each.organisation_name}") for each in first]
        for name in ("seats", "leading"):
            cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
        cast(forms.ChoiceField, self.fields["chair"]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chair, chosen = cleaned.get("chair"), cleaned.get("seats")
        if chair and chosen and chair not in chosen:
            self.add_error("chair", _("The chair needs a seat as well."))
        return cleaned

    def draft(self, municipality_code: str) -> GroupDraft:
        typed = self.cleaned_data
        first = typed["first_on"]
        return GroupDraft(
            kind=self.template.key,
            name=typed["name"],
            municipality_code=municipality_code,
            seats=tuple(self._seat(ref) for ref in typed["seats"]),
            rhythm=self.rhythm_draft(),
            first_meeting_at=moment(first, typed["meets_at"]) if first else None,
        )

    def _seat(self, ref: str) -> SeatDraft:
        return SeatDraft(
            function_ref=ref,
            is_chair=ref == self.cleaned_data["chair"],
            is_leading_position=ref in self.cleaned_data["leading"],
            role=role_of(self.template, self.functions[ref].kind),
        )


class SeatForm(forms.Form):
    """One seat: whose, in what position, until when, and who stands in."""

    function_ref = forms.ChoiceField(label=_("Function"))
    position = forms.CharField(
        label=_("Position"),
        max_length=120,
        required=False,
        help_text=_("As people say it, for example chair of the executive board."),
    )
    role = forms.ChoiceField(label=_("Politician or official"), choices=Seat.Role.choices)
    is_chair = forms.BooleanField(label=_("Chair"), required=False)
    is_leading_position = forms.BooleanField(label=_("In a leading position"), required=False)
    deputy_ref = forms.ChoiceField(label=_("Deputy"), required=False)
    valid_from = date_field(_("From and including"), required=False)
    valid_to = date_field(
        _("To, not including"),
        required=False,
        help_text=_("The end of the mandate period. Leave empty: until further notice."),
    )

    def __init__(
        self, *args: Any, functions: Sequence[FunctionFacts], is_new: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices = [(each.ref, f"{each.title}, {each.organisation_name}") for each in functions]
        cast(forms.ChoiceField, self.fields["function_ref"]).choices = choices
        cast(forms.ChoiceField, self.fields["deputy_ref"]).choices = [("", "–"), *choices]
        if not is_new:
            self.fields["function_ref"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, after = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and after and after <= first:
            self.add_error("valid_to", _("The last day must come after the first."))
        if cleaned.get("deputy_ref") and cleaned.get("deputy_ref") == cleaned.get("function_ref"):
            self.add_error("deputy_ref", _("A function cannot stand in for itself."))
        return cleaned

    def draft(self) -> SeatDraft:
        return SeatDraft(**self.cleaned_data)


class EndGroupForm(forms.Form):
    last_day = date_field(_("Last day, not including"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


def moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())


def role_of(template: GroupTemplate | None, kind: str) -> str:
    for seat in template.seats if template else ():
        if kind in seat.function_kinds:
            return seat.role
    return Seat.Role.OTHER


def _initial(template: GroupTemplate, functions: Sequence[FunctionFacts]) -> dict[str, Any]:
    """The functions that the template asks for, seen from their kinds."""
    wanted = {kind: seat for seat in reversed(template.seats) for kind in seat.function_kinds}
    fitting = [each for each in functions if each.kind in wanted]
    chair_kinds = {kind for seat in template.seats if seat.is_chair for kind in seat.function_kinds}
    chairs = [
        each.ref
        for each in fitting
        if each.kind in chair_kinds
        and (each.is_municipal or not template.is_chaired_by_municipality)
    ]
    summer = template.summer
    return {
        "seats": [each.ref for each in fitting],
        "chair": chairs[0] if chairs else None,
        "leading": [each.ref for each in fitting if wanted[each.kind].is_leading_position],
        "rhythm": template.rhythm.value,
        "meets_at": template.starts_at,
        "minutes_long": template.minutes_long,
        "summer_rhythm": summer.rhythm.value if summer else "",
        "summer_from": "{:02d}-{:02d}".format(*summer.first) if summer else "",
        "summer_to": "{:02d}-{:02d}".format(*summer.after) if summer else "",
    }
