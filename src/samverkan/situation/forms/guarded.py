"""Forms whose texts are never about persons."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..free_text import screen


class GuardedForm(forms.Form):
    """`guarded` fields: hard findings are refused, soft ones ask once and can be answered."""

    guarded: ClassVar[tuple[str, ...]] = ()

    no_person = forms.BooleanField(
        required=False,
        label=gettext_lazy("No single person can be made out from this text"),
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.guarded:
            self._screen(name, cleaned.get(name) or "", has_answered=bool(cleaned.get("no_person")))
        return cleaned

    def _screen(self, name: str, text: str, *, has_answered: bool) -> None:
        found = screen(text)
        if found.hard:
            self.add_error(
                name,
                _("“%(text)s” points out a person. Take it out: EST is about places and causes.")
                % {"text": found.hard[0].text},
            )
        elif found.soft and not has_answered:
            self.fields["no_person"].widget = forms.CheckboxInput()
            self.add_error(
                name,
                _(
                    "“%(text)s” may point out a person. Write it otherwise, or say below that "
                    "nobody can be made out."
                )
                % {"text": found.soft[0].text},
            )
