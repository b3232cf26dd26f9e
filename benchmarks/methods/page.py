"""docs/performance/methods.md: what was measured, as a table for people."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.methods.measuring import Measured

INTRODUCTION = """# How fast the methods are

Median of five or more runs on the two processors of one machine, our way and the peer's in the same
run and on the same data; fewer runs are said in the notes. A time marked *quoted* was not measured
here but earlier, on another machine with two processors and other load (±30 %): that program is
neither in Debian nor on PyPI, or the row varies one that was measured. Compiled kernels are warm:
the first call in a new installation compiles for some seconds and keeps the result on disk. Ratio
means how many times faster ours is. Other work shared the machine, behind the benchmarks in the
scheduler's order. A peer that takes minutes runs once, and R's Knox test times two permutations
and is scaled to 999.

Run it again with `python -m benchmarks.methods.run`, one row with `--only NAME`;
`benchmarks/README.md` tells how to install the peers.
"""


def page(rows: Sequence[Measured]) -> str:
    lines = [INTRODUCTION, f"{_machine()}.", ""]
    lines.append("| work | ours | peer | its time | ratio | aim | met |")
    lines.append("|---|---:|---|---:|---:|---|---|")
    lines += [_row(row) for row in rows]
    lines += ["", "## Notes", ""]
    lines += [note for row in rows if (note := _note(row))]
    return "\n".join(lines) + "\n"


def _row(row: Measured) -> str:
    theirs = "" if row.peer_seconds is None else _seconds(row.peer_seconds)
    if row.is_quoted:
        theirs += " *quoted*"
    ratio = "" if row.ratio is None else _times(row.ratio)
    met = {True: "yes", False: "**no**", None: ""}[row.is_met]
    ours = _seconds(row.seconds)
    if row.aim_megabytes is not None:
        ours += f", {row.megabytes / 1024:.1f} GB"
    work = f"{row.name.split(', beside')[0]}: {row.work}" if " " in row.name else row.work
    cells = [work, ours, row.peer_name, theirs, ratio, _aim(row), met]
    return "| " + " | ".join(cells) + " |"


def _aim(row: Measured) -> str:
    aims = []
    if row.aim is not None:
        aims.append(
            f"at least {row.aim:,.0f}×".replace(",", " ")
            if row.aim >= 1
            else f"within {1 / row.aim:.2g}× of it"
        )
    if row.aim_seconds is not None:
        aims.append(f"under {_seconds(row.aim_seconds)}")
    if row.aim_megabytes is not None:
        aims.append(f"under {row.aim_megabytes / 1024:.0f} GB")
    return ", ".join(aims)


def _note(row: Measured) -> str:
    parts = [row.agreement, row.note]
    if row.is_quoted:
        parts.append(f"peer's time quoted: {row.quoted_from}")
    if row.runs < 5:
        parts.append("one run" if row.runs == 1 else f"median of {row.runs} runs")
    if row.spread > 1.5:
        parts.append(f"our slowest run took {row.spread:.1f} times the fastest")
    said = "; ".join(part for part in parts if part)
    return f"- **{row.name}** ({row.on}): {said}." if said else f"- **{row.name}** ({row.on})."


def _seconds(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f} s".replace(",", " ")
    if value >= 0.995:
        return f"{value:.3g} s"
    return f"{value * 1000:.3g} ms" if value >= 0.000995 else f"{value * 1e6:.3g} µs"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}×".replace(",", " ") if ratio >= 10 else f"{ratio:.2g}×"


def _machine() -> str:
    packages = []
    for name in ("numpy", "scipy", "numba", "duckdb"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            packages.append(f"no {name}")
    processor = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"Two processors ({processor}), Python {platform.python_version()}, " + ", ".join(
        packages
    )
