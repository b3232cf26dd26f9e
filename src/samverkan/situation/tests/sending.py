"""Reports as a device sends them, for tests."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samverkan.organisations.models import Function
from samverkan.platform.accounts.models import User
from samverkan.platform.design.offline import owner_tag


def report_of(user: User, function: Function, **fields: object) -> dict[str, object]:
    """What stands in a device's queue: vandalism, just now, somewhere in Storfors."""
    return {
        "key": str(uuid4()),
        "owner": owner_tag(user.pk, function.ref),
        "function": function.ref,
        "municipality": "1760",
        "category": "E10",
        "when": "now",
        "text": "Krossad ruta vid entrén.",
        **fields,
    }


def send(client: Client, report: dict[str, object]) -> HttpResponse:
    return client.post(
        reverse("situation:send_report"), json.dumps(report), content_type="application/json"
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def moment(at: datetime) -> str:
    return at.isoformat()
