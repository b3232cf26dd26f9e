"""The demo's groups as data: which functions sit in them, and on which days they meet."""

from __future__ import annotations

from dataclasses import dataclass

MEETING_PLACE = "Kommunhuset, Storfors"
LEADING = ("chair", "chief")
POSITIONS = {
    "chair": "Kommunstyrelsens ordförande",
    "chief": "Högsta chef för sin organisation",
    "coordinator": "Samordningsfunktion enligt 11 §",
}


@dataclass(frozen=True)
class PlannedGroup:
    """`seats` are (municipality or police, key, role), the chair first; `days` from this Monday."""

    kind: str
    name: str
    seats: tuple[tuple[str, str, str], ...]
    days: tuple[int, ...]


GROUPS = (
    PlannedGroup(
        "council",
        "Strategiska rådet, Storfors",
        (
            ("1760", "chair", "politician"),
            ("1760", "chief", "official"),
            ("1760", "coordinator", "official"),
            ("police", "chief", "police"),
        ),
        tuple(2 + 91 * step for step in (-2, -1, 0, 1)),
    ),
    PlannedGroup(
        "est",
        "EST-gruppen, Storfors",
        (
            ("1760", "coordinator", "official"),
            ("1760", "school", "official"),
            ("1760", "leisure", "official"),
            ("1760", "parks", "official"),
            ("1760", "library", "official"),
            ("police", "officer", "police"),
        ),
        tuple(2 + 14 * step for step in range(-6, 4)),
    ),
    PlannedGroup(
        "sspf",
        "SSPF-gruppen, Storfors",
        (
            ("1760", "school", "official"),
            ("1760", "leisure", "official"),
            ("police", "officer", "police"),
        ),
        tuple(3 + 28 * step for step in range(-3, 3)),
    ),
)
