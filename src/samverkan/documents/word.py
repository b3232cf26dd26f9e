"""Reports as Word documents, by python-docx: real headings, alternative texts, table headers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from samverkan.documents.pdf import images_of
from samverkan.documents.plain_text import clean
from samverkan.documents.report import (
    Bullets,
    Figure,
    Heading,
    NewPage,
    Notice,
    Paragraph,
    Report,
    Table,
)

QUIET = (0x4C, 0x59, 0x55)
WIDTH_CENTIMETRES = 16.0
# What python-docx allows in a property of the file.
LONGEST_PROPERTY = 255


def word_of(report: Report) -> bytes:
    """The report as a `.docx` file."""
    writer = _Writer(report)
    return writer.write()


class _Writer:
    def __init__(self, report: Report) -> None:
        # Loaded here: lxml and python-docx are not part of the web process's start.
        from docx import Document

        self.report = report
        self.document: Any = Document()
        figures = [block for block in report.blocks if isinstance(block, Figure)]
        images = images_of([figure.svg for figure in figures])
        self.images = dict(zip(map(id, figures), images, strict=True))

    def write(self) -> bytes:
        self._styles()
        self._page()
        self._front()
        for block in self.report.blocks:
            self._block(block)
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 13), ("Title", 26)):
            style = self.document.styles[name]
            style.font.name, style.font.size = "Source Sans 3", Pt(size)
            style.font.color.rgb = RGBColor(0x1B, 0x24, 0x21)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(attribute), "Source Sans 3")
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(attribute), None)
        code = "en-GB" if self.report.language == "en" else "sv-SE"
        normal = self.document.styles["Normal"].element.get_or_add_rPr()
        language = normal.makeelement(qn("w:lang"), {qn("w:val"): code})
        normal.append(language)

    def _page(self) -> None:
        from docx.shared import Cm

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.4)
        section.header.paragraphs[0].text = clean(" · ".join(self.report.running_head))
        self._page_number(section.footer.paragraphs[0])
        properties = self.document.core_properties
        properties.title = clean(self.report.title)[:LONGEST_PROPERTY]
        properties.author = clean(self.report.author)[:LONGEST_PROPERTY]
        properties.language = self.report.language.value
        properties.comments = ""

    def _page_number(self, paragraph: Any) -> None:
        page_word, _of = self.report.page_words
        paragraph.add_run(f"{clean(self.report.author)}   {page_word} ")
        self._field(paragraph, "PAGE")
        paragraph.add_run(" (")
        self._field(paragraph, "NUMPAGES")
        paragraph.add_run(")")

    def _field(self, paragraph: Any, instruction: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind in ("begin", "", "end"):
            run = paragraph.add_run()
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = instruction
            run._r.append(mark)

    def _front(self) -> None:
        self.document.add_paragraph(clean(self.report.kicker))
        self.document.add_paragraph(clean(self.report.title), style="Title")
        if self.report.lead:
            self.document.add_paragraph(clean(self.report.lead))
        for line in self.report.meta:
            self._quiet(line)

    def _block(self, block: object) -> None:
        if isinstance(block, Heading):
            text = f"{block.number} {block.text}".strip()
            self.document.add_heading(clean(text), level=block.level)
        elif isinstance(block, Paragraph):
            if block.is_quiet:
                self._quiet(block.text)
            else:
                self.document.add_paragraph(clean(block.text))
        elif isinstance(block, Bullets):
            for item in block.items:
                self.document.add_paragraph(clean(item), style="List Bullet")
        elif isinstance(block, Notice):
            self.document.add_paragraph().add_run(clean(block.text)).bold = True
        elif isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, NewPage):
            self.document.add_page_break()

    def _figure(self, figure: Figure) -> None:
        from docx.shared import Cm

        title = self.document.add_paragraph()
        title.add_run(clean(figure.title)).bold = True
        title.paragraph_format.keep_with_next = True
        self._quiet(figure.subtitle, keep=True)
        picture = self.document.add_picture(
            BytesIO(self.images[id(figure)]), width=Cm(WIDTH_CENTIMETRES)
        )
        picture._inline.docPr.set("descr", clean(figure.alternative))
        picture._inline.docPr.set("title", clean(figure.title))
        for remark in figure.remarks:
            self.document.add_paragraph(clean(remark))
        self._quiet(figure.source)
        self._quiet(figure.definition)

    def _table(self, table: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if table.caption:
            caption = self.document.add_paragraph()
            caption.add_run(clean(table.caption)).bold = True
            caption.paragraph_format.keep_with_next = True
        made = self.document.add_table(rows=0, cols=len(table.header), style="Light List")
        for at, row in enumerate((table.header, *table.rows)):
            cells = made.add_row().cells
            for column, text in enumerate(row):
                cells[column].text = clean(text)
                if column and table.is_numeric:
                    cells[column].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if at == 0:
                mark = OxmlElement("w:tblHeader")
                mark.set(qn("w:val"), "true")
                made.rows[0]._tr.get_or_add_trPr().append(mark)

    def _quiet(self, text: str, *, keep: bool = False) -> None:
        from docx.shared import Pt, RGBColor

        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.color.rgb = Pt(9), RGBColor(*QUIET)
        paragraph.paragraph_format.keep_with_next = keep
