"""`samverkan analyse`: alarms over very many events, from the command line."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from samverkan.compute.alarm_file import AlarmFile
from samverkan.compute.analysis import Analysis, Summary, analyse
from samverkan.compute.backends import Backend, DaskCluster, InProcess, ProcessPool
from samverkan.compute.engine import Resources
from samverkan.compute.errors import ComputeError, EventsError
from samverkan.compute.event_counts import CountRequest
from samverkan.compute.event_files import find_events
from samverkan.compute.mapping import Progress
from samverkan.compute.options import parse
from samverkan.compute.periods import Period
from samverkan.compute.screening import METHODS


def main(argv: Sequence[str]) -> int:
    try:
        options = parse(argv)
        analysis = _analysis(options)
        _warn_if_unsuited(analysis)
        with _ended_politely():
            summary = analyse(
                analysis,
                backend=_backend(options),
                resources=Resources(
                    options.memory_limit, options.threads, options.temporary_folder
                ),
                progress=_tell_progress if options.progress else None,
            )
    except (EventsError, ComputeError, OSError) as error:
        return _refuse(str(error))
    except ValueError as error:
        # A method's refusal, which says what it would accept.
        return _refuse(str(error))
    except KeyboardInterrupt:
        _refuse("stopped; nothing was written")
        return 130
    print(_report(summary, options.output))
    return 0


def _say(text: str) -> None:
    print(f"samverkan analyse: {text}", file=sys.stderr)


def _refuse(text: str) -> int:
    _say(text)
    return 2


def _analysis(options: argparse.Namespace) -> Analysis:
    return Analysis(
        events=find_events(options.events, delimiter=options.delimiter, encoding=options.encoding),
        count=CountRequest(
            by=options.by,
            period=Period(options.period),
            columns=options.columns,
            date_format=options.date_format,
            first_day=options.first_day,
            last_day=options.last_day,
            cell_size=options.cell_size,
            skip_unreadable_dates=options.skip_unreadable_dates,
        ),
        output=AlarmFile.at(options.output),
        method=options.method,
        n_evaluated=options.evaluate,
        alpha=options.alpha,
        false_discovery_rate=options.fdr,
        pooled_keys=options.pool,
        only_alarms=options.only_alarms,
        counts_on_workers=options.shared_files,
    )


def _warn_if_unsuited(analysis: Analysis) -> None:
    if analysis.count.period not in METHODS[analysis.method].suits:
        _say(
            f"{analysis.method} is made for days and weeks: on small monthly counts it raises "
            "several times more false alarms than its alpha says; predictive keeps its promise"
        )


def _backend(options: argparse.Namespace) -> Backend:
    if options.cluster is None:
        return InProcess() if options.workers is None else ProcessPool(options.workers)
    cluster = DaskCluster(
        options.cluster, options.tls_authority, options.tls_certificate, options.tls_key
    )
    if not (cluster.is_encrypted or cluster.is_local):
        _say(
            f"{cluster.address} is not encrypted, and whoever reaches it runs code on its workers; "
            "use tls:// and client certificates"
        )
    return cluster


@contextmanager
def _ended_politely() -> Iterator[None]:
    """A request to end clears the temporary files away, as Ctrl-C does."""

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before: Callable[[int, FrameType | None], object] | int | None = signal.getsignal(
        signal.SIGTERM
    )
    try:
        signal.signal(signal.SIGTERM, end)
    except ValueError:
        # Only the main thread may listen; elsewhere the caller decides about endings.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_progress(progress: Progress) -> None:
    lost = f", {progress.workers_lost} workers lost and replaced" if progress.workers_lost else ""
    total = "" if progress.total is None else f" of {progress.total}"
    print(
        f"judged {progress.done}{total} blocks in {progress.seconds:.0f} s{lost}",
        file=sys.stderr,
        flush=True,
    )


def _report(summary: Summary, output: Path) -> str:
    lines = [
        f"{summary.n_events} events in {summary.n_series} series, {summary.first_period} to "
        f"{summary.last_period}; counted in {summary.seconds_counting:.1f} s, judged in "
        f"{summary.seconds_judging:.1f} s",
        f"{summary.n_alarms} alarms among {summary.n_judged} judged; for {summary.n_cannot_say} "
        "the method cannot say",
    ]
    if summary.n_unreadable:
        lines.append(f"{summary.n_unreadable} events without a readable date were left out")
    if summary.is_last_period_unfinished:
        lines.append(
            f"the last event is of {summary.last_event_on}: {summary.last_period} may be "
            f"unfinished; --to {summary.last_whole_day} ends with the period before"
        )
    return "\n".join([*lines, f"written to {output}"])
