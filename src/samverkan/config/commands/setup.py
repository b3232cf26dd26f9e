"""Prepare the data folder, or bring it up to this version: safe to run again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from samverkan.organisations.services import load_municipalities
from samverkan.organisations.staffing.services import found_municipality
from samverkan.platform.access.actor import system


def prepare() -> None:
    """Folder, database tables, reference data."""
    Path(settings.DATA_FOLDER).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_municipalities(system("setup", timezone.now()))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="samverkan setup",
        description="Prepare or upgrade the data folder; with --municipality, found its house.",
    )
    parser.add_argument("--municipality", metavar="CODE", help="SCB code, for example 1760")
    parser.add_argument("--email", help="of the first person, who gets the first functions")
    parser.add_argument("--name", help="of the first person")
    arguments = parser.parse_args(argv)
    wanted = (arguments.municipality, arguments.email, arguments.name)
    if any(wanted) and not all(wanted):
        parser.error("--municipality, --email and --name go together")
    prepare()
    print(f"Ready: {settings.DATA_FOLDER}")
    return _found(*wanted) if all(wanted) else 0


def _found(code: str, email: str, name: str) -> int:
    try:
        founded = found_municipality(system("setup", timezone.now()), code, email, name)
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
        return 1
    print(f"{founded.party.name}: {', '.join(each.title for each in founded.functions)}")
    if founded.invitation.path:
        print(f"Start with `samverkan serve` and set the password at {founded.invitation.path}")
    return 0
