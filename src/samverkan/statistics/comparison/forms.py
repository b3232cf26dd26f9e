"""How the list of like municipalities is made: what the reader may change."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .peers import MOST_PEERS, USUAL_PEERS, USUAL_VARIABLES, Choice, Variable
from .places import place_facts

FEWEST_PEERS = 4
VARIABLES = (
    (Variable.INHABITANTS.value, _("Inhabitants")),
    (Variable.DENSITY.value, _("Inhabitants per square kilometre")),
    (Variable.COUNTY.value, _("The same county")),
)


class ChoiceForm(forms.Form):
    """Sent by GET: the list has an address that can be shared. Nothing sent: the usual list."""

    variables = forms.MultipleChoiceField(
        label=_("Alike in"),
        choices=VARIABLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the variables of the list.")},
    )
    count = forms.IntegerField(
        label=_("How many like ones"),
        min_value=FEWEST_PEERS,
        max_value=MOST_PEERS,
        required=False,
        help_text=_("From 4 to 40."),
    )
    neighbours = forms.BooleanField(label=_("The neighbours too"), required=False)
    added = forms.MultipleChoiceField(
        label=_("Add municipalities"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        error_messages={"invalid_choice": _("There is no such municipality.")},
    )
    removed = forms.MultipleChoiceField(
        label=_("Leave out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such municipality.")},
    )

    def __init__(self, data: object = None, *, own: str) -> None:
        super().__init__(data, initial=usual_initial())  # type: ignore[arg-type]
        others = [(code, place.name) for code, place in place_facts().items() if code != own]
        for name in ("added", "removed"):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = others

    def choice(self) -> Choice:
        """What was chosen; the usual where nothing was, or where it could not be read."""
        if not self.is_bound or not self.is_valid():
            return Choice()
        chosen = self.cleaned_data
        return Choice(
            variables=tuple(Variable(each) for each in chosen["variables"]) or USUAL_VARIABLES,
            count=chosen["count"] or USUAL_PEERS,
            with_neighbours=chosen["neighbours"],
            added=tuple(chosen["added"]),
            removed=tuple(chosen["removed"]),
        )


def usual_initial() -> dict[str, object]:
    return {
        "variables": [variable.value for variable in USUAL_VARIABLES],
        "count": USUAL_PEERS,
        "neighbours": True,
    }
