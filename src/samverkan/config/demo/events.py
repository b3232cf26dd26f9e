"""EST in the demo: places, two years of incidents, problems and measures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from samverkan.organisations.models import Organisation
from samverkan.situation.models import (
    Incident,
    IncidentCount,
    Measure,
    NothingReported,
    Place,
    Problem,
    ReportingDuty,
)
from samverkan.swedish.coordinates import to_sweref99tm
from samverkan.swedish.sorting import search_key

from .people import Cast
from .plan import CATEGORY_WEIGHTS, INCIDENT_TEXTS, MUNICIPALITIES, SEED, PlannedMunicipality

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKS = 104
# Two places come back week after week: what the picture of the demo should find.
RECURRING = {"Biblioteket": 3, "Busstorget": 2}


def week_number(day: date) -> int:
    year, week, _weekday = day.isocalendar()
    return year * 100 + week


def register_places(cast: Cast) -> None:
    for planned in MUNICIPALITIES:
        owner, place = cast.parties[planned.code], cast.municipalities[planned.code]
        areas = {}
        for name, latitude, longitude, radius in planned.areas:
            areas[name] = _place(owner.pk, place.pk, name, latitude, longitude, radius, None)
        for named in planned.places:
            _place(
                owner.pk,
                place.pk,
                named.name,
                named.latitude,
                named.longitude,
                named.radius_metres,
                areas[named.area],
            )


def _place(
    owner_id: int,
    municipality_id: int,
    name: str,
    latitude: float,
    longitude: float,
    radius: int,
    area: Place | None,
) -> Place:
    east, north = to_sweref99tm(latitude, longitude)
    created: Place = Place.objects.create(
        owner_id=owner_id,
        municipality_id=municipality_id,
        name=name,
        search_key=search_key(name),
        area=area,
        # Snapped to the hundred metres: a place is never sharper than that.
        east=round(east / 100) * 100,
        north=round(north / 100) * 100,
        latitude=latitude,
        longitude=longitude,
        radius_metres=radius,
    )
    return created


def oblige_reporters(cast: Cast) -> None:
    for planned in MUNICIPALITIES:
        for (code, _key), unit in cast.units.items():
            if code == planned.code:
                ReportingDuty.objects.create(
                    owner=cast.parties[code],
                    municipality=cast.municipalities[code],
                    organisation=unit,
                    valid_from=cast.since,
                )


def report_weeks(mondays: list[date]) -> int:
    """Make the incidents of the given weeks: the same whenever they are made."""
    made = 0
    for planned in MUNICIPALITIES:
        setting = _Setting(planned)
        for monday in mondays:
            made += setting.report(monday)
    return made


class _Setting:
    """One municipality's places, reporters and dice."""

    def __init__(self, planned: PlannedMunicipality) -> None:
        reason = "build the demo world"
        self.planned = planned
        self.owner: Organisation = Organisation.objects.for_system(reason).get(
            name=planned.administration
        )
        self.places = {
            place.name: place for place in Place.objects.for_system(reason).filter(owner=self.owner)
        }
        self.duties = list(
            ReportingDuty.objects.for_system(reason).filter(owner=self.owner).order_by("pk")
        )

    def report(self, monday: date) -> int:
        dice = np.random.default_rng([SEED, int(self.planned.code), monday.toordinal()])
        number = int(dice.poisson(self.planned.incidents_a_week))
        incidents = [self._incident(monday, dice) for _each in range(number)]
        if self.planned.code == "1760":
            incidents += self._recurring(monday, dice)
        Incident.objects.bulk_create(incidents)
        _count(incidents)
        self._silence(monday, incidents, dice)
        return len(incidents)

    def _incident(
        self, monday: date, dice: np.random.Generator, place_name: str = "", category: str = ""
    ) -> Incident:
        weights = np.array([place.weight for place in self.planned.places])
        chosen = self.planned.places[int(dice.choice(len(weights), p=weights / weights.sum()))]
        codes = list(CATEGORY_WEIGHTS)
        shares = np.array(list(CATEGORY_WEIGHTS.values()))
        drawn = codes[int(dice.choice(len(codes), p=shares / shares.sum()))]
        category = category or drawn
        occurred = datetime.combine(
            monday + timedelta(days=int(dice.integers(0, 7))),
            time(int(dice.choice([8, 12, 15, 17, 19, 20, 21, 22, 23])), int(dice.integers(0, 60))),
            STOCKHOLM,
        )
        duty = self.duties[int(dice.integers(0, len(self.duties)))]
        texts = INCIDENT_TEXTS[category]
        return Incident(
            owner=self.owner,
            municipality_id=duty.municipality_id,
            reporting_organisation_id=duty.organisation_id,
            category=category,
            place=self.places[place_name or chosen.name],
            occurred_from=occurred,
            reported_at=occurred + timedelta(hours=int(dice.integers(1, 40))),
            week=week_number(monday),
            text=texts[int(dice.integers(0, len(texts)))],
            severity=int(dice.choice([1, 2, 3, 4], p=[0.45, 0.35, 0.15, 0.05])),
            effect_on_safety=int(dice.choice([1, 2, 3, 4], p=[0.35, 0.35, 0.2, 0.1])),
            certainty=str(dice.choice(["seen", "told", "unclear"], p=[0.6, 0.3, 0.1])),
            setting="public" if category in {"E50", "E51", "E60", "E70"} else "semi_public",
            police_report_made=bool(dice.random() < 0.3),
        )

    def _recurring(self, monday: date, dice: np.random.Generator) -> list[Incident]:
        """In the last month of each quarter the same two places come back."""
        if monday.month % 3 != 2:
            return []
        return [
            self._incident(monday, dice, name, "E50")
            for name, times in RECURRING.items()
            for _each in range(times)
        ]

    def _silence(self, monday: date, incidents: list[Incident], dice: np.random.Generator) -> None:
        """Most units without incidents say so; some stay silent, which is not safety."""
        reported = {incident.reporting_organisation_id for incident in incidents}
        NothingReported.objects.bulk_create(
            [
                NothingReported(duty=duty, week=week_number(monday))
                for duty in self.duties
                if duty.organisation_id not in reported and dice.random() < 0.75
            ]
        )


def _count(incidents: list[Incident]) -> None:
    cells = Counter(
        (
            incident.owner_id,
            incident.reporting_organisation_id,
            incident.municipality_id,
            incident.place_id,
            incident.category,
            incident.week,
        )
        for incident in incidents
    )
    IncidentCount.objects.bulk_create(
        [
            IncidentCount(
                owner_id=owner,
                reporting_organisation_id=unit,
                municipality_id=municipality,
                place_id=place,
                category=category,
                week=week,
                incidents=number,
            )
            for (owner, unit, municipality, place, category, week), number in cells.items()
        ]
    )


def open_problems(cast: Cast, today: date) -> None:
    """Two problems of Storfors with measures: done, on its way, and late."""
    owner, place = cast.parties["1760"], cast.municipalities["1760"]
    places = {
        found.name: found
        for found in Place.objects.for_system("build the demo world").filter(owner=owner)
    }
    bus = Problem.objects.create(
        owner=owner,
        municipality=place,
        title="Återkommande skadegörelse och otrygghet vid Busstorget",
        description="Rapporter från flera håll, mest kvällar torsdag till lördag.",
        causes="Mörk plats utan naturlig uppsikt. Ingen vuxennärvaro efter klockan 18.",
        place=places["Busstorget"],
        category="E10",
        opened_on=today - timedelta(days=120),
        state=Problem.State.FOLLOWED,
    )
    library = Problem.objects.create(
        owner=owner,
        municipality=place,
        title="Samlingar som upplevs otrygga utanför Biblioteket",
        description="Personal och besökare undviker entrén på kvällarna.",
        causes="Platsen är torr och upplyst när fritidsgården är stängd.",
        place=places["Biblioteket"],
        category="E50",
        opened_on=today - timedelta(days=40),
    )
    rows = (
        (bus, "Belysning vid Busstorget", "parks", "done", -60, "Rapporter per månad", "4"),
        (bus, "Klottersanering inom två dygn", "parks", "ongoing", -6, "Dygn till sanering", "9"),
        (library, "Fältare torsdagar", "leisure", "ongoing", 30, "Rapporter per månad", "5"),
        (library, "Längre öppet på fritidsgården", "leisure", "decided", 60, "Besök", "Ej mätt"),
    )
    for problem, title, key, state, days, indicator, baseline in rows:
        Measure.objects.create(
            problem=problem,
            title=title,
            responsible=cast.functions["1760", key],
            state=state,
            indicator=indicator,
            baseline=baseline,
            due_on=today + timedelta(days=days),
            follow_up_on=today + timedelta(days=days + 60),
        )
