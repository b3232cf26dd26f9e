"""Incidents that may belong together, each suggestion with its reason in words.

Three ways of looking: a kind that comes back at a place, chains of near repeats, and the
space-time scan. A suggestion is never a problem by itself: a person opens it, or does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from samverkan.platform.access.actor import Actor

from ..models import Incident, Problem
from ..templatetags.situation import category_name
from ..weeks import week_of, weeks_later
from .problems import AT_REST

WEEKS = 12
RECURS_IN_WEEKS = 4
FEWEST = 5
CHAIN_METRES = 300.0
CHAIN_DAYS = 14.0
FEWEST_IN_CHAIN = 4
# A longer chain is how a busy town looks, not something that one measure can meet.
MOST_IN_CHAIN = 40
CHAIN_REPLICAS = 999
CHAIN_ALPHA = 0.05
SCAN_WEEKS = 26
SCAN_METRES = 600.0
SCAN_DAYS = 28
SCAN_REPLICAS = 99
SCAN_ALPHA = 0.05
SCAN_MOST = 400
FEWEST_TO_SCAN = 30
SEED = 2026


class Way(StrEnum):
    RECURRING = "recurring"
    CHAIN = "chain"
    SCAN = "scan"


@dataclass(frozen=True)
class Suggestion:
    """`title` begins a problem's title; `reason` says why these belong together, and how sure."""

    way: Way
    title: str
    reason: str
    category: str
    place_ref: str
    incident_refs: tuple[str, ...]


def suggestions(actor: Actor, municipality_code: str) -> tuple[Suggestion, ...]:
    """Suggestions for the municipality; what an open problem already holds is left out."""
    this_week = week_of(timezone.localdate(actor.at))
    incidents = list(
        Incident.objects.visible_to(actor)
        .filter(
            municipality__code=municipality_code,
            owner_id=actor.party_id,
            week__gte=weeks_later(this_week, -SCAN_WEEKS),
        )
        .select_related("place")
        .order_by("occurred_from", "pk")
    )
    latest = [each for each in incidents if each.week >= weeks_later(this_week, -WEEKS)]
    known = _known(actor, municipality_code)
    found = [
        *_recurring(latest, known),
        *_chains(latest),
        *_scanned(incidents[-SCAN_MOST:]),
    ]
    return tuple(_without_repetition(found))


def _recurring(
    incidents: list[Incident], known: set[tuple[str, int | None]]
) -> Iterable[Suggestion]:
    def cell(each: Incident) -> tuple[str, int]:
        return each.category, each.place_id or 0

    for (category, place_id), rows in groupby(sorted(incidents, key=cell), key=cell):
        group = list(rows)
        weeks = len({each.week for each in group})
        is_recurring = weeks >= RECURS_IN_WEEKS and len(group) >= FEWEST
        if not place_id or not is_recurring or (category, place_id) in known:
            continue
        place = group[0].place
        yield Suggestion(
            way=Way.RECURRING,
            title=_title(category, place.name if place else ""),
            reason=_(
                "%(kind)s has been reported at %(place)s in %(weeks)d of the last %(span)d weeks, "
                "%(number)d times in all."
            )
            % {
                "kind": category_name(category),
                "place": place.name if place else "",
                "weeks": weeks,
                "span": WEEKS,
                "number": len(group),
            },
            category=category,
            place_ref=place.ref if place else "",
            incident_refs=tuple(each.ref for each in group),
        )


def _chains(incidents: list[Incident]) -> Iterable[Suggestion]:
    """Near repeats over several places: each near another in space and time, of one kind.

    Chains come about by chance too: they are suggested for kinds alone whose near pairs are more
    than places and times by themselves give, by Knox's test shared over the kinds that are tried.
    """
    placed = [each for each in incidents if each.place and each.place.east is not None]
    by_kind = {
        category: [each for each in placed if each.category == category]
        for category in sorted({each.category for each in placed})
    }
    tried = {category: chains for category, rows in by_kind.items() if (chains := _chains_of(rows))}
    for category, chains in tried.items():
        if not _is_more_than_chance(by_kind[category], CHAIN_ALPHA / len(tried)):
            continue
        for group in chains:
            places = {each.place.name for each in group if each.place}
            yield Suggestion(
                way=Way.CHAIN,
                title=_title(category, sorted(places)[0]),
                reason=_(
                    "%(number)d incidents of the kind %(kind)s hang together one to the next, "
                    "within %(metres)d metres and %(days)d days: %(places)s. So many near one "
                    "another come about by chance less often than once in twenty such searches."
                )
                % {
                    "number": len(group),
                    "kind": category_name(category),
                    "metres": CHAIN_METRES,
                    "days": CHAIN_DAYS,
                    "places": ", ".join(sorted(places)),
                },
                category=category,
                place_ref="",
                incident_refs=tuple(each.ref for each in group),
            )


def _chains_of(rows: list[Incident]) -> list[list[Incident]]:
    """The chains that are long enough, not too long, and lie at more than one place."""
    from samverkan.methods.clusters import near_repeat_chains

    if len(rows) < FEWEST_IN_CHAIN:
        return []
    numbers = near_repeat_chains(
        *_coordinates(rows), _days(rows), space_threshold=CHAIN_METRES, time_threshold=CHAIN_DAYS
    )
    chains: dict[int, list[Incident]] = {}
    for each, number in zip(rows, numbers.tolist(), strict=True):
        chains.setdefault(number, []).append(each)
    return [
        group
        for group in chains.values()
        if FEWEST_IN_CHAIN <= len(group) <= MOST_IN_CHAIN
        and len({each.place_id for each in group}) > 1
    ]


def _is_more_than_chance(rows: list[Incident], alpha: float) -> bool:
    from samverkan.methods import compiled
    from samverkan.methods.clusters import knox

    with compiled.without_numba():
        found = knox(
            *_coordinates(rows),
            _days(rows),
            space_threshold=CHAIN_METRES,
            time_threshold=CHAIN_DAYS,
            n_simulations=CHAIN_REPLICAS,
            seed=SEED,
            n_threads=1,
        )
    return found.p_value <= alpha


def _scanned(incidents: list[Incident]) -> Iterable[Suggestion]:
    """More at once than the place's usual share of the days' incidents, all kinds together."""
    from samverkan.methods import compiled
    from samverkan.methods.clusters import space_time_permutation_scan

    rows = [each for each in incidents if each.place and each.place.east is not None]
    if len(rows) < FEWEST_TO_SCAN or len({each.place_id for each in rows}) < 2:
        return
    with compiled.without_numba():
        result = space_time_permutation_scan(
            *_coordinates(rows),
            _days(rows),
            max_radius=SCAN_METRES,
            max_days=SCAN_DAYS,
            days_per_period=7,
            n_simulations=SCAN_REPLICAS,
            seed=SEED,
            max_clusters=3,
            n_threads=1,
        )
    for cluster in result.clusters:
        group = [rows[int(at)] for at in cluster.event_indices]
        if cluster.p_value > SCAN_ALPHA or len(group) < FEWEST:
            continue
        places = sorted({each.place.name for each in group if each.place})
        first, last = group[0].occurred_from, group[-1].occurred_from
        yield Suggestion(
            way=Way.SCAN,
            title=_("Many incidents at once, %(place)s") % {"place": places[0]},
            reason=_(
                "%(number)d incidents between %(first)s and %(last)s at %(places)s, where about "
                "%(usual)d were to be expected. So clear a gathering comes about by chance less "
                "often than once in twenty such searches."
            )
            % {
                "number": len(group),
                "first": f"{timezone.localtime(first):%Y-%m-%d}",
                "last": f"{timezone.localtime(last):%Y-%m-%d}",
                "places": ", ".join(places),
                "usual": round(cluster.expected),
            },
            category="",
            place_ref=group[0].place.ref if len(places) == 1 and group[0].place else "",
            incident_refs=tuple(each.ref for each in group),
        )


def _known(actor: Actor, municipality_code: str) -> set[tuple[str, int | None]]:
    """Kinds and places of the problems that are worked with."""
    found = Problem.objects.visible_to(actor).filter(municipality__code=municipality_code)
    return set(found.exclude(state__in=AT_REST).values_list("category", "place_id"))


def _without_repetition(found: list[Suggestion]) -> Iterable[Suggestion]:
    """A chain or a scan that adds little to what has been said already is left out."""
    said: list[set[str]] = []
    for each in found:
        refs = set(each.incident_refs)
        if any(len(refs & earlier) > len(refs) / 2 for earlier in said):
            continue
        said.append(refs)
        yield each


def _title(category: str, place: str) -> str:
    name = str(category_name(category))
    return f"{name}, {place}" if place else name


def _coordinates(rows: list[Incident]) -> tuple[list[float], list[float]]:
    return (
        [float(each.place.east or 0) for each in rows if each.place],
        [float(each.place.north or 0) for each in rows if each.place],
    )


def _days(rows: list[Incident]) -> list[int]:
    return [timezone.localdate(each.occurred_from).toordinal() for each in rows]
