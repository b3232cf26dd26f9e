"""Does the chain still hold? Finds an entry that was changed, removed or moved, and says which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from samverkan.platform.access.actor import Actor

from .chain import GENESIS, SEALED_FIELDS, seal
from .models import AuditEntry, AuditHead


class Fault(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    REORDERED = "reordered"
    ANCHOR = "anchor"


@dataclass(frozen=True)
class Finding:
    """What is wrong, and at which place of the chain."""

    fault: Fault
    sequence: int
    last_sequence: int

    def __str__(self) -> str:
        if self.fault is Fault.REMOVED and self.last_sequence > self.sequence:
            return f"entries {self.sequence} to {self.last_sequence} were removed"
        if self.fault is Fault.ANCHOR:
            return f"entry {self.sequence} is not the one whose hash was kept outside"
        return f"entry {self.sequence} was {self.fault}"


@dataclass(frozen=True)
class Verdict:
    entries: int
    head_sequence: int
    head_hash: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


def verify(actor: Actor, *, anchors: dict[int, str] | None = None) -> Verdict:
    """Walk the whole chain, whatever the actor may see of it.

    `anchors` are hashes by sequence that were kept outside the database: with one, even an owner
    who rewrote the whole chain after it is found out.
    """
    if not actor.is_system:
        raise PermissionError("the chain is verified by the system")
    head = AuditHead.objects.filter(pk=1).first()
    head_sequence, head_hash = (head.sequence, head.entry_hash) if head else (0, GENESIS)
    counted = 0
    findings: list[Finding] = []
    expected, previous = 1, GENESIS
    for entry in _entries():
        counted += 1
        findings += _examine(entry, expected, previous)
        if anchors and anchors.get(entry.sequence, entry.entry_hash) != entry.entry_hash:
            findings.append(Finding(Fault.ANCHOR, entry.sequence, entry.sequence))
        expected, previous = entry.sequence + 1, entry.entry_hash
    if expected <= head_sequence:
        findings.append(Finding(Fault.REMOVED, expected, head_sequence))
    elif expected - 1 != head_sequence or (not findings and previous != head_hash):
        findings.append(Finding(Fault.CHANGED, head_sequence, head_sequence))
    missing = [number for number in anchors or {} if number >= expected]
    findings += [Finding(Fault.ANCHOR, number, number) for number in missing]
    return Verdict(counted, head_sequence, head_hash, tuple(findings))


def _entries() -> Iterator[AuditEntry]:
    entries: Iterator[AuditEntry] = (
        AuditEntry.objects.for_system("verify the chain").order_by("sequence").iterator(2000)
    )
    return entries


def _examine(entry: AuditEntry, expected: int, previous: str) -> Iterator[Finding]:
    if entry.sequence != expected:
        yield Finding(Fault.REMOVED, expected, entry.sequence - 1)
    if seal(_content(entry, entry.sequence)) != entry.entry_hash:
        moved = _original_place(entry)
        yield Finding(
            Fault.CHANGED if moved is None else Fault.REORDERED, entry.sequence, entry.sequence
        )
    elif (
        entry.sequence == expected
        and entry.previous_hash != previous
        # A broken link before it is found by its own seal; this is for a whole foreign tail.
        and (entry.sequence == 1 or _seal_holds(entry.sequence - 1))
    ):
        yield Finding(Fault.REORDERED, entry.sequence, entry.sequence)


def _seal_holds(sequence: int) -> bool:
    entry = AuditEntry.objects.for_system("verify the chain").filter(sequence=sequence).first()
    return entry is not None and seal(_content(entry, sequence)) == entry.entry_hash


def _original_place(entry: AuditEntry) -> int | None:
    """The sequence at which the entry's seal holds: one after the link that it names."""
    if entry.previous_hash == GENESIS:
        candidates = [1]
    else:
        before = (
            AuditEntry.objects.for_system("verify the chain")
            .filter(entry_hash=entry.previous_hash)
            .first()
        )
        # The link before may itself have been moved: the neighbourhood is tried as well.
        centre = before.sequence + 1 if before else entry.sequence
        candidates = [centre, *range(max(1, entry.sequence - 50), entry.sequence + 51)]
    for sequence in candidates:
        if sequence != entry.sequence and seal(_content(entry, sequence)) == entry.entry_hash:
            return sequence
    return None


def _content(entry: AuditEntry, sequence: int) -> dict[str, object]:
    content: dict[str, object] = {name: getattr(entry, name) for name in SEALED_FIELDS}
    content["sequence"] = sequence
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return content
