"""Boxes with wrapped text, for drawings of trees and triangles."""

from __future__ import annotations

from samverkan.documents.charts.svg import Drawing

LINE = 1.3


def wrapped(text: str, room: float, letter: float) -> list[str]:
    """The text in lines that fit `room`; a word that is longer is cut where the room ends."""
    most = max(4, int(room / letter))
    lines: list[str] = []
    for word in text.split():
        pieces = [word[at : at + most] for at in range(0, len(word), most)]
        for piece in pieces:
            if lines and len(lines[-1]) + 1 + len(piece) <= most:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines or [""]


def text_lines(
    drawing: Drawing,
    x: float,
    y: float,
    lines: list[str],
    *,
    anchor: str = "start",
    colour: str = "",
    is_strong: bool = False,
) -> float:
    """Write the lines from the baseline `y` downwards; the baseline of the next line."""
    for line in lines:
        drawing.text(x, y, line, anchor=anchor, colour=colour, is_strong=is_strong)
        y += drawing.size.text * LINE
    return y
