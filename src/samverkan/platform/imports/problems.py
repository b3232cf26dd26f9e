"""What is wrong with a file: on which line, in which column, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

KEPT = 200


class Severity(StrEnum):
    """An error stops the import; a note tells of something left out or worth knowing."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """One remark. Line 0 is about the whole file."""

    line: int
    column: str
    message: str
    remedy: str
    severity: Severity


class UnreadableFileError(Exception):
    """The file as a whole cannot be taken; the texts are for the person who sent it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class FaultyRowsError(Exception):
    """Rows are wrong and the importer did not ask for the faulty ones to be left out."""


class ProblemLog:
    """Counts every error and note, keeps the first ones for showing."""

    def __init__(self) -> None:
        self.errors = 0
        self.notes = 0
        self.faulty_lines = 0
        self._last_faulty_line = 0
        self._kept: dict[Severity, list[Problem]] = {Severity.ERROR: [], Severity.NOTE: []}

    def error(self, line: int, column: str, message: str, remedy: str = "") -> None:
        self.errors += 1
        if line != self._last_faulty_line or line == 0:
            self.faulty_lines += 1
            self._last_faulty_line = line
        self._keep(Problem(line, column, message, remedy, Severity.ERROR))

    def note(self, line: int, column: str, message: str, remedy: str = "") -> None:
        self.notes += 1
        self._keep(Problem(line, column, message, remedy, Severity.NOTE))

    def kept(self) -> list[Problem]:
        """The first errors, then the first notes."""
        return self._kept[Severity.ERROR] + self._kept[Severity.NOTE]

    def _keep(self, problem: Problem) -> None:
        kept = self._kept[problem.severity]
        if len(kept) < KEPT:
            kept.append(problem)


def as_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]


def from_json(content: Sequence[dict[str, Any]]) -> list[Problem]:
    return [Problem(**{**entry, "severity": Severity(entry["severity"])}) for entry in content]
