"""Parties, functions and their holders; the agreement and its clauses; the groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.agreements.models import Agreement, AgreementParty, SharingClause
from samverkan.governance.group_templates import templates
from samverkan.governance.models import Meeting
from samverkan.governance.services.groups import GroupDraft, RhythmDraft, SeatDraft, start_group
from samverkan.organisations.models import (
    Function,
    Holding,
    LocalPoliceArea,
    Municipality,
    Organisation,
    PoliceAreaCoverage,
)
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User

from .groups import GROUPS, LEADING, MEETING_PLACE, POSITIONS, PlannedGroup
from .plan import (
    MUNICIPALITIES,
    POLICE,
    POLICE_AREA,
    POLICE_FUNCTIONS,
    POLICE_REGION,
    UNITS,
    PlannedFunction,
    PlannedMunicipality,
)

REASON = "build the demo world"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass
class Cast:
    """Who is who in the demo, by municipality code and key."""

    municipalities: dict[str, Municipality]
    parties: dict[str, Organisation] = field(default_factory=dict)
    units: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    functions: dict[tuple[str, str], Function] = field(default_factory=dict)
    since: date = date(2021, 1, 1)

    @property
    def police(self) -> Organisation:
        return self.parties["police"]


def gather(since: date) -> Cast:
    """Make every party and function; the cast is what the rest of the world is built from."""
    found = Municipality.objects.for_system(REASON).in_bulk(
        [planned.code for planned in MUNICIPALITIES], field_name="code"
    )
    cast = Cast(found, since=since)
    cast.parties["police"] = Organisation.objects.create(name=POLICE, kind=Organisation.Kind.POLICE)
    area = LocalPoliceArea.objects.create(
        name=POLICE_AREA, police_region=POLICE_REGION, organisation=cast.police
    )
    for planned in MUNICIPALITIES:
        municipality = found[planned.code]
        PoliceAreaCoverage.objects.create(
            police_area=area, municipality=municipality, valid_from=since
        )
        _municipality(cast, planned)
    for function in POLICE_FUNCTIONS:
        _function(cast, "police", function, cast.police, list(found.values()))
    _deputies(cast)
    return cast


def _municipality(cast: Cast, planned: PlannedMunicipality) -> None:
    place = cast.municipalities[planned.code]
    party = Organisation.objects.create(
        name=planned.administration,
        kind=Organisation.Kind.MUNICIPAL_ADMINISTRATION,
        municipality=place,
    )
    cast.parties[planned.code] = party
    housing = Organisation.objects.create(
        name=planned.housing_company,
        kind=Organisation.Kind.HOUSING_COMPANY,
        municipality=place,
    )
    cast.units[planned.code, "housing"] = housing
    for function in planned.functions:
        unit = party
        if function.unit:
            if (planned.code, function.unit) not in cast.units:
                cast.units[planned.code, function.unit] = Organisation.objects.create(
                    name=UNITS[function.unit].format(name=planned.name),
                    kind=Organisation.Kind.MUNICIPAL_ADMINISTRATION,
                    parent=party,
                    municipality=place,
                )
            unit = cast.units[planned.code, function.unit]
        _function(cast, planned.code, function, unit, [place])


def _function(
    cast: Cast,
    code: str,
    planned: PlannedFunction,
    organisation: Organisation,
    places: list[Municipality],
) -> None:
    slug = f"{planned.key}.{code}"
    function = Function.objects.create(
        kind=planned.kind,
        title=planned.title,
        organisation=organisation,
        email=f"{slug}@demo.example",
    )
    through = Function.municipalities.through
    through.objects.bulk_create(
        [through(function=function, municipality=place) for place in places]
    )
    user = User.objects.create_user(
        f"{slug}@demo.example", None, display_name=f"Demo: {planned.title}", is_demo=True
    )
    Holding.objects.create(function=function, user=user, valid_from=cast.since)
    cast.functions[code, planned.key] = function


def _deputies(cast: Cast) -> None:
    """Neighbours stand in for each other: nothing stops because one person is away."""
    codes = [planned.code for planned in MUNICIPALITIES]
    for code, neighbour in zip(codes, codes[1:] + codes[:1], strict=True):
        stand_in = Holding.objects.for_system(REASON).get(
            function=cast.functions[neighbour, "coordinator"], role=Holding.Role.HOLDER
        )
        Holding.objects.create(
            function=cast.functions[code, "coordinator"],
            user=stand_in.user,
            role=Holding.Role.DEPUTY,
            valid_from=cast.since,
        )


def sign_agreement(cast: Cast, today: date) -> Agreement:
    """One frame for the three municipalities and the police, in force since two years."""
    start = date(today.year - 2, 1, 1)
    agreement: Agreement = Agreement.objects.create(
        title="Samverkansöverenskommelse om lokalt brottsförebyggande arbete",
        purposes=(
            "Arbetssättet ska vara strukturerat och hänga mindre på enskilda personer.\n"
            "Brott och otrygghet ska minska genom gemensam lägesbild, gemensamma insatser "
            "och uppföljning."
        ),
        areas=(
            "EST: gemensam lägesbild och insatser på platser\n"
            "SSPF: tidiga insatser för unga\n"
            "Strategiskt råd: överblick och styrning\n"
            "Kontaktvägar och stöd mellan kommunerna"
        ),
        reference_number=f"KS {start.year}/17",
        state="signed",
        signed_on=date(start.year - 1, 12, 12),
        valid_from=start,
        valid_to=date(start.year + 4, 1, 1),
    )
    for party in cast.parties.values():
        AgreementParty.objects.create(agreement=agreement, organisation=party)
    _share(cast, agreement)
    return agreement


def _share(cast: Cast, agreement: Agreement) -> None:
    municipal = [party for key, party in cast.parties.items() if key != "police"]
    for giver in municipal:
        for information in (
            Information.INCIDENTS,
            Information.PROBLEMS,
            Information.SITUATIONAL_PICTURES,
            Information.MEETINGS,
            Information.CONTACTS,
            Information.PLANS,
        ):
            _clause(agreement, information, Detail.DETAIL, giver, cast.police)
        _clause(agreement, Information.POLICE_FIGURES, Detail.DETAIL, cast.police, giver)
        for receiver in municipal:
            if receiver != giver:
                _clause(agreement, Information.INCIDENTS, Detail.AGGREGATE, giver, receiver)


def _clause(
    agreement: Agreement,
    information: Information,
    detail: Detail,
    giver: Organisation,
    receiver: Organisation,
) -> None:
    SharingClause.objects.create(
        agreement=agreement,
        information=information,
        detail=detail,
        from_organisation=giver,
        to_organisation=receiver,
    )


def form_groups(cast: Cast, today: date) -> None:
    """The council over the EST and SSPF groups, from their templates, with meetings both ways."""
    monday = today - timedelta(days=today.weekday())
    actor = acting(cast, "1760", "coordinator", datetime.combine(cast.since, time(9), STOCKHOLM))
    for planned in GROUPS:
        days = [monday + timedelta(days=day) for day in planned.days]
        template = templates()[planned.kind]
        group = start_group(
            actor,
            GroupDraft(
                kind=planned.kind,
                name=planned.name,
                municipality_code="1760",
                seats=_seats(cast, planned, today),
                rhythm=RhythmDraft(
                    rhythm=template.rhythm,
                    meets_from=days[0],
                    meets_at=template.starts_at,
                    minutes_long=template.minutes_long,
                    place=MEETING_PLACE,
                ),
            ),
        )
        Meeting.objects.bulk_create(
            [
                Meeting(
                    group=group,
                    starts_at=datetime.combine(day, template.starts_at, STOCKHOLM),
                    minutes_long=template.minutes_long,
                    place=MEETING_PLACE,
                )
                for day in days
            ]
        )


def acting(cast: Cast, code: str, key: str, at: datetime) -> Actor:
    """Whoever holds the function at the moment, acting in it."""
    function = cast.functions[code, key]
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    return actor_for(holding.user, function.ref, at)


def _seats(cast: Cast, planned: PlannedGroup, today: date) -> tuple[SeatDraft, ...]:
    return tuple(
        SeatDraft(
            function_ref=cast.functions[code, key].ref,
            is_chair=position == 0,
            is_leading_position=key in LEADING,
            role=role,
            position=POSITIONS.get(key, ""),
            deputy_ref=cast.functions["1760", "chief"].ref if key == "chair" else "",
            valid_to=date(today.year + 4, 1, 1) if role == "politician" else None,
        )
        for position, (code, key, role) in enumerate(planned.seats)
    )
