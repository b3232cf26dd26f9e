"""`samverkan audit verify`: does the chain of the log hold, and if not, where is it broken?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from django.utils import timezone

from samverkan.platform.access.actor import system
from samverkan.platform.audit.verification import verify


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="samverkan audit")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("verify", help="find changed, removed or reordered entries")
    checking.add_argument(
        "--anchor",
        action="append",
        default=[],
        type=_anchor,
        metavar="NUMBER:HASH",
        help="a head that was kept outside the database",
    )
    commands.add_parser("head", help="number and hash of the newest entry, to keep outside")
    arguments = parser.parse_args(argv)
    anchors = dict(arguments.anchor) if arguments.command == "verify" else {}
    verdict = verify(system("verify the audit trail", timezone.now()), anchors=anchors)
    if arguments.command == "head":
        print(f"{verdict.head_sequence}:{verdict.head_hash}")
        return 0
    for finding in verdict.findings:
        print(finding)
    if verdict.holds:
        print(f"{verdict.entries} entries, the chain holds")
    return 0 if verdict.holds else 1


def _anchor(text: str) -> tuple[int, str]:
    number, separator, digest = text.partition(":")
    if not (separator and number.isdigit() and len(digest) == 64):
        raise argparse.ArgumentTypeError("NUMBER:HASH, as `samverkan audit head` prints it")
    return int(number), digest
