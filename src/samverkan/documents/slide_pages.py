"""A presentation as tagged PDF, one page a slide, by Typst. Imported only where one is made."""

from __future__ import annotations

import json
from typing import Any

from samverkan.documents.charts import PAPER, SLIDE, draw
from samverkan.documents.deck import Deck, Slide
from samverkan.documents.pdf import TEMPLATES, LayoutError, prepared
from samverkan.documents.typefaces import FOLDER


def slides_pdf_of(deck: Deck, *, made_at: int | None = None) -> bytes:
    """The deck as PDF/UA-1 and PDF/A-2a. `made_at` (seconds) is the date in the file's data."""
    import typst

    try:
        return typst.compile(
            TEMPLATES / "slides.typ",
            root=TEMPLATES,
            font_paths=[FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"deck": json.dumps(_payload(deck))},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=made_at,
        )
    except typst.TypstError as error:
        raise LayoutError(str(error)) from error


def _payload(deck: Deck) -> dict[str, Any]:
    content = {
        "language": deck.language.value,
        "title": deck.title,
        "subject": deck.subject,
        "lead": deck.lead,
        "footer": deck.footer,
        "author": deck.author,
        "slides": [_slide(slide) for slide in deck.slides],
    }
    made: dict[str, Any] = prepared(content)
    return made


def _slide(slide: Slide) -> dict[str, Any]:
    chart = slide.chart
    return {
        "title": slide.title,
        "points": list(slide.points),
        "source": slide.source,
        "svg": draw(chart, SLIDE, PAPER) if chart else "",
        "alternative": f"{chart.title}. {chart.description}" if chart else "",
    }
