"""What a check or an import came to, for the page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .files import ImportFile, Sample
from .kinds import Outcome
from .models import ImportBatch
from .problems import Problem


@dataclass(frozen=True)
class Preparation:
    """What a file seems to be, before anybody has confirmed it. `kind` is empty when unknown."""

    file: ImportFile
    sample: Sample
    kind_code: str
    source_code: str
    mapping: Mapping[str, int]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: the provenance that each of its figures will carry."""

    file_name: str
    source_code: str
    fetched_at: datetime
    definition: str = ""
    is_preliminary: bool = False


@dataclass(frozen=True)
class ImportResult:
    """The numbers and the first problems; `is_done`: the rows were, or would be, put in."""

    batch: ImportBatch
    is_done: bool
    outcome: Outcome
    problems: tuple[Problem, ...] = field(default=())
    error_count: int = 0
    note_count: int = 0


class AlreadyImportedError(Exception):
    """The same file has been imported before and stands; nothing needs to be done."""

    def __init__(self, earlier: ImportBatch) -> None:
        super().__init__(earlier.ref)
        self.earlier = earlier
