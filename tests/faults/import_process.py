"""Imports a list in a process of its own and says when half of it is written, to be killed then."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from samverkan.organisations.models import Function, Municipality, Organisation  # noqa: E402
from samverkan.organisations.selectors import actor_in_function  # noqa: E402
from samverkan.organisations.services import load_municipalities  # noqa: E402
from samverkan.platform.access.actor import Actor, system  # noqa: E402
from samverkan.platform.imports.reception import FileRequest, receive  # noqa: E402
from samverkan.platform.imports.services import commit_import  # noqa: E402

PAUSE_SECONDS = 0.3


def coordinator() -> Actor:
    """The function of the fresh world, made if it is not there."""
    now = timezone.now()
    call_command("migrate", verbosity=0)
    load_municipalities(system("fault test", now))
    function = Function.objects.for_system("fault test").first()
    if function is None:
        place = Municipality.objects.for_system("fault test").get(code="1760")
        party = Organisation.objects.create(
            name="Storfors kommun", kind="municipal_administration", municipality=place
        )
        function = Function.objects.create(
            kind="safety_coordinator", title="Säkerhetssamordnare", organisation=party
        )
        Function.municipalities.through.objects.create(function=function, municipality=place)
    return actor_in_function(function.ref, "fault test", now)


def halfway(done: int, total: int | None) -> None:
    if total and not halfway.is_told and done >= total // 2:
        halfway.is_told = True
        print("half of the rows are written", flush=True)
        time.sleep(PAUSE_SECONDS)


halfway.is_told = False


def main() -> None:
    actor = coordinator()
    request = FileRequest(Path(sys.argv[1]), kind_code="incidents", creates_places=True)
    result = commit_import(actor, receive(actor, request).ref, progress=halfway)
    print(f"imported {result.outcome.added}", flush=True)


if __name__ == "__main__":
    main()
