"""Any of Django's own commands, in this installation's settings."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management import execute_from_command_line


def main(argv: Sequence[str]) -> int:
    execute_from_command_line(["samverkan manage", *argv])
    return 0
