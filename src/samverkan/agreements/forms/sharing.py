"""A clause as it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.capabilities import Detail, Information

from ..models import DETAIL_LABELS, INFORMATION_LABELS
from ..services.sharing import WantedClause


class ClauseForm(forms.Form):
    giver = forms.ChoiceField(label=_("Who gives?"))
    receiver = forms.ChoiceField(label=_("Who receives?"))
    information = forms.ChoiceField(
        label=_("What?"), choices=[(key.value, label) for key, label in INFORMATION_LABELS.items()]
    )
    detail = forms.ChoiceField(
        label=_("How much?"),
        choices=[(key.value, label) for key, label in DETAIL_LABELS.items()],
        widget=forms.RadioSelect,
        initial=Detail.AGGREGATE.value,
    )
    municipalities = forms.MultipleChoiceField(
        label=_("Only in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means everywhere."),
    )
    why = forms.CharField(label=_("What is it needed for?"), max_length=300, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parties: list[tuple[str, str]],
        places: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        for name in ("giver", "receiver"):
            self.fields[name].choices = parties  # type: ignore[attr-defined]
        self.fields["municipalities"].choices = places  # type: ignore[attr-defined]
        if not places:
            del self.fields["municipalities"]

    def wanted(self) -> WantedClause:
        answers = self.cleaned_data
        return WantedClause(
            information=Information(answers["information"]),
            detail=Detail(answers["detail"]),
            giver_ref=answers["giver"],
            receiver_ref=answers["receiver"],
            municipality_codes=answers.get("municipalities", ()),
            why=answers["why"],
        )
