"""At start: every template file of a group kind holds, or the operator is told which and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core import checks

from samverkan.organisations.function_kinds import function_kinds

from . import group_templates
from .group_templates import GroupTemplate

RETENTION = {
    "account", "audit", "est", "governance", "news", "operations", "provenance", "reference",
    "statistics",
}  # fmt: skip
FORMS = {"notice", "agenda", "minutes", "papers"}
ROLES = {"politician", "official", "police", "other"}


def check_group_templates(
    app_configs: Sequence[Any] | None, **options: Any
) -> list[checks.CheckMessage]:
    """E001 unreadable, E002 unknown value, E003 unknown escalation, E004 chair; W001 source."""
    found: dict[str, GroupTemplate] = {}
    messages: list[checks.CheckMessage] = []
    for path in sorted(group_templates.FOLDER.glob("*.toml")):
        try:
            found[path.stem] = group_templates.read_template(path)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            messages.append(_error(path, f"cannot be read: {type(error).__name__} {error}", 1))
    for key, template in found.items():
        messages += _messages(group_templates.FOLDER / f"{key}.toml", template, set(found))
    return messages


def _messages(path: Path, template: GroupTemplate, keys: set[str]) -> list[checks.CheckMessage]:
    messages: list[checks.CheckMessage] = []
    kinds = {kind for seat in template.seats for kind in seat.function_kinds}
    unknown = sorted(
        (kinds - set(function_kinds()))
        | (set(template.forms) - FORMS)
        | ({template.retention} - RETENTION)
        | ({seat.role for seat in template.seats} - ROLES)
    )
    if unknown:
        messages.append(_error(path, f"unknown: {', '.join(unknown)}", 2))
    if strangers := sorted(set(template.escalates_to) - keys):
        messages.append(_error(path, f"escalates to unknown: {', '.join(strangers)}", 3))
    if sum(seat.is_chair for seat in template.seats) != 1:
        messages.append(_error(path, "has exactly one seat for the chair", 4))
    if not template.source or not all(ground.source for ground in template.legal_frame):
        messages.append(
            checks.Warning(
                f"{path.name} lacks a source", hint="Say where it comes from.", id="governance.W001"
            )
        )
    return messages


def _error(path: Path, text: str, number: int) -> checks.Error:
    return checks.Error(
        f"group template {path.name} {text}",
        hint="See docs/group-templates.md for what a template holds.",
        id=f"governance.E{number:03d}",
    )
