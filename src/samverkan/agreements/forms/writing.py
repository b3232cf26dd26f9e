"""What is typed when an agreement is drafted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samverkan.platform.design.fields import day, long_text

from ..rules import LONGEST_TEXT
from ..services.writing import LONGEST_COMMENT, Beginning


class FactsForm(forms.Form):
    """Title, period and reference number."""

    title = forms.CharField(label=pgettext_lazy("of a text", "Title"), max_length=160)
    valid_from = day(_("Holds from"))
    valid_to = day(
        _("Until, not including"),
        help_text=_("Four years is common. Leave it empty for until further notice."),
        required=False,
    )
    reference_number = forms.CharField(
        label=_("Reference number"), max_length=60, required=False, help_text=_("As in KS 2026/17.")
    )

    def beginning(self) -> Beginning:
        answers = self.cleaned_data
        return Beginning(
            title=answers["title"],
            party_refs=answers.get("parties", ()),
            valid_from=answers["valid_from"],
            valid_to=answers["valid_to"],
            reference_number=answers["reference_number"],
        )


class NewAgreementForm(FactsForm):
    parties = forms.MultipleChoiceField(
        label=_("With whom?"),
        help_text=_("Each municipality gets an annex of its own beside the frame."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one other party.")},
    )
    field_order = ["title", "parties", "valid_from", "valid_to", "reference_number"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parties: list[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["parties"].choices = parties  # type: ignore[attr-defined]


class RenewalForm(forms.Form):
    valid_from = day(_("Holds from"))
    valid_to = day(_("Until, not including"), required=False)


class SectionForm(forms.Form):
    """One section's text, and the version that the writer started from."""

    text = long_text(
        _("Text"),
        rows=16,
        longest=LONGEST_TEXT,
        required=False,
        help_text=_("An empty line begins a new paragraph, a line with a dash first is a bullet."),
    )
    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    comment = long_text(
        _("Comment"),
        longest=LONGEST_COMMENT,
        help_text=_("All parties see it, with your function."),
    )


class AnswerForm(forms.Form):
    answer = long_text(_("Answer"), rows=2, longest=LONGEST_COMMENT)
