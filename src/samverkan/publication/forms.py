"""What whoever publishes chooses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.swedish.guard import find_persons
from samverkan.swedish.guard.findings import FindingKind

from .composition import Choice
from .selectors import SeriesChoice

PERSONAL = {FindingKind.PERSONNUMMER, FindingKind.SAMORDNINGSNUMMER, FindingKind.PHONE_NUMBER}


class ChoiceForm(forms.Form):
    """Which series and texts, whom to ask, and on what ground a partner's figures go out."""

    series = forms.MultipleChoiceField(
        required=False,
        label=pgettext_lazy("several", "Series"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Complete years only, at most ten. Small counts are hidden for you."),
    )
    with_pledges = forms.BooleanField(required=False, label=_("The promises to the inhabitants"))
    with_answers = forms.BooleanField(
        required=False, label=_("Perceived safety: surveys with a drawn sample")
    )
    with_picture = forms.BooleanField(
        required=False, label=_("The summary of the latest decided situational picture")
    )
    contact_name = forms.CharField(
        max_length=120,
        label=_("Whom to ask"),
        help_text=_("A function, never a person: as in Safety coordinator."),
    )
    contact_email = forms.EmailField(max_length=200, label=_("E-mail of the function"))
    consent = forms.CharField(
        required=False,
        max_length=200,
        label=_("On what ground the partner's figures are published"),
        help_text=_("Needed for figures that their maker has not published: who agreed, and when."),
    )

    def __init__(self, *args: Any, choices: list[SeriesChoice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.series_choices = choices
        field = self.fields["series"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [
            (each.code, f"{each.name}, {each.first_year}–{each.last_year} ({each.source})")
            for each in choices
        ]

    def clean_contact_name(self) -> str:
        name: str = self.cleaned_data["contact_name"]
        if any(finding.kind in PERSONAL for finding in find_persons(name)):
            raise ValidationError(_("Write the name of a function, without numbers of persons."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = set(cleaned.get("series", []))
        texts = ("with_pledges", "with_answers", "with_picture")
        if not chosen and not any(cleaned.get(name) for name in texts):
            raise ValidationError(_("Choose something to publish."))
        lent = [each for each in self.series_choices if not each.is_public_source]
        if any(each.code in chosen for each in lent) and not cleaned.get("consent"):
            self.add_error(
                "consent",
                _("Figures that their maker has not published need a ground: who agreed, when."),
            )
        return cleaned

    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(
            series=tuple(data["series"]),
            with_pledges=data["with_pledges"],
            with_answers=data["with_answers"],
            with_picture=data["with_picture"],
            contact_name=data["contact_name"],
            contact_email=data["contact_email"],
            consent=data["consent"],
        )


class WithdrawForm(forms.Form):
    """Why a version goes."""

    reason = forms.CharField(
        max_length=300,
        label=_("Why it is withdrawn"),
        help_text=_("Kept in the log. What has been read cannot be taken back."),
    )
