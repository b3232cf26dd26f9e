"""Colours by meaning: the page's own custom properties on screen, fixed ones on paper."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.model import SourceKind


@dataclass(frozen=True)
class Palette:
    police: str
    est: str
    survey: str
    expected: str
    unusual: str
    ink: str
    quiet_ink: str
    line: str
    paper: str
    font_family: str

    def of(self, source: SourceKind) -> str:
        return {
            SourceKind.POLICE: self.police,
            SourceKind.EST: self.est,
            SourceKind.SURVEY: self.survey,
        }[source]


SCREEN = Palette(
    police="var(--police)",
    est="var(--est)",
    survey="var(--survey)",
    expected="var(--expected)",
    unusual="var(--unusual)",
    ink="var(--ink)",
    quiet_ink="var(--ink-3)",
    line="var(--line)",
    paper="var(--paper)",
    font_family="inherit",
)

PAPER = Palette(
    police="#1f4e8c",
    est="#14594a",
    survey="#8a4b08",
    expected="#dce5e2",
    unusual="#a3281f",
    ink="#1b2421",
    quiet_ink="#4c5955",
    line="#dedad0",
    paper="#ffffff",
    font_family="Source Sans 3",
)
