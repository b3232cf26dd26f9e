"""Every sentence of very many series: judged together, municipality by municipality."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from .judgement import Judgement, hold_down_false_alarms
from .judging import judge_all
from .selectors import FigureSeries
from .statements import Statement, statements_of
from .unusual_months import with_unusual_months

MUNICIPALITIES_AT_ONCE = 24


def judged_together(found: Sequence[FigureSeries]) -> list[Judgement]:
    """The judgements of one municipality's series: false alarms held down over all of them."""
    return with_unusual_months(found, hold_down_false_alarms(judge_all(found)))


def all_statements(found: Sequence[FigureSeries]) -> Iterator[tuple[Statement, ...]]:
    """The sentences of each series in the order given; the series of a municipality must stand
    together. Many municipalities share the cost of each exact method."""
    towns = [list(group) for _code, group in groupby(found, lambda each: each.municipality_code)]
    for start in range(0, len(towns), MUNICIPALITIES_AT_ONCE):
        with _no_collection():
            yield from _of_towns(towns[start : start + MUNICIPALITIES_AT_ONCE])


def _of_towns(towns: list[list[FigureSeries]]) -> list[tuple[Statement, ...]]:
    flat = [series for town in towns for series in town]
    judged = judge_all(flat)
    held: list[Judgement] = []
    for town in towns:
        held += hold_down_false_alarms(judged[len(held) : len(held) + len(town)])
    told = with_unusual_months(flat, held)
    return [statements_of(series, judgement) for series, judgement in zip(flat, told, strict=True)]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hundreds of thousands of values that all live on: looking for garbage among them again and
    again would take longer than the methods."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
