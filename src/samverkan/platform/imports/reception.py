"""Take a file from this machine in one step: keep it, say what it is, register it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor

from .fields import plain
from .files import Sample
from .kinds import ImportKind, ImportOptions, import_kinds
from .models import ImportBatch
from .problems import UnreadableFileError
from .results import Origin, Preparation
from .services import prepare, register_file
from .storage import store_path


@dataclass(frozen=True)
class FileRequest:
    """A file and what is said of it; what is not said is guessed from its content.

    `columns` maps headings of the file to fields; `given` are values for the whole file.
    """

    path: Path
    kind_code: str = ""
    source_code: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""
    is_preliminary: bool = False
    fetched_at: datetime | None = None
    leaves_out_faulty_rows: bool = False
    creates_places: bool = False


def receive(actor: Actor, request: FileRequest) -> ImportBatch:
    """Keep and register the file, ready to be checked or imported.

    Raises UnreadableFileError, or AlreadyImportedError when the same file stands imported.
    """
    stored = store_path(request.path)
    prepared = prepare(actor, stored, request.path.name, kind_code=request.kind_code)
    kind = import_kinds().get(prepared.kind_code)
    if kind is None:
        raise UnreadableFileError(
            _("It is not clear what kind of data the file holds."),
            _("Say the kind: %(kinds)s.") % {"kinds": ", ".join(import_kinds())},
        )
    origin = Origin(
        file_name=request.path.name,
        source_code=request.source_code or prepared.source_code,
        fetched_at=request.fetched_at or actor.at,
        definition=request.definition,
        is_preliminary=request.is_preliminary,
    )
    mapping = _mapping(kind, prepared, request.columns)
    own = {key: value for key, value in prepared.given.items() if key not in mapping}
    options = ImportOptions(
        mapping=mapping,
        given={**own, **request.given},
        leaves_out_faulty_rows=request.leaves_out_faulty_rows,
        creates_places=request.creates_places,
    )
    return register_file(actor, stored, kind.code, origin, options)


def _mapping(kind: ImportKind, prepared: Preparation, columns: Mapping[str, str]) -> dict[str, int]:
    """The guessed columns, with those that were said in place of the guesses."""
    said = {
        _field_key(kind, key): _column(prepared.sample, heading) for heading, key in columns.items()
    }
    guessed = {
        key: column for key, column in prepared.mapping.items() if column not in said.values()
    }
    return {**guessed, **said}


def _field_key(kind: ImportKind, key: str) -> str:
    keys = [entry.key for entry in kind.fields]
    if key not in keys:
        raise UnreadableFileError(
            _("“%(key)s” is not a field of this kind.") % {"key": key[:40]},
            _("The fields are: %(keys)s.") % {"keys": ", ".join(keys)},
        )
    return key


def _column(sample: Sample, heading: str) -> int:
    for column, name in enumerate(sample.header):
        if plain(name) == plain(heading):
            return column
    raise UnreadableFileError(
        _("The file has no column “%(heading)s”.") % {"heading": heading[:40]},
        _("Its columns are: %(columns)s.") % {"columns": ", ".join(sample.header)[:300]},
    )
