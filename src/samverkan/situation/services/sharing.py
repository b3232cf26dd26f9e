"""Counts compiled for those who may have counts only. Made when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from samverkan.platform.access.actor import Actor, system
from samverkan.platform.audit.services import record

from ..models import CountPublication, IncidentCount
from ..sharing.blocks import weeks_of
from ..sharing.editions import BlockCounts, Edition, first_edition, is_same, next_edition
from ..weeks import weeks_later

REASON = "compile the counts that a clause shares"


def compile_counts(
    actor: Actor, owner_ids: Collection[int], municipality_id: int, blocks: Sequence[int]
) -> int:
    """Bring the owners' publications of the blocks in step with their counts; how many were made.

    Compiled by the system for whoever asks: what is in them does not depend on who that is.
    """
    if not blocks:
        return 0
    made = 0
    for owner_id in sorted(owner_ids):
        found = _counts(owner_id, municipality_id, blocks)
        if found is None:
            continue
        latest = _latest(owner_id, municipality_id, blocks)
        for block in blocks:
            edition = _due(found[block], latest.get(block))
            if edition is not None:
                number = latest[block].edition + 1 if block in latest else 1
                made += _keep(owner_id, municipality_id, block, number, edition, actor.at)
    return made


def _due(counts: BlockCounts, latest: CountPublication | None) -> Edition | None:
    if latest is None:
        return first_edition(counts)
    if is_same(counts, latest.basis):
        return None
    return next_edition(counts, latest.basis, latest.edition + 1)


def _counts(
    owner_id: int, municipality_id: int, blocks: Sequence[int]
) -> Mapping[int, BlockCounts] | None:
    """The owner's counts by block; None when it never counted anything there."""
    standing = IncidentCount.objects.for_system(REASON).filter(
        owner_id=owner_id, municipality_id=municipality_id, is_reviewed=True
    )
    last = weeks_later(blocks[-1], len(weeks_of(blocks[-1])) - 1)
    found = list(
        standing.filter(week__gte=blocks[0], week__lte=last, incidents__gt=0)
        .values_list("place__ref", "category", "week")
        .annotate(total=Sum("incidents"))
        .order_by()
    )
    if not found and not standing.exists():
        return None
    answers = {}
    for block in blocks:
        weeks = dict.fromkeys(weeks_of(block), 0)
        cells: dict[tuple[str, str], int] = {}
        for ref, category, week, total in found:
            if week in weeks:
                weeks[week] += total
                cells[ref or "", category] = cells.get((ref or "", category), 0) + total
        answers[block] = BlockCounts(cells, weeks)
    return answers


def _latest(
    owner_id: int, municipality_id: int, blocks: Sequence[int]
) -> dict[int, CountPublication]:
    found = (
        CountPublication.objects.for_system(REASON)
        .filter(owner_id=owner_id, municipality_id=municipality_id, first_week__in=blocks)
        .order_by("edition")
    )
    return {each.first_week: each for each in found}


def _keep(
    owner_id: int, municipality_id: int, block: int, number: int, edition: Edition, at: datetime
) -> int:
    """Keep the edition, unless another request was first; 1 when it was kept."""
    with transaction.atomic():
        key = {
            "owner_id": owner_id,
            "municipality_id": municipality_id,
            "first_week": block,
            "edition": number,
        }
        _publication, is_new = CountPublication.objects.for_system(REASON).get_or_create(
            **key,
            defaults={"made_at": at, "content": edition.content, "basis": edition.basis},
        )
        if is_new:
            details = {"first_week": block, "edition": number}
            record(system(REASON, at), "counts.compiled", "counts", details=details)
    return int(is_new)
