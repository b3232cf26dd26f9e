"""`python -m benchmarks.methods.run [--only NAME ...] [--quick] [--list]`

Measures every case of this folder beside its peer, each in a process of its own on two processors,
keeps the numbers in `results.json` and writes docs/performance/methods.md from them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.methods.case import Case
from benchmarks.methods.measuring import Measured, all_cases, measure
from benchmarks.methods.page import page

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
PAGE = HERE.parents[1] / "docs" / "performance" / "methods.md"
CHILD = "--in-this-process"


def main(argv: list[str]) -> int:
    options = _parse(argv)
    if options.child:
        return _measure_here(options.child)
    chosen = _chosen(all_cases(), options.only, quick=options.quick)
    if options.list:
        print("\n".join(f"{case.name:<36}{case.work}" for case in chosen))
        return 0
    failed = []
    for case in chosen:
        measured = _measure_apart(case)
        if measured is None:
            failed.append(case.name)
        elif not options.quick:
            _keep(measured)
    if not options.quick:
        _write_page()
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.methods.run")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these rows only")
    parser.add_argument("--quick", action="store_true", help="no slow row, and no page written")
    parser.add_argument("--list", action="store_true", help="say which rows there are")
    parser.add_argument(CHILD, dest="child", metavar="NAME", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _chosen(cases: list[Case], only: list[str], *, quick: bool) -> list[Case]:
    unknown = set(only) - {case.name for case in cases}
    if unknown:
        raise SystemExit(f"no benchmark is called {', '.join(sorted(unknown))}; see --list")
    if only:
        return [case for case in cases if case.name in only]
    wanted = [case for case in cases if not case.name.endswith("_quick")]
    return [case for case in cases if not case.is_slow] if quick else wanted


def _measure_here(name: str) -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    case = next(case for case in all_cases() if case.name == name)
    today = datetime.now(UTC).date().isoformat()
    measured = measure(case, on=today, load=os.getloadavg()[0])
    print(json.dumps(measured.as_json()))
    return 0


def _measure_apart(case: Case) -> Measured | None:
    print(f"{case.name} ...", flush=True)
    command = [sys.executable, "-m", "benchmarks.methods.run", CHILD, case.name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1])
    if done.returncode != 0:
        return None
    measured = Measured(**json.loads(done.stdout.splitlines()[-1]))
    ratio = "" if measured.ratio is None else f", {measured.ratio:.3g} times {measured.peer_name}"
    print(f"  {measured.seconds:.4g} s{ratio}; {measured.agreement}", flush=True)
    return measured


def _keep(measured: Measured) -> None:
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept[measured.name] = measured.as_json()
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_page() -> None:
    """The page holds the last measurement of each case that still exists, in the cases' order."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    rows = [Measured(**kept[case.name]) for case in all_cases() if case.name in kept]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
