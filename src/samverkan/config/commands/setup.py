"""Prepare the data folder, or bring it up to this version: safe to run again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from samverkan.organisations.services import load_municipalities
from samverkan.platform.access.actor import system


def prepare() -> None:
    """Folder, database tables, reference data."""
    Path(settings.DATA_FOLDER).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    load_municipalities(system("setup", timezone.now()))


def main(argv: Sequence[str]) -> int:
    if argv:
        print("usage: samverkan setup")
        return 0 if argv[0] in {"-h", "--help"} else 2
    prepare()
    print(f"Ready: {settings.DATA_FOLDER}")
    return 0
