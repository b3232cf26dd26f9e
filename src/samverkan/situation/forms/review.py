"""What a reviewer types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor

from ..categories import incident_categories
from ..models import Incident, Place
from ..report_guard import hindering, judge
from ..report_guard_words import summary
from ..selectors.reporting_choices import reportable_places, reported_place


class EditForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, actor: Actor, incident: Incident) -> None:
        super().__init__(
            data,
            initial={
                "text": incident.text,
                "category": incident.category,
                "place": incident.place.ref if incident.place else "",
                "revision": incident.revision,
            },
        )
        self.actor, self.code = actor, incident.municipality.code
        language = get_language() or "sv"
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (each.code, each.name(language)) for each in incident_categories()
        ]
        self.fields["place"].choices = self._places(incident)  # type: ignore[attr-defined]

    def _places(self, incident: Incident) -> list[tuple[str, str]]:
        found = [(each.ref, each.name) for each in reportable_places(self.actor, self.code)]
        place = incident.place
        if place is not None and place.ref not in dict(found):
            found.insert(0, (place.ref, _("%(place)s (removed)") % {"place": place.name}))
        return [("", _("Elsewhere")), *found]

    def chosen_place(self) -> Place | None:
        ref = self.cleaned_data["place"]
        return reported_place(self.actor, self.code, ref) if ref else None

    def confirmed(self) -> frozenset[str]:
        return _confirmed(self)


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("What do you want to know?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_question(self) -> str:
        """A question is read as the report is: it may name nobody either."""
        question: str = self.cleaned_data["question"]
        found = hindering(judge(question), _confirmed(self))
        if found:
            raise forms.ValidationError(summary(found))
        return question


class RedactionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why? Without what was there"),
        help_text=gettext_lazy("The reason is kept in the log. Do not repeat what is taken out."),
        max_length=200,
    )
    takes = forms.ChoiceField(
        label=gettext_lazy("What is taken out"),
        choices=[
            ("text", gettext_lazy("The words")),
            ("place", gettext_lazy("The words and the exact place")),
            ("all", gettext_lazy("The whole report: it is not counted any more")),
        ],
        initial="text",
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        found = hindering(judge(reason), frozenset())
        if found:
            raise forms.ValidationError(summary(found))
        return reason


class LocalCategoryForm(forms.Form):
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))
    category = forms.ChoiceField(label=gettext_lazy("Counted as"))
    name = forms.CharField(label=gettext_lazy("Your own word"), max_length=60)

    def __init__(self, data: Any, *, municipalities: list[tuple[str, str]]) -> None:
        super().__init__(data)
        language = get_language() or "sv"
        self.fields["municipality"].choices = municipalities  # type: ignore[attr-defined]
        if len(municipalities) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.initial["municipality"] = municipalities[0][0]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (each.code, each.name(language)) for each in incident_categories()
        ]


def _confirmed(form: forms.Form) -> frozenset[str]:
    """The parts of a text that the writer says are no persons."""
    getlist = getattr(form.data, "getlist", None)
    return frozenset(getlist("confirmed")) if getlist else frozenset()
