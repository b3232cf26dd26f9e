"""The options of `samverkan analyse`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from samverkan.compute.periods import Period
from samverkan.compute.screening import METHODS

EPILOGUE = """
A name in --by is the name of a column. Where the file calls it something else, say so with
--NAME-column, as in --municipality-column Kommun or --date-column "Anmäld tid". The name `cell`
is made from the columns east and north (SWEREF 99 TM) when the file has no such column.

examples:
  samverkan analyse crimes.parquet --by municipality,kind --period week \\
      --method farrington-flexible --output alarms.parquet
  samverkan analyse crimes.csv --encoding windows-1252 --municipality-column Kommun \\
      --by municipality --period month --method predictive --output alarms.csv
  samverkan analyse "2026/*.parquet" --by cell,kind --period week --method ears-c2 --fdr 0.1 \\
      --output alarms.parquet --cluster tls://scheduler:8786 --progress
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = _parser()
    rest, columns = _columns_apart(parser, argv)
    options = parser.parse_args(rest)
    options.by = tuple(name.strip() for name in options.by.split(",") if name.strip())
    options.columns = columns
    mappable = {*options.by, "date", "east", "north"}
    for name in columns:
        if name not in mappable:
            parser.error(f"--{name}-column: {name} is not among {', '.join(sorted(mappable))}")
    if options.cluster and options.workers:
        parser.error("choose --workers or --cluster")
    if options.alpha is not None and options.fdr is not None:
        parser.error("choose --alpha or --fdr")
    if options.shared_files and not (options.cluster or options.workers):
        parser.error("--shared-files needs --cluster or --workers")
    return options


def _columns_apart(
    parser: argparse.ArgumentParser, argv: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    """The options --NAME-column, whose names argparse cannot know, and the rest."""
    rest: list[str] = []
    columns: dict[str, str] = {}
    arguments = iter(argv)
    for argument in arguments:
        flag = re.fullmatch(r"--(.+)-column(?:=(.*))?", argument)
        if flag is None:
            rest.append(argument)
            continue
        value = next(arguments, None) if flag[2] is None else flag[2]
        if not value:
            parser.error(f"--{flag[1]}-column needs the name of a column")
        columns[flag[1]] = value
    return rest, columns


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samverkan analyse",
        description="Counts events by series and period, and says which counts are unusual.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_counting(parser)
    _add_judging(parser)
    _add_machine(parser)
    return parser


def _add_counting(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("events", help="a Parquet or CSV file, a folder of them, or a pattern in quotes")
    add("--by", required=True, help="what makes a series, such as municipality,kind")
    add("--period", choices=[period.value for period in Period], default="week")
    add("--from", dest="first_day", type=_day, help="first day to count, as 2021-01-01")
    add("--to", dest="last_day", type=_day, help="last day to count; end on a whole period")
    add("--cell-size", type=_positive, default=1000, help="side of a cell in metres (1000)")
    add("--date-format", help="how dates are written, such as %%d/%%m/%%Y, when not as 2026-01-31")
    add("--skip-unreadable-dates", action="store_true", help="count the events that have a date")
    add("--encoding", default="utf-8", help="of CSV files, such as windows-1252 (utf-8)")
    add("--delimiter", help="of CSV files, when it is not found by itself")


def _add_judging(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--method", default="farrington-flexible", help=", ".join(METHODS))
    add("--output", type=Path, required=True, help="alarms.parquet, alarms.csv or alarms.json")
    add("--evaluate", type=_positive, default=1, help="how many of the last periods to judge (1)")
    add("--alpha", type=_share, help="share of false alarms; each method has its own default")
    add("--fdr", type=_share, help="instead of alpha: expected share of false among the alarms")
    add(
        "--pool",
        type=_positive,
        default=1,
        help="predictive learns over the series that share "
        "this many of the first names in --by (1)",
    )
    add("--only-alarms", action="store_true", help="leave out what is not an alarm")


def _add_machine(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--workers", type=_positive, help="judge on this many processes of this machine")
    add("--cluster", metavar="ADDRESS", help="judge on a Dask cluster, such as tls://host:8786")
    for name in ("authority", "certificate", "key"):
        add(f"--tls-{name}", type=Path, help="file for a tls:// cluster")
    add(
        "--shared-files",
        action="store_true",
        help="let the workers count too: they reach EVENTS by the same path",
    )
    add("--memory-limit", help="for counting, such as 4GB (half of the machine)")
    add("--threads", type=_positive, help="for counting (all processors)")
    add("--temporary-folder", type=Path, help="for what does not fit in memory")
    add("--progress", action="store_true", help="tell on standard error how far it is")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be a day such as 2026-01-31") from error
