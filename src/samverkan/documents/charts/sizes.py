"""The drawings that a page holds: one for a wide column, one for a phone, one for paper.

A drawing is scaled with its column. The text sizes leave room for that: the wide drawing holds
12 px down to a column of 617 px, the phone drawing down to 272 px (a 320 px screen).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    plot_height: int
    text: float
    left: int
    right: int
    is_narrow: bool = False

    def text_width(self, text: str) -> float:
        """A cautious guess of the width of a text in this drawing."""
        return len(text) * self.text * 0.52


WIDE = Size("wide", width=720, plot_height=150, text=14, left=40, right=20)
PHONE = Size("phone", width=340, plot_height=150, text=15, left=36, right=20, is_narrow=True)
# Scaled to a column of 482 points, the text comes out at 9.4 points.
PAGE = Size("page", width=720, plot_height=120, text=14, left=40, right=20)
# On a slide the drawing stands beside the points: 190 millimetres wide, text of 12 points.
SLIDE = Size("slide", width=720, plot_height=330, text=16, left=40, right=20)
