from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.actor import Actor

from .labels import action_label
from .selectors import Filter, actions_seen

MAXIMUM_DATE = date(9998, 12, 31)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _date_field(label: StrOrPromise) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class FilterForm(forms.Form):
    first_day = _date_field(_("From"))
    last_day = _date_field(_("To"))
    function = forms.CharField(label=_("Function"), max_length=160, required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    object_ref = forms.CharField(label=_("Identifier of the object"), max_length=40, required=False)

    def __init__(self, actor: Actor, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        known = [(code, action_label(code)) for code in actions_seen(actor)]
        action = cast(forms.ChoiceField, self.fields["action"])
        action.choices = [("", _("Everything")), *known]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("last_day", _("The last day lies before the first."))
        for name in ("first_day", "last_day"):
            day = cleaned.get(name)
            if isinstance(day, date) and day > MAXIMUM_DATE:
                self.add_error(name, _("Choose an earlier day."))
        return cleaned

    def chosen(self) -> Filter:
        """What the form asks for; nothing when it has errors."""
        if not self.is_valid():
            return Filter()
        return Filter(**self.cleaned_data)
