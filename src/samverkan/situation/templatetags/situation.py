"""Names of categories, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from ..categories import categories

register = template.Library()


@register.filter
def category_name(code: str) -> str:
    """The category's name; a code that the list does not have stands as it is."""
    category = categories().get(code)
    return category.name(get_language() or "sv") if category else code
