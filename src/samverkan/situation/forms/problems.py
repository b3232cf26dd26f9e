"""What is typed about problems and causes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..categories import incident_categories
from ..models import Cause, Problem
from ..services.causes import CauseText
from ..services.problems import ProblemText
from .guarded import GuardedForm

LONGEST = 6000


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ProblemForm(GuardedForm):
    """Scanning: what, where, when, who is affected; and the goal."""

    guarded: ClassVar[tuple[str, ...]] = ("title", "description", "when_text", "affected", "goal")

    title = forms.CharField(
        max_length=160,
        label=gettext_lazy("The problem in a line"),
        help_text=gettext_lazy("What comes back, and where. Never a person."),
    )
    category = forms.ChoiceField(required=False, label=gettext_lazy("Kind of incident"))
    place = forms.ChoiceField(required=False, label=gettext_lazy("Place"))
    description = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("What happens"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    when_text = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("When it happens"),
        help_text=gettext_lazy("As in: evenings from Thursday to Saturday, after the last bus."),
    )
    affected = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Who is affected"),
        help_text=gettext_lazy("Groups, never persons: staff, those who wait for the bus."),
    )
    goal = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("Goal"),
        help_text=gettext_lazy("What shall be different, and by when?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    responsible = forms.ChoiceField(required=False, label=gettext_lazy("Function that keeps it"))
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        places: list[tuple[str, str]],
        functions: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        language = get_language() or "sv"
        kinds = [(each.code, each.name(language)) for each in incident_categories()]
        self.fields["category"].choices = [("", _("several or none")), *kinds]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("several or none")), *places]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", _("not chosen yet")), *functions]  # type: ignore[attr-defined]

    def text(self) -> ProblemText:
        data = self.cleaned_data
        return ProblemText(
            title=data["title"],
            description=data["description"],
            when_text=data["when_text"],
            affected=data["affected"],
            goal=data["goal"],
            category=data["category"],
            place_ref=data["place"],
            responsible_id=int(data["responsible"]) if data["responsible"] else None,
        )


class CauseForm(GuardedForm):
    """One cause of the tree."""

    guarded: ClassVar[tuple[str, ...]] = ("text", "evidence")

    text = forms.CharField(
        max_length=300,
        label=gettext_lazy("Why does it happen?"),
        help_text=gettext_lazy("One cause. Ask why again, and put the answer beneath it."),
    )
    parent = forms.ChoiceField(required=False, label=gettext_lazy("Explains"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Side of the crime triangle"),
        choices=Cause.Kind.choices,
        widget=forms.RadioSelect,
        initial=Cause.Kind.PLACE,
    )
    evidence = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("How we know"),
        help_text=gettext_lazy("Reports, counts, a visit, what people have said. Or: a guess."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_root = forms.BooleanField(
        required=False, label=gettext_lazy("A root cause: here something can be done")
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, causes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", _("the problem itself")), *causes]  # type: ignore[attr-defined]

    def cause(self) -> CauseText:
        data = self.cleaned_data
        return CauseText(
            text=data["text"],
            kind=data["kind"],
            evidence=data["evidence"],
            is_root=data["is_root"],
            parent_ref=data["parent"],
        )


class ReasonForm(GuardedForm):
    """What is said together with a step that asks for a reason."""

    guarded: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        max_length=LONGEST, label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 4})
    )


class SetAsideForm(ReasonForm):
    """Setting aside is a result too: why, and when it is to be considered again."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["reconsider_on"] = day_field(_("To be considered again on"))

    def clean_reconsider_on(self) -> date:
        day: date = self.cleaned_data["reconsider_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day ahead."))
        return day


class NeighbourForm(GuardedForm):
    """Could we do this with the neighbours?"""

    guarded: ClassVar[tuple[str, ...]] = ("reason",)

    answer = forms.ChoiceField(
        label=gettext_lazy("Is the problem worked on with the neighbours?"),
        choices=Problem.NeighbourAnswer.choices,
        widget=forms.RadioSelect,
    )
    neighbours = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("With whom"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        max_length=LONGEST,
        label=gettext_lazy("Why, or why not"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, neighbours: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["neighbours"].choices = neighbours  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == Problem.NeighbourAnswer.YES and not cleaned.get("neighbours"):
            self.add_error("neighbours", _("Say with whom."))
        return cleaned
