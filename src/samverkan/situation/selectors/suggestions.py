"""Incidents that may belong together, each suggestion with its reason in words.

Three ways of looking: a kind that comes back at a place, chains of near repeats, and the
space-time scan. A suggestion is never a problem by itself: a person opens it, or does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language
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
KNOX_REPLICAS = 499
KNOX_ALPHA = 0.05
SCAN_WEEKS = 26
SCAN_METRES = 600.0
SCAN_DAYS = 28
SCAN_REPLICAS = 99
SCAN_ALPHA = 0.05
SCAN_MOST = 400
FEWEST_TO_SCAN = 30
SEED = 2026
KEPT_SECONDS = 6 * 60 * 60


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
    """Suggestions for the municipality; what an open problem already holds is left out.

    The search is made anew when the incidents or the problems have changed; it is kept between.
    """
    this_week = week_of(timezone.localdate(actor.at))
    found = Incident.objects.visible_to(actor).filter(
        municipality__code=municipality_code,
        owner_id=actor.party_id,
        week__gte=weeks_later(this_week, -SCAN_WEEKS),
    )
    known = _known(actor, municipality_code)
    key = _key(actor, municipality_code, this_week, found, known)
    kept: tuple[Suggestion, ...] | None = cache.get(key)
    if kept is None:
        incidents = list(found.select_related("place").order_by("occurred_from", "pk"))
        kept = among(incidents, this_week, known)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _key(
    actor: Actor,
    municipality_code: str,
    this_week: int,
    found: QuerySet[Incident],
    known: set[tuple[str, int | None]],
) -> str:
    """Another one as soon as an incident came, went or was changed, or a problem was opened."""
    state = found.order_by().aggregate(
        number=Count("pk"), last=Max("pk"), all_keys=Sum("pk"), changes=Sum("revision")
    )
    parts = (
        actor.function_ref,
        municipality_code,
        this_week,
        get_language(),
        *state.values(),
        sorted(known, key=str),
    )
    return "suggestions-" + sha256(repr(parts).encode()).hexdigest()


def among(
    incidents: list[Incident], this_week: int, known: set[tuple[str, int | None]]
) -> tuple[Suggestion, ...]:
    """What the three ways find among incidents in the order of time."""
    latest = [each for each in incidents if each.week >= weeks_later(this_week, -WEEKS)]
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

    Chains come about by chance too. They are told of only for kinds whose near pairs are more
    than chance gives (Knox), in at most one search of twenty over all kinds together.
    """
    from samverkan.methods.clusters import near_repeat_chains

    placed = [each for each in incidents if each.place and each.place.east is not None]
    kinds = {
        category: rows
        for category in sorted({each.category for each in placed})
        if len(rows := [each for each in placed if each.category == category]) >= FEWEST_IN_CHAIN
    }
    for category, rows in kinds.items():
        if not _are_near_repeats(rows, KNOX_ALPHA / len(kinds)):
            continue
        chain = near_repeat_chains(
            *_coordinates(rows),
            _days(rows),
            space_threshold=CHAIN_METRES,
            time_threshold=CHAIN_DAYS,
        )
        for number in sorted(set(chain.tolist())):
            group = [each for each, mine in zip(rows, chain, strict=True) if mine == number]
            places = {each.place.name for each in group if each.place}
            if not FEWEST_IN_CHAIN <= len(group) <= MOST_IN_CHAIN or len(places) < 2:
                continue
            yield Suggestion(
                way=Way.CHAIN,
                title=_title(category, sorted(places)[0]),
                reason=_(
                    "%(number)d incidents of the kind %(kind)s hang together one to the next, "
                    "within %(metres)d metres and %(days)d days: %(places)s. Such a chain can "
                    "also come about by chance."
                )
                % {
                    "number": len(group),
                    "kind": category_name(category),
                    "metres": CHAIN_METRES,
                    "days": CHAIN_DAYS,
                    "places": ", ".join(sorted(places)),
                }
                + " "
                + _(
                    "That incidents of the kind lie so near each other in space and time comes "
                    "about by chance less often than once in twenty such searches."
                ),
                category=category,
                place_ref="",
                incident_refs=tuple(each.ref for each in group),
            )


def _are_near_repeats(rows: list[Incident], alpha: float) -> bool:
    from samverkan.methods import compiled
    from samverkan.methods.clusters import knox

    with compiled.without_numba():
        result = knox(
            *_coordinates(rows),
            _days(rows),
            space_threshold=CHAIN_METRES,
            time_threshold=CHAIN_DAYS,
            n_simulations=KNOX_REPLICAS,
            seed=SEED,
            n_threads=1,
        )
    return result.p_value <= alpha


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
