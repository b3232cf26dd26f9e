"""From files of events to a file of alarms: count, judge, write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from time import perf_counter

import numpy as np

from samverkan.compute.alarm_file import AlarmFile
from samverkan.compute.backends import Backend, InProcess
from samverkan.compute.counting import count_events
from samverkan.compute.engine import Resources
from samverkan.compute.errors import EventsError
from samverkan.compute.event_counts import Blocks, CountRequest, EventCounts
from samverkan.compute.event_files import EventFiles
from samverkan.compute.mapping import Progress, map
from samverkan.compute.screening import (
    METHODS,
    BlockAnswer,
    Screen,
    false_discovery_alarms,
    judge_block,
)

DAY = timedelta(days=1)
BLOCK_CELLS = 250_000
"""Counts in a block: some megabytes to send, and enough series to be fast together."""


@dataclass(frozen=True)
class Analysis:
    events: EventFiles
    count: CountRequest
    output: AlarmFile
    method: str
    n_evaluated: int = 1
    alpha: float | None = None
    false_discovery_rate: float | None = None
    pooled_keys: int = 1
    """For methods that pool: series that share this many of their first keys learn together."""
    only_alarms: bool = False
    counts_on_workers: bool = False
    """Every worker reaches the files by the same path, and counts one file at a time."""

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise EventsError(
                f"no method is called {self.method!r}; there are {', '.join(METHODS)}"
            )
        if self.false_discovery_rate is not None and not METHODS[self.method].has_p_value:
            raise EventsError(f"{self.method} gives no p-values to control false discoveries with")
        if self.output.path in self.events.paths:
            raise EventsError("the output would overwrite the events")


@dataclass(frozen=True)
class Summary:
    n_events: int
    n_unreadable: int
    n_series: int
    first_period: str
    last_period: str
    last_event_on: date
    is_last_period_unfinished: bool
    """No event has come on the last day of the last period, so perhaps not all have come."""
    last_whole_day: date
    """The last day of the period before it."""
    n_judged: int
    n_alarms: int
    n_cannot_say: int
    seconds_counting: float
    seconds_judging: float


def analyse(
    analysis: Analysis,
    *,
    backend: Backend | None = None,
    resources: Resources | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Count the events, judge the last periods of every series, write the file.

    The file is the same to the last bit wherever the work is done. A series that no event belongs
    to is unknown and is not judged; a period without events counts as zero.
    """
    started = perf_counter()
    chosen = InProcess() if backend is None else backend
    with count_events(
        analysis.events,
        analysis.count,
        resources,
        writable=(analysis.output.partial,),
        backend=chosen if analysis.counts_on_workers else None,
    ) as counts:
        counted = perf_counter()
        answers = _judge(analysis, counts, chosen, progress)
        if analysis.false_discovery_rate is not None:
            answers = _controlled(answers, analysis.false_discovery_rate)
        analysis.output.write(counts, answers, only_alarms=analysis.only_alarms)
        return _summary(counts, answers, counted - started, perf_counter() - counted)


def _judge(
    analysis: Analysis,
    counts: EventCounts,
    backend: Backend,
    progress: Callable[[Progress], None] | None,
) -> list[BlockAnswer]:
    period = analysis.count.period
    days = [period.first_day(i) for i in range(counts.first_period, counts.last_period + 1)]
    screen = Screen(
        analysis.method,
        period,
        np.array(days, dtype="datetime64[D]"),
        analysis.n_evaluated,
        analysis.alpha,
    )
    pooled = min(analysis.pooled_keys, len(analysis.count.by))
    keys = pooled if METHODS[analysis.method].pools_series else 0
    size = max(1, BLOCK_CELLS // counts.n_periods)
    return map(
        partial(judge_block, screen),
        Blocks(counts, size, pooled_keys=keys),
        backend=backend,
        progress=progress,
    )


def _controlled(answers: list[BlockAnswer], rate: float) -> list[BlockAnswer]:
    alarms = false_discovery_alarms(np.vstack([answer.p_value for answer in answers]), rate)
    return [
        replace(answer, is_alarm=alarms[answer.first_series :][: len(answer.observed)])
        for answer in answers
    ]


def _summary(
    counts: EventCounts, answers: list[BlockAnswer], counting: float, judging: float
) -> Summary:
    period = counts.request.period
    next_day = period.first_day(counts.last_period + 1)
    asked_until = counts.request.last_day or counts.last_event_on
    return Summary(
        n_events=counts.n_events,
        n_unreadable=counts.n_unreadable,
        n_series=counts.n_series,
        first_period=period.label(counts.first_period),
        last_period=period.label(counts.last_period),
        last_event_on=counts.last_event_on,
        is_last_period_unfinished=max(asked_until, counts.last_event_on) < next_day - DAY,
        last_whole_day=period.first_day(counts.last_period) - DAY,
        n_judged=sum(answer.observed.size for answer in answers),
        n_alarms=sum(int(answer.is_alarm.sum()) for answer in answers),
        n_cannot_say=sum(int(np.isnan(answer.upper_bound).sum()) for answer in answers),
        seconds_counting=counting,
        seconds_judging=judging,
    )
