"""The whole guard: fold, search for each kind, keep what does not overlap, lead back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samverkan.swedish.guard.addresses import email_addresses, social_media_handles
from samverkan.swedish.guard.findings import Finding, Severity, Span
from samverkan.swedish.guard.folding import FoldedText, fold
from samverkan.swedish.guard.identity_numbers import identity_numbers
from samverkan.swedish.guard.indirect import indirect_identifications
from samverkan.swedish.guard.names import names
from samverkan.swedish.guard.phone_numbers import phone_numbers
from samverkan.swedish.guard.plates import registration_plates

_SEARCHES: tuple[Callable[[str], Iterator[Span]], ...] = (
    email_addresses,
    social_media_handles,
    identity_numbers,
    phone_numbers,
    registration_plates,
    names,
    indirect_identifications,
)


def find_persons(text: str) -> tuple[Finding, ...]:
    """What in `text` points out a person, from left to right and without overlap.

    Where two finds overlap the hard one stands, then the longer. A personnummer that could also
    be a phone number is called what fits the longer part. Never raises for any string.
    """
    folded = fold(text)
    spans = [span for search in _SEARCHES for span in search(folded.text)]
    return tuple(_finding(text, folded, span) for span in _without_overlap(spans))


def _without_overlap(spans: list[Span]) -> list[Span]:
    """The hard before the soft, the longer before the shorter, then as they stand."""
    hard = [span for span in spans if span.kind.severity is Severity.HARD]
    soft = [span for span in spans if span.kind.severity is Severity.SOFT]
    kept = _chain(hard)
    return _chain(soft, around=kept)


def _chain(spans: list[Span], around: list[Span] | None = None) -> list[Span]:
    """A greedy sweep from the left: of two that overlap the longer stays; `around` always stays."""
    fixed = around or []
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    free = _outside(kept, fixed)
    return sorted([*fixed, *free], key=lambda span: span.start)


def _outside(spans: list[Span], fixed: list[Span]) -> list[Span]:
    """The spans that touch none of `fixed`; both in order."""
    free: list[Span] = []
    index = 0
    for span in spans:
        while index < len(fixed) and fixed[index].end <= span.start:
            index += 1
        if index == len(fixed) or span.end <= fixed[index].start:
            free.append(span)
    return free


def _finding(text: str, folded: FoldedText, span: Span) -> Finding:
    start, end = folded.original_span(span.start, span.end)
    return Finding(span.kind, start, end, text[start:end], span.kind.severity)
