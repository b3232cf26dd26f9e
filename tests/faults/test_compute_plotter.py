"""The plotter of the methods' pages: what cannot be drawn is refused, what is drawn is legible."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

PLOTTER = Path(__file__).resolve().parents[2] / "docs" / "methods" / "plot.py"
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def plot() -> ModuleType:
    specification = importlib.util.spec_from_file_location("methods_plot", PLOTTER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


def figure(plot: ModuleType, **options: object) -> object:
    return plot.Figure(
        "Counts <rise> & fall", "For who cannot see it", plot.Axis("week"), plot.Axis("events"),
        **options,
    )  # fmt: skip


def test_a_picture_is_well_formed_and_says_what_it_shows(plot: ModuleType) -> None:
    picture = figure(plot)
    picture.line([0, 1, 2], [1.0, float("nan"), 3.0], "observed")
    picture.points([1], [2], "alarm", colour=1)
    picture.band([0, 2], [0, 0], [4, float("inf")], "chance")
    picture.bars([0, 1], [3, 4])
    picture.rule(y=2.5, label="limit")
    picture.note(1, 2, "here")
    root = ElementTree.fromstring(picture.svg())
    assert root.get("role") == "img"
    assert root.findtext(f"{NAMESPACE}title") == "Counts <rise> & fall"
    assert root.findtext(f"{NAMESPACE}desc") == "For who cannot see it"
    texts = [element.text for element in root.iter(f"{NAMESPACE}text")]
    assert {"week", "events", "observed", "alarm", "chance", "limit", "here"} <= set(texts)


def test_a_line_breaks_where_a_value_is_missing(plot: ModuleType) -> None:
    picture = figure(plot)
    picture.line([0, 1, 2, 3, 4], [1, 2, float("nan"), 3, 4])
    root = ElementTree.fromstring(picture.svg())
    path = next(root.iter(f"{NAMESPACE}path")).get("d")
    assert path is not None
    assert (path.count("M"), path.count("L")) == (2, 2)


def test_the_same_numbers_give_the_same_bytes(plot: ModuleType) -> None:
    first, second = figure(plot), figure(plot)
    for picture in (first, second):
        picture.heat([[1, 2], [3, float("nan")]], [0, 1, 2], [0, 1, 2], numbers=".1f")
    assert first.svg() == second.svg()


def test_series_names_do_not_lie_on_each_other(plot: ModuleType) -> None:
    picture = figure(plot)
    for number in range(6):
        picture.line([0, 1], [number, 5.0], f"series {number}")
    root = ElementTree.fromstring(picture.svg())
    ends = [e for e in root.iter(f"{NAMESPACE}text") if e.get("class") == "end"]
    levels = sorted(float(e.get("y", "nan")) for e in ends)
    assert len(levels) == 6
    assert all(b - a >= 15 for a, b in pairwise(levels))


def test_what_cannot_be_drawn_is_refused(plot: ModuleType) -> None:
    with pytest.raises(ValueError, match="the picture is empty"):
        figure(plot).svg()
    with pytest.raises(ValueError, match="2 values of x but 1 of y"):
        figure(plot).line([1, 2], [1])
    with pytest.raises(ValueError, match="at least one finite value"):
        figure(plot).heat([[float("nan")]], [0, 1], [0, 1])
    with pytest.raises(ValueError, match="at one x or at one y"):
        figure(plot).rule()
    nothing = figure(plot)
    nothing.line([float("nan")], [1])
    with pytest.raises(ValueError, match="nothing finite to draw along 'week'"):
        nothing.svg()
