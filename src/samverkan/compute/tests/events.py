"""Made-up events for the tests: weekly counts with a known outbreak."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np

FIRST_MONDAY = date(2019, 1, 7)
N_WEEKS = 390
LAST_SUNDAY = FIRST_MONDAY + timedelta(days=7 * N_WEEKS - 1)
MUNICIPALITIES = ("0180 Hamnby", "1780 Skogsby", "1782 Åby")
KINDS = ("skadegörelse", "stöld")


def write_events(path: Path, *, seed: int = 1) -> int:
    """Six series of about four events a week; in the last week Åby has forty thefts. The last
    event falls on a Sunday. Returns how many events were written, as CSV or as Parquet."""
    generator = np.random.default_rng(seed)
    rows = []
    for municipality in MUNICIPALITIES:
        for kind in KINDS:
            for week, count in enumerate(generator.poisson(4, N_WEEKS)):
                is_outbreak = (municipality, kind, week) == ("1782 Åby", "stöld", N_WEEKS - 1)
                monday = FIRST_MONDAY + timedelta(days=7 * week)
                offsets = generator.integers(0, 7, 40 if is_outbreak else count)
                rows += [(monday + timedelta(days=int(d)), municipality, kind) for d in offsets]
    rows.append((LAST_SUNDAY, MUNICIPALITIES[0], KINDS[0]))
    order = generator.permutation(len(rows))
    lines = ["date,municipality,kind", *(",".join(map(str, rows[i])) for i in order)]
    csv = path.with_suffix(".csv")
    csv.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if path.suffix == ".parquet":
        duckdb.sql(f"SELECT * FROM read_csv('{csv}')").write_parquet(str(path))
        csv.unlink()
    return len(rows)
