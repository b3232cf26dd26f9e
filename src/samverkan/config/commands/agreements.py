"""`samverkan agreements`: are the signed documents what was signed, and what has time done?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from django.utils import timezone

from samverkan.agreements.services.life import keep_the_calendar
from samverkan.agreements.services.signing import verify_documents
from samverkan.platform.access.actor import system


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="samverkan agreements")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("verify", help="compare every kept document with the hash that was signed")
    commands.add_parser(
        "tick", help="write down which agreements have come into force or run out by today"
    )
    arguments = parser.parse_args(argv)
    if arguments.command == "tick":
        moved = keep_the_calendar(timezone.now())
        print(f"{moved} agreements moved on")
        return 0
    return _verify()


def _verify() -> int:
    verdicts = verify_documents(system("verify signed agreements", timezone.now()))
    broken = [each for each in verdicts if not each.holds]
    for each in broken:
        print(f"CHANGED or gone: {each.agreement_ref} {each.kind} {each.sha256}")
    if not broken:
        print(f"{len(verdicts)} documents, each is what was signed")
    return 1 if broken else 0
