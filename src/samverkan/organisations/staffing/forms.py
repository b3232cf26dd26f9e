from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverkan.organisations.function_kinds import function_kinds
from samverkan.organisations.models import Holding

from .services import Takeover

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _date(
    label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = ""
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class FunctionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of function"))
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("As people say it, for example Principal.")
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=120,
        required=False,
        help_text=_("The school, the department. Leave empty for the municipality itself."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        language = get_language() or "sv"
        kinds = cast(forms.ChoiceField, self.fields["kind"])
        kinds.choices = [(kind.code, kind.title(language)) for kind in function_kinds().values()]


class TakeoverForm(forms.Form):
    email = forms.EmailField(label=_("The person's e-mail address"))
    display_name = forms.CharField(label=_("The person's name"), max_length=120)
    role = forms.ChoiceField(label=_("As"), choices=Holding.Role.choices)
    valid_from = _date(_("From and including"))
    valid_to = _date(
        _("To, not including"), required=False, help_text=_("Leave empty: until further notice.")
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        first, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if isinstance(first, date) and isinstance(end, date) and end <= first:
            self.add_error("valid_to", _("The last day must come after the first."))
        return cleaned

    def takeover(self) -> Takeover:
        return Takeover(**self.cleaned_data)
