"""The address as a code for a phone's camera."""

from __future__ import annotations

import io

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_drawing(address: str) -> SafeString:
    """An SVG for the page. segno is loaded when a code is drawn."""
    import segno

    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=5,
        border=3,
        dark="#000",
        light="#fff",
        title=_("Code with the address of the survey"),
        omitsize=False,
    )
    # segno escapes the title and draws nothing of the address but squares.
    return mark_safe(stream.getvalue().decode("utf-8"))  # noqa: S308
