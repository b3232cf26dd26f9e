"""EST is never about persons: what the guard says of a text that somebody has written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverkan.swedish.guard import Finding, Severity, find_persons


class PersonInTextError(ValueError):
    """A text holds an identity number, a telephone number or the like. It is not in the message."""


@dataclass(frozen=True)
class Screening:
    """`hard` cannot be saved; `soft` asks whether a single person can be made out."""

    hard: tuple[Finding, ...]
    soft: tuple[Finding, ...]


def screen(text: str) -> Screening:
    findings = find_persons(text)
    return Screening(
        tuple(found for found in findings if found.severity is Severity.HARD),
        tuple(found for found in findings if found.severity is Severity.SOFT),
    )


def refuse_persons(texts: Iterable[str]) -> None:
    """The last wall, in the services: a hard finding is never stored, whoever calls."""
    if any(screen(text).hard for text in texts if text):
        raise PersonInTextError
