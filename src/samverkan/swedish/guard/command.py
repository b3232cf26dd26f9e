"""`python -m samverkan.swedish.guard`: precision and recall per kind, false alarms, time."""

from __future__ import annotations

import sys
import time

from samverkan.swedish.guard.labelled_set import Part, labelled_texts
from samverkan.swedish.guard.measurement import KindMeasure, Measurement, measure
from samverkan.swedish.guard.speed import LENGTH, milliseconds_per_text


def main() -> int:
    for part in Part:
        texts = labelled_texts(part)
        sys.stdout.write(f"{part.value.replace('_', ' ')}: {len(texts)} texts\n")
        sys.stdout.write(table(measure(texts)) + "\n\n")
    milliseconds = milliseconds_per_text(time.perf_counter)
    sys.stdout.write(f"{milliseconds:.2f} ms for a text of {LENGTH} characters\n")
    return 0


def table(measurement: Measurement) -> str:
    head = f"{'kind':<20}{'marked':>8}{'found':>8}{'recall':>9}{'findings':>10}{'precision':>11}"
    rows = [_row(kind) for kind in measurement.kinds]
    alarms = (
        f"clean texts with any finding: {measurement.n_clean_with_alarm} of {measurement.n_clean}"
        f" ({measurement.false_alarm_share:.1%})"
    )
    return "\n".join([head, *rows, alarms])


def _row(kind: KindMeasure) -> str:
    return (
        f"{kind.kind.value:<20}{kind.n_marked:>8}{kind.n_found:>8}{_share(kind.recall):>9}"
        f"{kind.n_findings:>10}{_share(kind.precision):>11}"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
