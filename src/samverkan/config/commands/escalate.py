"""`samverkan escalate`: move what stays or is late to the next level. Once a day is enough."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from samverkan.situation.services.escalation import escalate


def main(argv: Sequence[str]) -> int:
    argparse.ArgumentParser(
        prog="samverkan escalate",
        description="Hold every problem and measure against the rules of escalation, as of today. "
        "The same day twice changes nothing.",
    ).parse_args(argv)
    try:
        moved = escalate(timezone.now())
    except (OperationalError, ProgrammingError):
        words = f"cannot read the database of {settings.DATA_FOLDER}; run `samverkan setup` first"
        print(f"samverkan escalate: {words}", file=sys.stderr)
        return 2
    print(f"{moved.raised} moved up, {moved.came_back} came back")
    return 0
