"""`samverkan import`: put in a file, look at what would happen, take an import back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.utils import timezone, translation

from samverkan.organisations.lookup import functions_for_commands
from samverkan.organisations.selectors import actor_in_function
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.imports.console import (
    already_line,
    problem_lines,
    result_line,
    undone_line,
)
from samverkan.platform.imports.kinds import UndoRefusedError, import_kinds
from samverkan.platform.imports.problems import UnreadableFileError
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.results import AlreadyImportedError, ImportResult
from samverkan.platform.imports.selectors import latest_imports
from samverkan.platform.imports.services import check_import, commit_import, undo_import
from samverkan.platform.jobs.progress import ProgressCallback

DONE, REFUSED, MISUSED = 0, 1, 2


class MisuseError(Exception):
    """The command line itself is wrong; the text says how."""


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    with translation.override(arguments.language):
        try:
            return _act(arguments, replace(_actor(arguments), language=arguments.language))
        except MisuseError as error:
            print(f"samverkan import: {error}", file=sys.stderr)
            return MISUSED
        except PermissionDenied:
            print("samverkan import: the function may not import", file=sys.stderr)
            return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samverkan import",
        description="Put in a file: crime statistics, inhabitants, EST incidents, police events.",
        epilog="Exit codes: 0 done or nothing to do, 1 the file or the undo was refused, 2 misuse.",
    )
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--kind", default="", help="statistics, population, incidents or news")
    parser.add_argument("--municipality", default="", help="SCB code, where the file names none")
    parser.add_argument(
        "--as", dest="function", default="", help="ref of the function that imports"
    )
    parser.add_argument("--function-kind", default="safety_coordinator")
    parser.add_argument("--source", default="", help="bra, kolada, scb, police, est or manual")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD")
    parser.add_argument("--give", action="append", default=[], metavar="FIELD=VALUE",
                        help="a value for the whole file, for example year=2024")  # fmt: skip
    parser.add_argument("--definition", default="", help="what the figures count, in words")
    parser.add_argument("--fetched", default="", help="when the file was fetched: 2026-10-03")
    parser.add_argument("--preliminary", action="store_true")
    parser.add_argument("--skip-faulty", action="store_true", help="leave faulty rows out")
    parser.add_argument(
        "--create-places", action="store_true", help="put new places in the register"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, do nothing")
    parser.add_argument("--undo", metavar="REF", default="", help="take a whole import back")
    parser.add_argument("--list", action="store_true", help="the latest imports")
    parser.add_argument("--language", choices=("sv", "en"), default="sv")
    return parser


def _act(arguments: argparse.Namespace, actor: Actor) -> int:
    if arguments.list:
        return _list(actor)
    if arguments.undo:
        return _undo(actor, arguments.undo)
    if arguments.file is None:
        raise MisuseError("name a file, or use --list or --undo")
    if not arguments.file.is_file():
        raise MisuseError(f"there is no file {arguments.file}")
    if arguments.kind and arguments.kind not in import_kinds():
        raise MisuseError(f"the kinds are: {', '.join(import_kinds())}")
    return _import(actor, _request(arguments), is_dry=arguments.dry_run)


def _request(arguments: argparse.Namespace) -> FileRequest:
    given = _pairs(arguments.give)
    if arguments.municipality:
        given["municipality"] = arguments.municipality
    return FileRequest(
        path=arguments.file,
        kind_code=arguments.kind,
        source_code=arguments.source,
        columns=_pairs(arguments.map),
        given=given,
        definition=arguments.definition,
        is_preliminary=arguments.preliminary,
        fetched_at=_day(arguments.fetched),
        leaves_out_faulty_rows=arguments.skip_faulty,
        creates_places=arguments.create_places,
    )


def _import(actor: Actor, request: FileRequest, *, is_dry: bool) -> int:
    carry_out = check_import if is_dry else commit_import
    progress = _Progress()
    try:
        batch = receive(actor, request)
        result = carry_out(actor, batch.ref, progress=progress.report)
    except AlreadyImportedError as error:
        print(already_line(error.earlier))
        return DONE
    except UnreadableFileError as error:
        print(f"{error.message} {error.remedy}".strip(), file=sys.stderr)
        return REFUSED
    finally:
        progress.end()
    _show(result, is_dry=is_dry)
    return DONE if result.is_done else REFUSED


def _show(result: ImportResult, *, is_dry: bool) -> None:
    for line in problem_lines(result):
        print(line, file=sys.stderr)
    print(result_line(result, is_dry=is_dry))


def _undo(actor: Actor, ref: str) -> int:
    try:
        rows = undo_import(actor, ref)
    except UndoRefusedError as error:
        print(error, file=sys.stderr)
        return REFUSED
    print(undone_line(ref, rows))
    return DONE


def _list(actor: Actor) -> int:
    for batch in latest_imports(actor):
        print(
            f"{batch.ref}  {timezone.localdate(batch.created_at)}  {batch.kind:<11}"
            f"{batch.get_state_display():<12}{batch.rows_added:>9}  {batch.file_name}"
        )
    return DONE


def _actor(arguments: argparse.Namespace) -> Actor:
    """The function that was named, or the only one of its kind (in the municipality)."""
    ref = arguments.function or _only_function(arguments.function_kind, arguments.municipality)
    try:
        actor = actor_in_function(ref, "samverkan import", timezone.now())
    except ObjectDoesNotExist:
        raise MisuseError(f"there is no function {ref}") from None
    if not actor.may(Capability.IMPORTS_WRITE):
        raise PermissionDenied
    return actor


def _only_function(kind: str, municipality_code: str) -> str:
    found = functions_for_commands(kind, municipality_code)
    if len(found) != 1:
        choices = "; ".join(f"{each.ref} {each.title}" for each in found[:20])
        raise MisuseError(
            f"{len(found)} functions fit: say which with --municipality or --as. {choices}"
        )
    return found[0].ref


def _pairs(words: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        key, separator, value = word.rpartition("=")
        if not separator:
            raise MisuseError(f"{word} lacks an equals sign")
        pairs[key.strip()] = value.strip()
    return pairs


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        raise MisuseError(f"{text} is not a date") from None


class _Progress:
    """Lines read so far, on one line of the terminal, where there is one."""

    def __init__(self) -> None:
        self._is_shown = False
        self.report: ProgressCallback = self._write if sys.stderr.isatty() else _silent

    def _write(self, done: int, total: int | None) -> None:
        of = f" / {total}" if total else ""
        print(f"\r{done}{of} ", end="", file=sys.stderr, flush=True)
        self._is_shown = True

    def end(self) -> None:
        if self._is_shown:
            print(file=sys.stderr)


def _silent(done: int, total: int | None) -> None:
    """Logs and pipes are spared the progress."""
