"""What every step of an import asks first: whose it is, whether it is open, whether it is new."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.rules import require

from .kinds import ImportKind, import_kinds
from .models import ImportBatch
from .problems import UnreadableFileError
from .results import AlreadyImportedError, Origin
from .selectors import earlier_import, import_batch


class NothingToConfirmError(Exception):
    """The import is not waiting to be confirmed: it is done, undone or not this actor's."""


def open_batch(actor: Actor, ref: str) -> ImportBatch:
    require(actor, Capability.IMPORTS_WRITE)
    batch = import_batch(actor, ref)
    if batch is None or not batch.is_open:
        raise NothingToConfirmError(ref)
    return batch


def refuse_repeat(actor: Actor, kind_code: str, sha256: str) -> None:
    earlier = earlier_import(actor, kind_code, sha256)
    if earlier is not None:
        raise AlreadyImportedError(earlier)


def kind_of(code: str) -> ImportKind:
    kind = import_kinds().get(code)
    if kind is None:
        raise UnreadableFileError(_("There is no such kind of import."))
    return kind


def check_source(kind: ImportKind, origin: Origin) -> None:
    if origin.source_code not in kind.source_codes:
        raise UnreadableFileError(
            _("“%(source)s” is not a source of this kind of data.")
            % {"source": origin.source_code},
            _("The sources are: %(sources)s.") % {"sources": ", ".join(kind.source_codes)},
        )


def trace(batch: ImportBatch) -> dict[str, object]:
    return {
        "kind": batch.kind,
        "sha256": batch.sha256,
        "source": batch.source_code,
        "rows_read": batch.rows_read,
        "rows_added": batch.rows_added,
        "rows_revised": batch.rows_revised,
    }
