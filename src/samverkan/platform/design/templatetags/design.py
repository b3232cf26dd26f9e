"""Small words of the design that templates use: icons, breadcrumbs, weeks and numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..hyphens import with_soft_hyphens

register = template.Library()


@register.filter(is_safe=True)
def hyphenate(text: object) -> str:
    """Long compounds may break at their joints: for headings, which are large on a phone."""
    return with_soft_hyphens(str(text))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of icons.svg; always beside words, so hidden from a screen reader."""
    return _drawn(name, get_script_prefix())


@lru_cache(maxsize=512)
def _drawn(name: str, prefix: str) -> SafeString:
    """A page draws dozens, the same ones every time; only where the house stands changes them."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        static("design/icons.svg"),
        name,
    )


@register.inclusion_tag("design/components/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """`{% breadcrumbs text url text url text %}`: where the page stands; the last has no url."""
    texts, urls = parts[::2], [*parts[1::2], ""]
    return {"crumbs": list(zip(texts, urls, strict=False))}


@register.filter
def week(value: int) -> str:
    """202648 as "vecka 48"."""
    return _("week %(week)d") % {"week": int(value) % 100}


@register.filter
def week_number(value: int) -> int:
    """202648 as 48, where the heading says that it is a week."""
    return int(value) % 100


@register.filter
def year_and_week(value: int) -> str:
    """202648 as "2026 vecka 48"."""
    year, number = divmod(int(value), 100)
    return _("%(year)d week %(week)d") % {"year": year, "week": number}


@register.filter
def number(value: int | float, decimals: int | None = None) -> str:
    """With the language's decimal sign and with thousands parted."""
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
