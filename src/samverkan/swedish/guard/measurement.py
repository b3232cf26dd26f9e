"""How well the guard does on labelled texts.

Question answered: of what is marked, how much is found (recall); of what is found, how much is
marked (precision); how many clean texts raise an alarm?
A hard mark is found when a finding of its kind covers it whole, for half a number blocked is half
a number leaked; a soft one when a finding of its kind overlaps it. A finding is right when it
overlaps a mark of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverkan.swedish.guard.findings import Finding, FindingKind, Severity
from samverkan.swedish.guard.guard import find_persons
from samverkan.swedish.guard.labelled_set import LabelledText, Mark


@dataclass(frozen=True, slots=True)
class KindMeasure:
    """`precision` and `recall` are None where there is nothing to divide by."""

    kind: FindingKind
    n_marked: int
    n_found: int
    n_findings: int
    n_right: int

    @property
    def recall(self) -> float | None:
        return self.n_found / self.n_marked if self.n_marked else None

    @property
    def precision(self) -> float | None:
        return self.n_right / self.n_findings if self.n_findings else None


@dataclass(frozen=True, slots=True)
class Measurement:
    kinds: tuple[KindMeasure, ...]
    n_clean: int
    n_clean_with_alarm: int

    @property
    def false_alarm_share(self) -> float:
        return self.n_clean_with_alarm / self.n_clean

    def of(self, kind: FindingKind) -> KindMeasure:
        return next(measure for measure in self.kinds if measure.kind is kind)


def measure(texts: Iterable[LabelledText]) -> Measurement:
    """The measures of the guard on `texts`, at least one of them clean."""
    judged = [(labelled, find_persons(labelled.text)) for labelled in texts]
    clean = [findings for labelled, findings in judged if labelled.is_clean]
    return Measurement(
        tuple(_measure_kind(kind, judged) for kind in FindingKind),
        n_clean=len(clean),
        n_clean_with_alarm=sum(bool(findings) for findings in clean),
    )


def _measure_kind(
    kind: FindingKind, judged: list[tuple[LabelledText, tuple[Finding, ...]]]
) -> KindMeasure:
    marked = [
        is_found(mark, findings)
        for labelled, findings in judged
        for mark in labelled.marks
        if mark.kind is kind
    ]
    right = [
        is_right(finding, labelled.marks)
        for labelled, findings in judged
        for finding in findings
        if finding.kind is kind
    ]
    return KindMeasure(kind, len(marked), sum(marked), len(right), sum(right))


def is_found(mark: Mark, findings: tuple[Finding, ...]) -> bool:
    same = [finding for finding in findings if finding.kind is mark.kind]
    if mark.kind.severity is Severity.HARD:
        return any(found.start <= mark.start and mark.end <= found.end for found in same)
    return any(found.start < mark.end and mark.start < found.end for found in same)


def is_right(finding: Finding, marks: tuple[Mark, ...]) -> bool:
    return any(
        mark.kind is finding.kind and finding.start < mark.end and mark.start < finding.end
        for mark in marks
    )
