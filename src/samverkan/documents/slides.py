"""A presentation as PowerPoint, by python-pptx. Imported only where one is made.

Every slide: the title first in reading order, then points, picture, source, footer and number.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import Any

from samverkan.documents.charts import PAPER
from samverkan.documents.deck import Deck, Slide
from samverkan.documents.formats import Language
from samverkan.documents.plain_text import clean
from samverkan.documents.slide_charts import add_chart

INCH = 914400
WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.7
TITLE_TOP, TITLE_HEIGHT = 0.45, 1.35
BODY_TOP, BODY_BOTTOM = 2.0, 6.45
CHART_WIDTH = 7.6
SOURCE_TOP, FOOTER_TOP = 6.5, 6.98
LANGUAGE_TAGS = {Language.SWEDISH: "sv-SE", Language.ENGLISH: "en-GB"}
TITLE_SIZES = (30, 26, 22, 19)
BODY_SIZES = (20, 18, 16, 14, 12)
LETTER_WIDTH = 0.53
"""A cautious guess: the mean width of a letter over the size of the text."""
LINE_HEIGHT = 1.25

Box = tuple[float, float, float, float]


def pptx_of(deck: Deck) -> bytes:
    """The deck as a file with charts that can be edited, notes, and alternative texts."""
    from pptx import Presentation
    from pptx.util import Emu

    made = Presentation()
    made.slide_width, made.slide_height = Emu(round(WIDTH * INCH)), Emu(round(HEIGHT * INCH))
    _widen_layouts(made)
    _opening(made, deck)
    for slide in deck.slides:
        _content(made, deck, slide)
    _say_language(made, LANGUAGE_TAGS[deck.language])
    properties = made.core_properties
    properties.title, properties.author = clean(deck.title), clean(deck.author)
    properties.subject, properties.language = clean(deck.subject), LANGUAGE_TAGS[deck.language]
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _widen_layouts(made: Any) -> None:
    """The library's own pattern is 4:3: what is added later in PowerPoint fits the wide slide."""
    factor = WIDTH / 10.0
    for pattern in (made.slide_master, *made.slide_layouts):
        for shape in pattern.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)


def _opening(made: Any, deck: Deck) -> None:
    slide = made.slides.add_slide(made.slide_layouts[0])
    title, body = slide.shapes.title, slide.placeholders[1]
    room = WIDTH - 2 * MARGIN
    _write(title, (deck.title,), (MARGIN, 2.0, room, 1.9), (40, 34, 28, 24), is_strong=True)
    lines = tuple(line for line in (deck.subject, deck.lead) if line)
    _write(body, lines, (MARGIN, 4.1, room, 2.2), (20, 18, 16, 14))
    _finish(slide, deck, 1, deck.notes)


def _content(made: Any, deck: Deck, content: Slide) -> None:
    layout = made.slide_layouts[1] if content.points else made.slide_layouts[5]
    slide = made.slides.add_slide(layout)
    room = WIDTH - 2 * MARGIN
    _write(
        slide.shapes.title,
        (content.title,),
        (MARGIN, TITLE_TOP, room, TITLE_HEIGHT),
        TITLE_SIZES,
        is_strong=True,
    )
    height = BODY_BOTTOM - BODY_TOP
    beside = CHART_WIDTH + 0.3 if content.chart else 0.0
    if content.points:
        box = (MARGIN + beside, BODY_TOP, room - beside, height)
        _write(slide.placeholders[1], content.points, box, BODY_SIZES, is_list=True)
    if content.chart is not None:
        width = CHART_WIDTH if content.points else room
        add_chart(slide, content.chart, _emu((MARGIN, BODY_TOP, width, height)))
    if content.source:
        box = (MARGIN, SOURCE_TOP, room, 0.4)
        shape = slide.shapes.add_textbox(*_emu(box))
        _write(shape, (content.source,), box, (11, 10, 9), colour=PAPER.quiet_ink)
    _finish(slide, deck, len(made.slides), content.notes)


def _finish(slide: Any, deck: Deck, number: int, notes: str) -> None:
    box = (MARGIN, FOOTER_TOP, WIDTH - 2 * MARGIN - 1.2, 0.35)
    shape = slide.shapes.add_textbox(*_emu(box))
    shape.name = "footer"
    _write(shape, (deck.footer,), box, (10, 9), colour=PAPER.quiet_ink)
    _number(slide, number)
    slide.notes_slide.notes_text_frame.text = clean(notes)


def _number(slide: Any, number: int) -> None:
    """A field that PowerPoint keeps right when slides are moved."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml

    box = (WIDTH - MARGIN - 1.0, FOOTER_TOP, 1.0, 0.35)
    shape = slide.shapes.add_textbox(*_emu(box))
    shape.name = "slide number"
    _write(shape, ("",), box, (10,), colour=PAPER.quiet_ink)
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    for run in list(paragraph.runs):
        paragraph._p.remove(run._r)
    field = parse_xml(
        '<a:fld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'id="{5B7C1E0A-6A55-4D5E-9C53-2D0A4E6F1760}" type="slidenum">'
        f'<a:rPr sz="1000"/><a:t>{number}</a:t></a:fld>'
    )
    paragraph._p.append(field)


def _write(
    shape: Any,
    lines: tuple[str, ...],
    box: Box,
    sizes: tuple[int, ...],
    *,
    is_strong: bool = False,
    is_list: bool = False,
    colour: str = PAPER.ink,
) -> None:
    """The lines in the box, in the largest of the sizes that holds them."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = _emu(box)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    size = fitting_size(lines, box, sizes)
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        if is_list:
            paragraph.space_after = Pt(size * 0.4)
        run = paragraph.add_run()
        run.text = clean(line)
        run.font.size, run.font.bold = Pt(size), is_strong
        run.font.color.rgb = _rgb(colour)


def fitting_size(lines: tuple[str, ...], box: Box, sizes: tuple[int, ...]) -> int:
    """The largest size whose lines fit in the box; the smallest when none does."""
    return next((size for size in sizes if text_height(lines, box[2], size) <= box[3]), sizes[-1])


def text_height(lines: tuple[str, ...], width: float, size: int) -> float:
    """In inches, cautiously: what the lines take in a box of the width (insets apart)."""
    per_line = max(1, int((width - 0.45) * 72 / (size * LETTER_WIDTH)))
    rows = sum(max(1, ceil(len(line) / per_line)) for line in lines)
    return (rows * size * LINE_HEIGHT + len(lines) * size * 0.4) / 72 + 0.1


def _say_language(made: Any, tag: str) -> None:
    """Every run of text says its language: a screen reader speaks it right."""
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for slide in made.slides:
        for root in (slide._element, slide.notes_slide._element):
            for run in root.iter(f"{name}r", f"{name}fld"):
                properties = run.find(f"{name}rPr")
                if properties is None:
                    properties = run.makeelement(f"{name}rPr", {})
                    run.insert(0, properties)
                properties.set("lang", tag)


def _emu(box: Box) -> tuple[int, int, int, int]:
    left, top, width, height = (round(each * INCH) for each in box)
    return left, top, width, height


def _rgb(written: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(written.removeprefix("#").upper())
