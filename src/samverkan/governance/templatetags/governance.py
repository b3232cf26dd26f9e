"""Look up in a mapping by a key that the template has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """The value, or the key itself for what is no longer known."""
    return mapping.get(key, key)
