"""Changes that belong to the shell: how a person wants the pages."""

from __future__ import annotations

from django.db import transaction

from samverkan.platform.access.actor import Actor
from samverkan.platform.accounts.models import User
from samverkan.platform.audit.services import record


@transaction.atomic
def save_preferences(actor: Actor, user: User, *, language: str, theme: str) -> None:
    """Keep the person's own language and appearance."""
    user.language = language
    user.theme = theme
    user.save(update_fields=["language", "theme"])
    record(
        actor,
        "preferences.saved",
        "user",
        user.ref,
        details={"language": language, "theme": theme},
    )
