"""A tree of causes: the problem first, each cause beside or beneath what it explains."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.boxes import LINE, text_lines, wrapped
from samverkan.documents.charts.palette import Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing

PADDING = 10.0
GAP = 14.0
NARROWEST = 150.0
BETWEEN = 34.0
INDENT = 22.0


@dataclass(frozen=True)
class TreeNode:
    """`parent` is the position of the node that it explains; `kind` stands over the text.

    A node stands after its parent. `is_emphasised` draws a strong frame.
    """

    text: str
    kind: str
    parent: int | None
    is_emphasised: bool = False


@dataclass(frozen=True)
class TreeChart:
    """`nodes` in tree order, the first one the root; `description` says the whole tree in words."""

    key: str
    title: str
    description: str
    nodes: tuple[TreeNode, ...]


@dataclass
class _Placed:
    x: float
    y: float
    width: float
    height: float
    kind: list[str]
    lines: list[str]


def draw_tree(chart: TreeChart, size: Size, palette: Palette) -> str:
    """From left to right where there is room, otherwise as steps downwards."""
    depths = _depths(chart.nodes)
    columns = max(depths, default=0) + 1
    width = (size.width - BETWEEN * (columns - 1)) / columns
    sideways = not size.is_narrow and width >= NARROWEST
    placed = (
        _sideways(chart.nodes, depths, size, width)
        if sideways
        else _downwards(chart.nodes, depths, size)
    )
    drawing = Drawing(size, palette)
    for node, box in zip(chart.nodes, placed, strict=True):
        if node.parent is not None:
            _join(drawing, placed[node.parent], box, is_sideways=sideways)
    for node, box in zip(chart.nodes, placed, strict=True):
        _draw_box(drawing, node, box)
    height = max((box.y + box.height for box in placed), default=0.0) + 2
    return drawing.document(height, chart.key, chart.title, chart.description)


def _depths(nodes: tuple[TreeNode, ...]) -> list[int]:
    depths: list[int] = []
    for node in nodes:
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
    return depths


def _box(node: TreeNode, x: float, width: float, size: Size) -> _Placed:
    room, letter = width - 2 * PADDING, size.text * 0.54
    kind = wrapped(node.kind, room, letter) if node.kind else []
    lines = wrapped(node.text, room, letter)
    height = (len(kind) + len(lines)) * size.text * LINE + 2 * PADDING - 2
    return _Placed(x, 0.0, width, height, kind, lines)


def _downwards(nodes: tuple[TreeNode, ...], depths: list[int], size: Size) -> list[_Placed]:
    placed, y = [], 1.0
    for node, depth in zip(nodes, depths, strict=True):
        x = 1 + min(depth * INDENT, size.width / 2)
        box = _box(node, x, size.width - x - 2, size)
        box.y = y
        y += box.height + GAP
        placed.append(box)
    return placed


def _sideways(
    nodes: tuple[TreeNode, ...], depths: list[int], size: Size, width: float
) -> list[_Placed]:
    """Leaves are stacked; a node stands at the middle of its children, below earlier boxes."""
    placed = [
        _box(node, 1 + depth * (width + BETWEEN), width - 2, size)
        for node, depth in zip(nodes, depths, strict=True)
    ]
    children: dict[int, list[int]] = {}
    for at, node in enumerate(nodes):
        if node.parent is not None:
            children.setdefault(node.parent, []).append(at)
    free = [1.0] * (max(depths, default=0) + 1)

    def put(at: int, top: float) -> float:
        """Place the branch from `top` on; where the next branch may begin."""
        box, below = placed[at], children.get(at, [])
        end = top
        for child in below:
            end = put(child, end)
        middle = top + box.height / 2
        if below:
            first, last = placed[below[0]], placed[below[-1]]
            middle = (first.y + first.height / 2 + last.y + last.height / 2) / 2
        box.y = max(free[depths[at]], middle - box.height / 2)
        free[depths[at]] = box.y + box.height + GAP
        return max(end, box.y + box.height + GAP)

    end = 1.0
    for at, node in enumerate(nodes):
        if node.parent is None:
            end = put(at, end)
    return placed


def _join(drawing: Drawing, parent: _Placed, child: _Placed, *, is_sideways: bool) -> None:
    colour = drawing.palette.quiet_ink
    y = child.y + child.height / 2
    if is_sideways:
        start = (parent.x + parent.width, parent.y + parent.height / 2)
        turn = start[0] + BETWEEN / 2
    else:
        start = (parent.x + INDENT / 2, parent.y + parent.height)
        turn = start[0]
    drawing.line(start, (turn, start[1]), colour)
    drawing.line((turn, start[1]), (turn, y), colour)
    drawing.line((turn, y), (child.x, y), colour)


def _draw_box(drawing: Drawing, node: TreeNode, box: _Placed) -> None:
    palette, text = drawing.palette, drawing.size.text
    fill = palette.expected if node.parent is None else palette.paper
    drawing.box(box.x, box.y, box.width, box.height, fill)
    drawing.frame(box.x, box.y, box.width, box.height, palette.est)
    if node.is_emphasised:
        drawing.frame(box.x + 3, box.y + 3, box.width - 6, box.height - 6, palette.est)
    y = box.y + PADDING + text * 0.8
    y = text_lines(drawing, box.x + PADDING, y, box.kind, colour=palette.quiet_ink)
    text_lines(
        drawing,
        box.x + PADDING,
        y,
        box.lines,
        colour=palette.ink,
        is_strong=node.parent is None,
    )
