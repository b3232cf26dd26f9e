"""Gathers from the other rooms what a publication would hold, and decides what it hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.reports.decided import decided_summary
from samverkan.statistics.yearly import YearCount, YearlyCounts, yearly_counts
from samverkan.surveys.selectors import published_answers
from samverkan.swedish.guard import Severity, find_persons

from .content import (
    PublicContent,
    PublishedAnswer,
    PublishedCount,
    PublishedPicture,
    PublishedPledge,
    PublishedSeries,
    fingerprint,
    to_json,
)
from .families import families
from .ground_codec import ground_from_json
from .models import VersionGround
from .pledge_sources import done_in_words, published_pledges
from .protection import LIMIT, Cell, Protected, Shown, protect

YEARS_PUBLISHED = 10


class UnknownMunicipalityError(LookupError):
    """No such municipality, or not one that the actor's party publishes for."""


@dataclass(frozen=True)
class Choice:
    """What whoever publishes has chosen. `consent`: on what ground a partner's figures go out."""

    series: tuple[str, ...] = ()
    with_pledges: bool = False
    with_answers: bool = False
    with_picture: bool = False
    contact_name: str = ""
    contact_email: str = ""
    consent: str = ""


@dataclass(frozen=True)
class Draft:
    """A publication before it is one: the content, why cells are hidden, what hinders it."""

    content: PublicContent
    protected: Protected
    persons: tuple[str, ...]
    """Words that point out a person, found in the texts: they must go first."""

    @property
    def fingerprint(self) -> str:
        return fingerprint(to_json(self.content))


def compose(actor: Actor, municipality_code: str, choice: Choice) -> Draft:
    """What would be published now. Raises UnknownMunicipalityError, CannotProtectError."""
    place = municipality(actor, municipality_code)
    owner = party_of_municipality(actor, municipality_code)
    if place is None or owner is None or owner.pk != actor.party_id:
        raise UnknownMunicipalityError(municipality_code)
    found = yearly_counts(actor, municipality_code)
    protected = _protected(actor, municipality_code, found, choice)
    content = PublicContent(
        municipality_code=place.code,
        municipality=place.name,
        publisher=owner.name,
        contact_name=choice.contact_name,
        contact_email=choice.contact_email,
        limit=LIMIT,
        series=tuple(
            _series(each, protected) for each in found if each.definition.code in choice.series
        ),
        pledges=_pledges(actor, municipality_code) if choice.with_pledges else (),
        answers=_answers(actor, municipality_code) if choice.with_answers else (),
        picture=_picture(actor, municipality_code) if choice.with_picture else None,
    )
    return Draft(content, protected, _persons(content))


def _protected(
    actor: Actor, municipality_code: str, found: list[YearlyCounts], choice: Choice
) -> Protected:
    grounds = VersionGround.objects.visible_to(actor).filter(
        version__municipality__code=municipality_code
    )
    earlier = [ground_from_json(row.cells) for row in grounds.order_by("version__number")]
    wanted: dict[tuple[str, int], int] = {}
    besides: dict[tuple[str, int], int] = {}
    for series in found:
        code = series.definition.code
        into = wanted if code in choice.series else besides
        for each in _recent(series):
            into[code, each.year] = each.count
    return protect(wanted, besides, families(), earlier)


def _recent(series: YearlyCounts) -> list[YearCount]:
    last = series.counts[-1].year
    return [each for each in series.counts if each.year > last - YEARS_PUBLISHED]


def _series(series: YearlyCounts, protected: Protected) -> PublishedSeries:
    definition = series.definition
    counts = []
    for each in _recent(series):
        cell = Cell(definition.code, each.year, each.count)
        is_open = protected.ground.shown[cell] is Shown.OPENLY
        status = "preliminary" if each.is_preliminary else "final"
        counts.append(
            PublishedCount(each.year, each.count, status)
            if is_open
            else PublishedCount(each.year, None, "hidden")
        )
    return PublishedSeries(
        code=definition.code,
        name_sv=definition.name_sv,
        name_en=definition.name_en,
        definition_sv=definition.definition_sv,
        definition_en=definition.definition_en,
        citation_sv=series.source.citation_sv,
        citation_en=series.source.citation_en,
        is_summed=series.is_summed,
        counts=tuple(counts),
    )


def _pledges(actor: Actor, municipality_code: str) -> tuple[PublishedPledge, ...]:
    return tuple(
        PublishedPledge(
            ref=each.ref,
            title=each.title,
            promised=each.promised,
            done=done_in_words(each.done),
            result=each.result,
            valid_from=each.valid_from.isoformat(),
            valid_to=_last_day(each.valid_to),
            state=str(each.state),
        )
        for each in published_pledges(actor, municipality_code)
    )


def _last_day(end: date | None) -> str:
    """The last day of a half-open period; empty until further notice."""
    return (end - timedelta(days=1)).isoformat() if end else ""


def _answers(actor: Actor, municipality_code: str) -> tuple[PublishedAnswer, ...]:
    return tuple(
        PublishedAnswer(
            survey=each.survey,
            area=each.area,
            question_sv=each.question_sv,
            question_en=each.question_en,
            percent=each.percent,
            lower=each.lower,
            upper=each.upper,
            base=each.base,
            period=each.period,
            source=each.source,
        )
        for each in published_answers(actor, municipality_code)
    )


def _picture(actor: Actor, municipality_code: str) -> PublishedPicture | None:
    found = decided_summary(actor, municipality_code)
    if found is None or not found.summary:
        return None
    return PublishedPicture(
        period=f"{found.period_start:%Y-%m}",
        summary=found.summary,
        decided_on=found.decided_on.isoformat(),
        decided_by=found.decided_by,
    )


def _persons(content: PublicContent) -> tuple[str, ...]:
    texts = [
        text
        for pledge in content.pledges
        for text in (pledge.title, pledge.promised, pledge.done, pledge.result)
    ]
    if content.picture:
        texts.append(content.picture.summary)
    return tuple(
        finding.text
        for text in texts
        for finding in find_persons(text)
        if finding.severity is Severity.HARD
    )
