"""The comparison of a municipality with like ones: said and drawn, group by group."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverkan.documents.charts import (
    FunnelChart,
    FunnelLimit,
    FunnelPoint,
    ShrinkageChart,
    ShrunkPlace,
)
from samverkan.platform.access.actor import Actor

from ..definitions import series_definitions, sources
from ..statements import language_now
from . import words
from .peers import Choice, Peer, choose_peers
from .places import place_facts
from .rates import Compared, PlaceRate, Standing, compare
from .selectors import YearsOfPlaces, model_expected, years_of_places


@dataclass(frozen=True)
class GroupComparison:
    """One crime group: `sentence` is the finding, `remarks` what makes it fair to repeat."""

    code: str
    name: str
    sentence: str
    remarks: tuple[str, ...]
    source: str
    definition: str
    funnel: FunnelChart
    shrinkage: ShrinkageChart
    own: PlaceRate
    compared: Compared
    years: str


@dataclass(frozen=True)
class Comparison:
    peers: tuple[Peer, ...]
    groups: tuple[GroupComparison, ...]
    model: tuple[str, ...]
    lacking: tuple[str, ...]
    """Groups that too few of the municipalities have figures of."""


def comparison_of(actor: Actor, own: str, choice: Choice) -> Comparison | None:
    """None for a code that is no municipality."""
    places = place_facts()
    if own not in places:
        return None
    peers = choose_peers(own, places, choice)
    language = language_now()
    groups, lacking = [], []
    for years in years_of_places(actor, own, [peer.facts.code for peer in peers]):
        compared = compare(years.places)
        rate = compared.of(own) if compared else None
        if compared is None or rate is None:
            lacking.append(years.definition.name(language))
        else:
            groups.append(_group(years, compared, rate))
    model = tuple(
        words.model_sentence(each, series_definitions()[each.series_code].name(language))
        for each in model_expected(actor, own)
    )
    return Comparison(tuple(peers), tuple(groups), model, tuple(lacking))


def _group(years: YearsOfPlaces, compared: Compared, own: PlaceRate) -> GroupComparison:
    language = language_now()
    sentence = words.standing_sentence(years, own)
    remarks = [
        words.rate_sentence(years, compared, own),
        words.zero_sentence(own),
        words.shrunk_sentence(compared, own),
        words.many_sentence(compared),
    ]
    if years.is_preliminary:
        remarks.append(_("The last year is preliminary."))
    citation = sources()[years.source_code].citation(language)
    return GroupComparison(
        code=years.definition.code,
        name=years.definition.name(language),
        sentence=sentence,
        remarks=tuple(remark for remark in remarks if remark),
        source=f"{citation}; {words.years_words(years)}.",
        definition=years.definition.definition(language),
        funnel=_funnel(years, compared, own, sentence),
        shrinkage=_shrinkage(years, compared, own),
        own=own,
        compared=compared,
        years=words.years_words(years),
    )


def _funnel(years: YearsOfPlaces, compared: Compared, own: PlaceRate, sentence: str) -> FunnelChart:
    return FunnelChart(
        key=f"funnel-{years.definition.code}",
        title=sentence,
        description=words.funnel_description(compared, own),
        unit=words.unit_words(compared),
        size_unit=_("inhabitants"),
        average=compared.average,
        points=tuple(
            FunnelPoint(
                label=each.place.name,
                inhabitants=each.place.inhabitants,
                count=each.place.count,
                rate=each.rate,
                lower=each.expected[0],
                upper=each.expected[1],
                is_own=each is own,
                is_outside=each.standing in {Standing.ABOVE, Standing.BELOW},
            )
            for each in compared.places
        ),
        limits=tuple(
            FunnelLimit(
                each.inhabitants, each.lower, each.upper, each.outer_lower, each.outer_upper
            )
            for each in compared.curve
        ),
        language=language_now(),
    )


def _shrinkage(years: YearsOfPlaces, compared: Compared, own: PlaceRate) -> ShrinkageChart:
    return ShrinkageChart(
        key=f"evened-{years.definition.code}",
        title=_("%(name)s, evened out") % {"name": years.definition.name(language_now())},
        description=words.shrunk_description(compared),
        unit=words.unit_words(compared),
        average=compared.average,
        places=tuple(
            ShrunkPlace(
                label=each.place.name,
                observed=each.rate,
                shrunk=each.shrunk,
                lower=each.shrunk_interval[0],
                upper=each.shrunk_interval[1],
                is_own=each is own,
            )
            for each in compared.places
        ),
        language=language_now(),
    )
