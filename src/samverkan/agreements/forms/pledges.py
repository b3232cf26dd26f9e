"""A citizen pledge as it is written, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.design.fields import day, long_text
from samverkan.platform.design.guarded_text import ConfirmedForm

from ..services.pledges import PledgeText


class PledgeForm(ConfirmedForm):
    municipality = forms.ChoiceField(label=_("Municipality"))
    title = forms.CharField(label=pgettext_lazy("of a text", "Title"), max_length=120)
    area = forms.CharField(
        label=_("Where?"), max_length=120, help_text=_("A place or an area that people know.")
    )
    heard = long_text(
        _("What inhabitants have said"),
        required=False,
        longest=2000,
        help_text=_("From the dialogue, so that they know themselves again."),
    )
    promised = long_text(
        _("What we promise"),
        longest=2000,
        help_text=_("Who does what, how often, until when. Concrete and close to daily life."),
    )
    measured_by = forms.CharField(label=_("How we measure it"), max_length=200, required=False)
    valid_from = day(_("From"))
    valid_to = day(_("Until, not including"))
    responsible = forms.MultipleChoiceField(
        label=_("Which functions answer for it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        places: list[tuple[str, str]],
        functions: list[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["municipality"].choices = places  # type: ignore[attr-defined]
        self.fields["responsible"].choices = functions  # type: ignore[attr-defined]

    def text(self) -> PledgeText:
        answers = self.cleaned_data
        return PledgeText(
            title=answers["title"],
            area=answers["area"],
            heard=answers["heard"],
            promised=answers["promised"],
            measured_by=answers["measured_by"],
            valid_from=answers["valid_from"],
            valid_to=answers["valid_to"],
            responsible_refs=answers["responsible"],
        )


class DeedForm(ConfirmedForm):
    on = day(_("When?"))
    text = forms.CharField(label=_("What was done?"), max_length=400)


class ResultForm(ConfirmedForm):
    event = forms.ChoiceField(label=_("How did it go?"), widget=forms.RadioSelect)
    result = long_text(
        _("Result"),
        required=False,
        rows=3,
        longest=2000,
        help_text=_("What the measurement says. For your own follow-up."),
    )
    feedback = long_text(
        _("What inhabitants are told"),
        required=False,
        longest=2000,
        help_text=_("Public at once: what you promised, what you did, what came of it."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, events: list[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["event"].choices = events  # type: ignore[attr-defined]
