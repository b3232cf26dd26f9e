"""Put figures in, let a revision supersede, and take an import back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.core.exceptions import PermissionDenied

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require
from samverkan.platform.imports.models import ImportBatch

from .definitions import sources
from .figure_rows import FigureCounts, FigureRow
from .figure_store import remove_figures, roomy_cache, write_figures
from .models import Figure

# So many figures are held in memory and compared at a time.
AT_A_TIME = 50_000


class LaterImportError(Exception):
    """A later import has superseded figures of this one."""

    def __init__(self, batch_refs: Sequence[str]) -> None:
        super().__init__(", ".join(batch_refs))
        self.batch_refs = tuple(batch_refs)


def put_in_figures(actor: Actor, batch: ImportBatch, rows: Iterable[FigureRow]) -> FigureCounts:
    """Write the figures of one import; keys must not repeat within `rows`.

    An equal figure stays as it is. A different one supersedes: the earlier figure is kept, no
    longer current. A preliminary value never supersedes a final one. A figure that its publisher
    has taken back is superseded by a gap that says so.
    """
    require(actor, Capability.IMPORTS_WRITE)
    owner_id, is_published = _party(actor), sources()[batch.source_code].is_published
    counts = FigureCounts()
    remaining = iter(rows)
    with roomy_cache():
        while piece := list(islice(remaining, AT_A_TIME)):
            counts += write_figures(batch, owner_id, is_published, piece)
    return counts


def take_back_figures(actor: Actor, batch: ImportBatch) -> int:
    """Remove an import's figures; those that they superseded are current again.

    Raises LaterImportError when a later import has superseded any of them.
    """
    require(actor, Capability.IMPORTS_WRITE)
    all_figures = Figure.objects.for_system("undo an import")
    mine = all_figures.filter(batch=batch)
    later = mine.filter(replaced_by__isnull=False).values_list("replaced_by__batch__ref", flat=True)
    later_refs = sorted(set(later.distinct()))
    if later_refs:
        raise LaterImportError(later_refs)
    # Mine step down first: only one figure may be current.
    mine.update(is_current=False)
    all_figures.filter(pk__in=mine.exclude(replaces=None).values("replaces_id")).update(
        is_current=True
    )
    return remove_figures(batch)


def _party(actor: Actor) -> int:
    if actor.party_id is None:
        raise PermissionDenied("figures are owned by a party")
    return actor.party_id
