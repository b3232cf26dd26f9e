"""`samverkan lagesbild`: a municipality's situational picture as a file."""

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
from samverkan.reports.outputs import OutputFormat, output_file
from samverkan.reports.rules import first_of_month
from samverkan.reports.selectors import picture_content

PURPOSE = "samverkan lagesbild"


class CommandError(Exception):
    """Something that the person at the keyboard can mend."""


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    try:
        written = _write(arguments)
    except CommandError as error:
        print(f"samverkan lagesbild: {error}", file=sys.stderr)
        return 2
    except (OperationalError, ProgrammingError):
        words = f"cannot read the database of {settings.DATA_FOLDER}; run `samverkan setup` first"
        print(f"samverkan lagesbild: {words}", file=sys.stderr)
        return 2
    print(written)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samverkan lagesbild", description="The situational picture as PDF, Word or JSON."
    )
    parser.add_argument("--municipality", required=True, metavar="CODE", help="SCB code: 1760")
    parser.add_argument("--period", required=True, metavar="YYYY-MM", help="the last month")
    parser.add_argument("--output", required=True, metavar="FILE", help=".pdf, .docx or .json")
    parser.add_argument("--language", choices=[each.value for each in Language], default="sv")
    parser.add_argument("--version", type=int, help="a version's number; the latest unless said")
    parser.add_argument(
        "--as",
        dest="function_ref",
        default="",
        metavar="FUNCTION",
        help="the function whose rights apply; the municipality's safety coordinator unless said",
    )
    return parser


def _write(arguments: argparse.Namespace) -> Path:
    period_start = _period(arguments.period)
    target = Path(arguments.output)
    output_format = _format(target)
    actor = _actor(arguments.function_ref, arguments.municipality)
    if not actor.may(Capability.PICTURES_READ):
        raise CommandError("the function may not read situational pictures")
    language = Language(arguments.language)
    content = picture_content(
        replace(actor, language=language.value),
        arguments.municipality,
        period_start,
        language,
        number=arguments.version,
    )
    if content is None:
        raise CommandError(f"no such municipality or version: {arguments.municipality}")
    made = output_file(content, output_format)
    try:
        target.write_bytes(made.content)
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


def _format(target: Path) -> OutputFormat:
    try:
        return OutputFormat(target.suffix.removeprefix(".").lower())
    except ValueError as error:
        raise CommandError("--output ends with .pdf, .docx or .json") from error


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
