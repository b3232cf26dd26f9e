"""What has been published, for everybody; and for whoever publishes, what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from samverkan.platform.access.actor import Actor
from samverkan.statistics.yearly import yearly_counts

from .content import PublicContent, fingerprint, from_json
from .models import PublishedVersion, VersionGround


@dataclass(frozen=True)
class Publication:
    """One version as everybody may read it."""

    ref: str
    municipality_code: str
    number: int
    published_at: datetime
    sha256: str
    content: PublicContent
    is_latest: bool
    is_withdrawn: bool = False
    withdrawn_reason: str = ""


@dataclass(frozen=True)
class SeriesChoice:
    code: str
    name: str
    source: str
    first_year: int
    last_year: int
    is_public_source: bool


def latest_publications(actor: Actor) -> list[Publication]:
    """The newest version of every municipality that publishes, in Swedish order."""
    rows = (
        PublishedVersion.objects.visible_to(actor)
        .filter(withdrawn_at__isnull=True)
        .select_related("municipality")
        .order_by("municipality__sort_key", "-number")
    )
    newest: dict[int, PublishedVersion] = {}
    for row in rows:
        newest.setdefault(row.municipality_id, row)
    return [_publication(row, is_latest=True) for row in newest.values()]


def publications(actor: Actor, municipality_code: str) -> list[Publication]:
    """Every version that the actor may see, the newest first."""
    rows = list(
        PublishedVersion.objects.visible_to(actor)
        .filter(municipality__code=municipality_code)
        .select_related("municipality")
        .order_by("-number")
    )
    latest = next((row for row in rows if not row.is_withdrawn), None)
    return [_publication(row, is_latest=row is latest) for row in rows]


def publication(
    actor: Actor, municipality_code: str, number: int | None = None
) -> Publication | None:
    """The numbered version or the newest; never one that has been withdrawn."""
    found = [each for each in publications(actor, municipality_code) if not each.is_withdrawn]
    if number is None:
        return found[0] if found else None
    return next((each for each in found if each.number == number), None)


def is_unchanged(actor: Actor, ref: str) -> bool:
    """Whether the stored content still has the fingerprint that it was published with."""
    row = PublishedVersion.objects.visible_to(actor).get(ref=ref)
    return bool(fingerprint(row.content) == row.sha256)


def series_to_choose(actor: Actor, municipality_code: str, language: str) -> list[SeriesChoice]:
    """The series that could be published, with where they come from."""
    return [
        SeriesChoice(
            code=each.definition.code,
            name=each.definition.name(language),
            source=each.source.name(language),
            first_year=each.counts[0].year,
            last_year=each.counts[-1].year,
            is_public_source=each.source.is_published,
        )
        for each in yearly_counts(actor, municipality_code)
        if each.definition.is_crime
    ]


def last_choice(actor: Actor, municipality_code: str) -> dict[str, object]:
    """What was chosen the last time, to begin from."""
    row = (
        VersionGround.objects.visible_to(actor)
        .filter(version__municipality__code=municipality_code)
        .order_by("-version__number")
        .first()
    )
    return dict(row.chosen) if row else {}


def _publication(row: PublishedVersion, *, is_latest: bool) -> Publication:
    return Publication(
        ref=row.ref,
        municipality_code=row.municipality.code,
        number=row.number,
        published_at=row.published_at,
        sha256=row.sha256,
        content=from_json(row.content),
        is_latest=is_latest,
        is_withdrawn=row.is_withdrawn,
        withdrawn_reason=row.withdrawn_reason,
    )
