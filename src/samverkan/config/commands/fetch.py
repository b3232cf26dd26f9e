"""`samverkan fetch`: ask a publisher for figures and put them in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import timezone, translation

from samverkan.organisations.lookup import functions_for_commands
from samverkan.organisations.selectors import actor_in_function
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.imports.console import problem_lines, result_line
from samverkan.statistics.clients.catalogue import Question, fetchables
from samverkan.statistics.fetch_selectors import due_fetches
from samverkan.statistics.fetching import Report, UnderWayError, carry_out, open_run, try_out
from samverkan.statistics.models import FetchRun

DONE, FAILED, MISUSED = 0, 1, 2
FIRST_YEAR = 2015


class MisuseError(Exception):
    """The command line itself is wrong; the text says how."""


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    with translation.override(arguments.language):
        try:
            return _act(arguments, replace(_actor(arguments), language=arguments.language))
        except MisuseError as error:
            print(f"samverkan fetch: {error}", file=sys.stderr)
            return MISUSED
        except PermissionDenied:
            print("samverkan fetch: the function may not import", file=sys.stderr)
            return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samverkan fetch",
        description="Fetch figures from Kolada or SCB, or the police's news, and put them in.",
        epilog="Exit codes: 0 done or nothing new, 1 nothing could be fetched, 2 misuse. "
        "`samverkan fetch due` fetches what it is time for: let a timer call it once a day.",
    )
    parser.add_argument("what", choices=[*fetchables(), "due"])
    parser.add_argument("--municipality", action="append", default=[], metavar="CODE",
                        help="SCB code, repeatable; the function's own unless said")  # fmt: skip
    parser.add_argument("--from-year", type=int, default=FIRST_YEAR)
    parser.add_argument("--to-year", type=int, default=0, help="this year unless said")
    parser.add_argument("--api", default="", help="v2 or v3 of Kolada, v1 or v2 of SCB")
    parser.add_argument("--as", dest="function", default="", help="ref of the function that asks")
    parser.add_argument("--function-kind", default="safety_coordinator")
    parser.add_argument("--refresh", action="store_true", help="ask even if a fresh answer is kept")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, do nothing")
    parser.add_argument("--language", choices=("sv", "en"), default="sv")
    return parser


def _act(arguments: argparse.Namespace, actor: Actor) -> int:
    codes = [arguments.what]
    if arguments.what == "due":
        codes = [plan.code for plan in due_fetches(actor)]
        if not codes:
            print("nothing is due")
    return max((_one(arguments, actor, code) for code in codes), default=DONE)


def _one(arguments: argparse.Namespace, actor: Actor, code: str) -> int:
    question = _question(arguments, actor, code)
    progress = _show_progress if sys.stderr.isatty() else _silent
    if arguments.dry_run:
        return _tell(code, try_out(actor, code, question, progress=progress), is_dry=True)
    try:
        run = open_run(actor, code, question)
    except UnderWayError as error:
        print(f"{code}: already under way ({error.run_ref})", file=sys.stderr)
        return FAILED
    try:
        return _tell(code, carry_out(actor, run, question, progress=progress), is_dry=False)
    except KeyboardInterrupt:
        print(f"{code}: interrupted; what has come is kept", file=sys.stderr)
        return FAILED


def _question(arguments: argparse.Namespace, actor: Actor, code: str) -> Question:
    fetchable = fetchables()[code]
    if arguments.api and arguments.api not in fetchable.addresses:
        raise MisuseError(f"the interfaces of {code} are: {', '.join(fetchable.addresses)}")
    to_year = arguments.to_year or timezone.localdate(actor.at).year
    if not 1950 <= arguments.from_year <= to_year <= timezone.localdate(actor.at).year:
        raise MisuseError(f"{arguments.from_year} to {to_year} are no years to ask for")
    codes = tuple(sorted(set(arguments.municipality or actor.municipality_codes)))
    if not codes:
        raise MisuseError("say for which municipality with --municipality")
    return Question(codes, arguments.from_year, to_year, arguments.api, arguments.refresh)


def _tell(code: str, report: Report, *, is_dry: bool) -> int:
    if report.result is not None:
        for line in problem_lines(report.result):
            print(line, file=sys.stderr)
        print(f"{code}: {result_line(report.result, is_dry=is_dry)}")
    if report.message:
        stream = sys.stderr if report.state is FetchRun.State.FAILED else sys.stdout
        print(f"{code}: {report.message}", file=stream)
    return FAILED if report.state is FetchRun.State.FAILED else DONE


def _actor(arguments: argparse.Namespace) -> Actor:
    """The function that was named, or the only one of its kind (in the municipality)."""
    ref = arguments.function or _only_function(arguments)
    try:
        actor = actor_in_function(ref, "samverkan fetch", timezone.now())
    except ObjectDoesNotExist:
        raise MisuseError(f"there is no function {ref}") from None
    if not actor.may(Capability.IMPORTS_WRITE):
        raise PermissionDenied
    return actor


def _only_function(arguments: argparse.Namespace) -> str:
    place = arguments.municipality[0] if arguments.municipality else ""
    found = functions_for_commands(arguments.function_kind, place)
    if len(found) != 1:
        choices = "; ".join(f"{each.ref} {each.title}" for each in found[:20])
        raise MisuseError(
            f"{len(found)} functions fit: say which with --municipality or --as. {choices}"
        )
    return found[0].ref


def _show_progress(done: int, total: int | None) -> None:
    print(f"\r{done}{f' / {total}' if total else ''} ", end="", file=sys.stderr, flush=True)


def _silent(done: int, total: int | None) -> None:
    """Logs and pipes are spared the progress."""
