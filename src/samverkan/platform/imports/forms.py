"""The questions about a file: which one, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .files import Sample
from .kinds import ImportKind, ImportOptions, import_kinds
from .models import ImportBatch
from .results import Origin
from .selectors import options_of
from .sources import source_label

COLUMN = "column_"
GIVEN = "given_"
NO_COLUMN = ""
EXAMPLES = 2


class UploadForm(forms.Form):
    """One file; its kind is guessed unless it is said."""

    file = forms.FileField(label=gettext_lazy("File"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What does the file hold?"),
        required=False,
        help_text=gettext_lazy("Leave it to the program, or say it yourself."),
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **parameters: Any) -> None:
        super().__init__(*arguments, **parameters)
        guess = ("", _("Guess from the content"))
        _choice_field(self, "kind").choices = [guess, *kind_choices()]


class DetailsForm(forms.Form):
    """What the file is said to be: kind, origin, columns, and what holds for all of it."""

    kind = forms.ChoiceField(label=gettext_lazy("What does the file hold?"))
    source = forms.ChoiceField(label=gettext_lazy("Source"))
    fetched_on = forms.DateField(
        label=gettext_lazy("Fetched on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_preliminary = forms.BooleanField(
        label=gettext_lazy("The figures are preliminary"), required=False
    )
    definition = forms.CharField(
        label=gettext_lazy("Definition, if it differs from the usual"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )
    leaves_out_faulty_rows = forms.BooleanField(
        label=gettext_lazy("Leave out faulty rows and import the others"), required=False
    )
    creates_places = forms.BooleanField(
        label=gettext_lazy("Put new places in the register of places"), required=False
    )

    def __init__(
        self, kind: ImportKind, sample: Sample, *arguments: Any, **parameters: Any
    ) -> None:
        super().__init__(*arguments, **parameters)
        self.import_kind = kind
        _choice_field(self, "kind").choices = kind_choices()
        _choice_field(self, "source").choices = [
            (code, source_label(code)) for code in kind.source_codes
        ]
        if not any(entry.key == "place" for entry in kind.fields):
            del self.fields["creates_places"]
        if sample.header:
            self._add_columns(sample)

    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def given_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(GIVEN)]

    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith((COLUMN, GIVEN))]

    def origin(self, batch: ImportBatch) -> Origin:
        day = self.cleaned_data["fetched_on"]
        fetched_at = batch.fetched_at
        if timezone.localdate(fetched_at) != day:
            fetched_at = timezone.make_aware(datetime.combine(day, time()))
        return Origin(
            file_name=batch.file_name,
            source_code=self.cleaned_data["source"],
            fetched_at=fetched_at,
            definition=self.cleaned_data["definition"],
            is_preliminary=self.cleaned_data["is_preliminary"],
        )

    def options(self) -> ImportOptions:
        said = self.cleaned_data
        columns = {key: said.get(f"{COLUMN}{key}") for key in self._keys()}
        given = {key: (said.get(f"{GIVEN}{key}") or "").strip() for key in self._keys()}
        return ImportOptions(
            mapping={key: int(value) for key, value in columns.items() if value},
            given={key: value for key, value in given.items() if value},
            leaves_out_faulty_rows=said["leaves_out_faulty_rows"],
            creates_places=said.get("creates_places", False),
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for key in self._keys():
            name = f"{COLUMN}{key}"
            column = said.get(name)
            if column and column in taken:
                self.add_error(name, _("The column is already chosen for another field."))
            elif column:
                taken[column] = name
        return said

    def _keys(self) -> list[str]:
        return [entry.key for entry in self.import_kind.fields]

    def _add_columns(self, sample: Sample) -> None:
        choices = [(NO_COLUMN, _("No column")), *column_choices(sample)]
        for entry in self.import_kind.fields:
            self.fields[f"{COLUMN}{entry.key}"] = forms.ChoiceField(
                label=str(entry.label),
                choices=choices,
                required=False,
                help_text=str(entry.help),
            )
            if entry.may_be_given:
                self.fields[f"{GIVEN}{entry.key}"] = forms.CharField(
                    label=_("%(field)s for the whole file") % {"field": entry.label},
                    required=False,
                    max_length=80,
                )


def initial_details(batch: ImportBatch) -> dict[str, Any]:
    """The form's answers as the import has them now."""
    options = options_of(batch)
    return {
        "kind": batch.kind,
        "source": batch.source_code,
        "fetched_on": timezone.localdate(batch.fetched_at),
        "is_preliminary": batch.is_preliminary,
        "definition": batch.definition,
        "leaves_out_faulty_rows": options.leaves_out_faulty_rows,
        "creates_places": options.creates_places,
        **_prefixed(COLUMN, {key: str(column) for key, column in options.mapping.items()}),
        **_prefixed(GIVEN, options.given),
    }


def _choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    return cast(forms.ChoiceField, form.fields[name])


def kind_choices() -> list[tuple[str, Any]]:
    return [(code, kind.title) for code, kind in import_kinds().items()]


def column_choices(sample: Sample) -> list[tuple[str, str]]:
    """The file's columns by their headings, each with a few of its values."""
    choices = []
    for column, name in enumerate(sample.header):
        values = [cells[column].strip() for _line, cells in sample.rows if column < len(cells)]
        examples = ", ".join([value[:20] for value in values if value][:EXAMPLES])
        label = name or _("Column %(number)d") % {"number": column + 1}
        choices.append((str(column), f"{label} ({examples})" if examples else label))
    return choices


def _prefixed(prefix: str, values: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}{key}": value for key, value in values.items()}
