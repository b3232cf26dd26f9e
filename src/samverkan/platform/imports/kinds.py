"""The kinds of files that the rooms can take. Each room registers its own when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.functional import Promise

from samverkan.platform.access.actor import Actor
from samverkan.platform.jobs.progress import ProgressCallback

from .fields import ImportField, guess_mapping, missing_fields
from .files import FileFormat, ImportFile, Sample
from .models import ImportBatch
from .problems import ProblemLog


@dataclass(frozen=True)
class ImportOptions:
    """What the importer has said: which column is what, and what holds for the whole file."""

    mapping: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    leaves_out_faulty_rows: bool = False
    creates_places: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do. `undo_data` is what the kind needs to take it back."""

    read: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    undo_data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportRun:
    """One pass of one file through one kind."""

    actor: Actor
    batch: ImportBatch
    file: ImportFile
    options: ImportOptions
    problems: ProblemLog
    progress: ProgressCallback


class UndoRefusedError(Exception):
    """The import cannot be taken back; the text says why, for the person who asked."""


class ImportKind(Protocol):
    """A kind of file. `run` and `undo` are called inside the caller's transaction."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str | Promise: ...

    @property
    def description(self) -> str | Promise: ...

    @property
    def formats(self) -> frozenset[FileFormat]: ...

    @property
    def fields(self) -> tuple[ImportField, ...]: ...

    @property
    def source_codes(self) -> tuple[str, ...]:
        """The publishers that a file can come from; the first is the usual one."""
        ...

    def confidence(self, sample: Sample) -> float:
        """How sure the kind is that the file is of its own: 0 (not) to 1 (certain)."""
        ...

    def guess_source(self, sample: Sample) -> str:
        """The publisher that the file most likely comes from."""
        ...

    def run(self, run: ImportRun) -> Outcome:
        """Read, check and write; every fault goes to `run.problems`, the reading goes on."""
        ...

    def undo(self, actor: Actor, batch: ImportBatch) -> int:
        """Take back what the import wrote; how many rows. Raises UndoRefusedError."""
        ...


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    _kinds[kind.code] = kind


def import_kinds() -> dict[str, ImportKind]:
    """Every kind by its code, in the order of registration."""
    return dict(_kinds)


def guess_kind(sample: Sample) -> ImportKind | None:
    """The kind that is surest of the file, or None when no kind knows it."""
    ranked = [(kind.confidence(sample), kind) for kind in _kinds.values()]
    best = max(ranked, key=lambda entry: entry[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def table_confidence(sample: Sample, fields: tuple[ImportField, ...]) -> float:
    """How well a table's header meets the fields: 0 when a required one has no column."""
    mapping = guess_mapping(sample.header, fields)
    given = {field.key: "?" for field in fields if field.may_be_given}
    if not sample.header or missing_fields(fields, mapping, given):
        return 0.0
    required = sum(1 for field in fields if field.is_required and field.key in mapping)
    return min(0.9, 0.3 + 0.1 * required + 0.4 * len(mapping) / len(sample.header))
