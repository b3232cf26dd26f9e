"""`samverkan presentation`: what politicians are shown, as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from samverkan.documents.formats import Language
from samverkan.organisations.models import Function
from samverkan.organisations.selectors import actor_in_function
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.reports.briefing.compose import NoFiguresError, UnknownMunicipalityError, compose
from samverkan.reports.briefing.outputs import BriefingFormat, briefing_file
from samverkan.reports.rules import first_of_month

PURPOSE = "samverkan presentation"
FORMATS = {
    "page": BriefingFormat.PAGE,
    "slides": BriefingFormat.SLIDES,
    "pptx": BriefingFormat.POWERPOINT,
    "basis": BriefingFormat.BASIS,
}


class CommandError(Exception):
    """Something that the person at the keyboard can mend."""


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    try:
        written = _write(arguments)
    except CommandError as error:
        print(f"samverkan presentation: {error}", file=sys.stderr)
        return 2
    except (OperationalError, ProgrammingError):
        words = f"cannot read the database of {settings.DATA_FOLDER}; run `samverkan setup` first"
        print(f"samverkan presentation: {words}", file=sys.stderr)
        return 2
    print("\n".join(str(path) for path in written))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samverkan presentation",
        description="One page and slides for politicians, from the figures up to a month.",
    )
    parser.add_argument("--municipality", required=True, metavar="CODE", help="SCB code: 1760")
    parser.add_argument("--period", required=True, metavar="YYYY-MM", help="the last month")
    parser.add_argument(
        "--folder", default=".", metavar="FOLDER", help="where the files go; here unless said"
    )
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        choices=[*FORMATS],
        help="page, slides, pptx or basis; all of them unless said; may be given again",
    )
    parser.add_argument("--language", choices=[each.value for each in Language], default="sv")
    parser.add_argument(
        "--as",
        dest="function_ref",
        default="",
        metavar="FUNCTION",
        help="the function whose rights apply; the municipality's safety coordinator unless said",
    )
    return parser


def _write(arguments: argparse.Namespace) -> list[Path]:
    period_start = _period(arguments.period)
    actor = _actor(arguments.function_ref, arguments.municipality)
    if not actor.may(Capability.STATISTICS_READ):
        raise CommandError("the function may not read statistics")
    language = Language(arguments.language)
    actor = replace(actor, language=language.value)
    try:
        content = compose(actor, arguments.municipality, period_start, language)
    except UnknownMunicipalityError as error:
        raise CommandError(f"no such municipality: {arguments.municipality}") from error
    except NoFiguresError as error:
        raise CommandError(
            f"no crime figures for {arguments.municipality} up to {arguments.period}; "
            "nothing has been written"
        ) from error
    wanted = arguments.formats or [*FORMATS]
    made = [briefing_file(content, FORMATS[each]) for each in dict.fromkeys(wanted)]
    return [_placed(Path(arguments.folder), each.name, each.content) for each in made]


def _placed(folder: Path, name: str, content: bytes) -> Path:
    target = folder / name
    try:
        target.write_bytes(content)
    except OSError as error:
        raise CommandError(f"cannot write {target}: {error.strerror}") from error
    return target


def _period(text: str) -> date:
    start = first_of_month(text)
    if start is None:
        raise CommandError(f"--period is a month such as 2026-10, not {text!r}")
    if start > timezone.localdate():
        raise CommandError(f"--period {text} has not begun")
    return start


def _actor(function_ref: str, municipality_code: str) -> Actor:
    functions = Function.objects.for_system("the function that the command line acts for")
    if function_ref:
        chosen = functions.filter(ref=function_ref).first()
        missing = f"no function {function_ref!r}"
    else:
        chosen = functions.filter(
            kind="safety_coordinator",
            organisation__municipality__code=municipality_code,
            organisation__parent__isnull=True,
        ).first()
        missing = (
            f"municipality {municipality_code!r} has no safety coordinator here; "
            "say who asks with --as FUNCTION"
        )
    if chosen is None:
        raise CommandError(missing)
    return actor_in_function(chosen.ref, PURPOSE, timezone.now())
