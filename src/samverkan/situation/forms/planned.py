"""The form of a planned event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import PlannedEvent
from ..services.planned import PlannedEventFacts


class PlannedEventForm(forms.Form):
    title = forms.CharField(
        label=_("What"), max_length=120, help_text=_("For example: autumn market, derby match.")
    )
    place = forms.ChoiceField(label=_("Place in the register"), required=False)
    where = forms.CharField(
        label=_("Or where, in words"),
        max_length=120,
        required=False,
        help_text=_("When the register has no such place. Never a home address."),
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty when it is over the same day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    expected_effect = forms.CharField(
        label=_("What it may bring with it"),
        max_length=300,
        required=False,
        help_text=_("People, traffic, late hours; what needs to be prepared."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = cast(forms.ChoiceField, self.fields["place"])
        field.choices = [("", _("none of them")), *places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned

    def says_what_stands(self, event: PlannedEvent) -> None:
        """Show what somebody else has written meanwhile; what was typed stays in the fields."""
        words = _(
            "Somebody else has changed this meanwhile. It now says: %(title)s, %(first)s to "
            "%(last)s. %(effect)s Your text is still in the fields: save again to write it over."
        )
        values = {
            "title": event.title,
            "first": event.starts_on.isoformat(),
            "last": event.ends_on.isoformat(),
            "effect": event.expected_effect,
        }
        self.add_error(None, words % values)
        self.data = {**{key: str(value) for key, value in self.data.items()}}
        self.data["based_on"] = str(event.revision)

    def facts(self) -> PlannedEventFacts:
        cleaned = self.cleaned_data
        return PlannedEventFacts(
            title=cleaned["title"],
            place_ref=cleaned["place"],
            where=cleaned["where"],
            starts_on=cleaned["starts_on"],
            ends_on=cleaned["ends_on"] or cleaned["starts_on"],
            expected_effect=cleaned["expected_effect"],
        )
