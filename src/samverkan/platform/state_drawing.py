"""A state machine as a picture: states in a column, ways forward to the right, back to the left."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.documents.charts.palette import PAPER, Palette
from samverkan.documents.charts.sizes import Size
from samverkan.documents.charts.svg import Drawing

from .states import StateMachine, Transition

TEXT = 15.0
LETTER = 7.6  # mean width of a letter at that size, generous
PORT = 30.0  # between two arrows at a state
LANE = 16.0  # between two upright lines
GAP = 26.0
MARGIN = 16.0
ARROW = 7.0


@dataclass(frozen=True)
class _Way:
    """One arrow: at which heights it leaves and arrives, and in which lane it runs."""

    text: str
    leaves_y: float
    arrives_y: float
    lane: int
    is_forward: bool


@dataclass(frozen=True)
class _Box:
    label: str
    top: float
    height: float
    is_end: bool


def draw_machine(machine: StateMachine, palette: Palette = PAPER) -> str:
    """The machine as an SVG document in the language in force; the description says it all too."""
    boxes, ways = _laid_out(machine)
    box_width = max(len(box.label) for box in boxes) * LETTER + 40
    sides = {
        forward: _side_width([way for way in ways if way.is_forward is forward])
        for forward in (True, False)
    }
    left = MARGIN + sides[False]
    width = left + box_width + sides[True] + MARGIN
    height = boxes[-1].top + boxes[-1].height + MARGIN
    drawing = Drawing(
        Size("page", round(width), plot_height=0, text=TEXT, left=0, right=0), palette
    )
    drawing.box(0, 0, round(width), height, palette.paper)
    for way in ways:
        _draw_way(drawing, way, left, left + box_width, _label_width(ways, way.is_forward))
    for box in boxes:
        _draw_box(drawing, box, left, box_width)
    start = boxes[0]
    drawing.dot(left - 20, start.top + 15, 5, palette.ink)
    drawing.line((left - 20, start.top + 15), (left, start.top + 15), palette.ink)
    return drawing.document(height, machine.key, str(machine.title), described(machine))


def described(machine: StateMachine) -> str:
    """The whole machine in a line, for whoever cannot see the picture."""
    ways = (
        f"{machine.state(each.source).label} → {machine.state(each.target).label}: "
        f"{_event_text(machine, each)}"
        for each in machine.transitions
    )
    return f"{machine.state(machine.initial).label}. {'; '.join(ways)}."


def _event_text(machine: StateMachine, each: Transition) -> str:
    word = str(machine.event(each.event).label)
    return f"{word} [{machine.guard(each.guard).label}]" if each.guard else word


def _laid_out(machine: StateMachine) -> tuple[list[_Box], list[_Way]]:
    order = {state.key: number for number, state in enumerate(machine.states)}
    ports: dict[tuple[str, bool], list[tuple[Transition, bool]]] = {}
    for each in machine.transitions:
        forward = order[each.target] >= order[each.source]
        ports.setdefault((each.source, forward), []).append((each, True))
        ports.setdefault((each.target, forward), []).append((each, False))
    boxes, heights, top = [], dict[tuple[Transition, bool], float](), MARGIN
    for state in machine.states:
        sides = [ports.get((state.key, forward), []) for forward in (True, False)]
        # The start's arrow takes the first port on the left.
        used = max(len(sides[0]), len(sides[1]) + (state.key == machine.initial))
        for side, first in zip(sides, (0, int(state.key == machine.initial)), strict=True):
            for number, port in enumerate(side, first):
                heights[port] = top + PORT * (number + 0.75)
        height = max(1, used) * PORT + 8
        boxes.append(_Box(str(state.label), top, height, state.is_end))
        top += height + GAP
    return boxes, _with_lanes(machine, order, heights)


def _with_lanes(
    machine: StateMachine, order: dict[str, int], heights: dict[tuple[Transition, bool], float]
) -> list[_Way]:
    """Short ways get the inner lanes; two ways share a lane only where they do not meet."""
    ways: list[_Way] = []
    by_length = sorted(
        machine.transitions, key=lambda each: abs(heights[each, True] - heights[each, False])
    )
    for each in by_length:
        forward = order[each.target] >= order[each.source]
        start, end = heights[each, True], heights[each, False]
        taken = {
            way.lane
            for way in ways
            if way.is_forward is forward
            and min(way.leaves_y, way.arrives_y) <= max(start, end)
            and min(start, end) <= max(way.leaves_y, way.arrives_y)
        }
        lane = next(number for number in range(len(ways) + 1) if number not in taken)
        ways.append(_Way(_event_text(machine, each), start, end, lane, forward))
    return ways


def _label_width(ways: list[_Way], is_forward: bool) -> float:
    texts = [len(way.text) for way in ways if way.is_forward is is_forward]
    return max(texts) * LETTER + 26 if texts else 0.0


def _side_width(ways: list[_Way]) -> float:
    if not ways:
        return 24.0
    return max(len(way.text) for way in ways) * LETTER + 26 + LANE * (1 + max(w.lane for w in ways))


def _draw_way(drawing: Drawing, way: _Way, left: float, right: float, label_width: float) -> None:
    ink, sign = drawing.palette.quiet_ink, 1 if way.is_forward else -1
    edge = right if way.is_forward else left
    lane = edge + sign * (label_width + LANE * way.lane)
    drawing.line((edge, way.leaves_y), (lane, way.leaves_y), ink)
    drawing.line((lane, way.leaves_y), (lane, way.arrives_y), ink)
    drawing.line((lane, way.arrives_y), (edge + sign * ARROW, way.arrives_y), ink)
    tip = (edge, way.arrives_y)
    drawing.area(
        [
            tip,
            (edge + sign * ARROW, way.arrives_y - ARROW / 2),
            (edge + sign * ARROW, way.arrives_y + ARROW / 2),
        ],
        ink,
    )
    drawing.text(
        edge + sign * 12,
        way.leaves_y - 5,
        way.text,
        anchor="start" if way.is_forward else "end",
        colour=drawing.palette.ink,
    )


def _draw_box(drawing: Drawing, box: _Box, left: float, width: float) -> None:
    palette = drawing.palette
    drawing.box(left, box.top, width, box.height, palette.expected)
    drawing.frame(left, box.top, width, box.height, palette.est)
    if box.is_end:
        drawing.frame(left + 3, box.top + 3, width - 6, box.height - 6, palette.est)
    drawing.text(
        left + width / 2,
        box.top + box.height / 2 + TEXT / 3,
        box.label,
        anchor="middle",
        colour=palette.ink,
        is_strong=True,
    )
