from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "samverkan.platform.outbox"
    label = "outbox"

    def ready(self) -> None:
        from datetime import timedelta

        from samverkan.platform.jobs import periodic

        from .services import deliver_due

        periodic.register("outbox.deliver", timedelta(seconds=10), deliver_due)
