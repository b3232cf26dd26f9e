"""Parties, functions and their holders; the agreement and its clauses; the groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.agreements.models import Agreement, AgreementParty, SharingClause
from samverkan.governance.models import Group, Meeting, Seat
from samverkan.organisations.models import (
    Function,
    Holding,
    LocalPoliceArea,
    Municipality,
    Organisation,
    PoliceAreaCoverage,
)
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User

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
    """The council over the EST and SSPF groups, with past and coming meetings."""
    party = cast.parties["1760"]
    place = cast.municipalities["1760"]
    council = _group(
        party,
        place,
        Group.Kind.COUNCIL,
        "Strategiska rådet, Storfors",
        "Överblick och styrning av det brottsförebyggande arbetet (lag 2023:196, 10 §).",
        "Fyra gånger om året",
    )
    est = _group(
        party,
        place,
        Group.Kind.EST,
        "EST-gruppen, Storfors",
        "Gemensam lägesbild varje vecka och insatser på platser som återkommer.",
        "Varannan vecka",
    )
    sspf = _group(
        party,
        place,
        Group.Kind.SSPF,
        "SSPF-gruppen, Storfors",
        "Tidiga insatser för unga. Enskilda ungdomar finns aldrig i den här gruppens sidor.",
        "En gång i månaden",
    )
    _seats(cast, council, ("chair", "chief", "coordinator"), ("chief",))
    _seats(cast, est, ("coordinator", "school", "leisure", "parks", "library"), ("officer",))
    _seats(cast, sspf, ("school", "leisure"), ("officer",))
    monday = today - timedelta(days=today.weekday())
    _meetings(est, [monday + timedelta(days=2 + 14 * step) for step in range(-6, 4)], time(9))
    _meetings(sspf, [monday + timedelta(days=3 + 28 * step) for step in range(-3, 3)], time(13))
    _meetings(
        council, [monday + timedelta(days=2 + 91 * step) for step in (-2, -1, 0, 1)], time(14)
    )


def _group(
    owner: Organisation, place: Municipality, kind: str, name: str, purpose: str, cadence: str
) -> Group:
    group: Group = Group.objects.create(
        kind=kind, name=name, purpose=purpose, cadence=cadence, owner=owner, municipality=place
    )
    return group


def _seats(cast: Cast, group: Group, own: tuple[str, ...], police: tuple[str, ...]) -> None:
    functions = [cast.functions["1760", key] for key in own]
    functions += [cast.functions["police", key] for key in police]
    for position, function in enumerate(functions):
        Seat.objects.create(
            group=group,
            function=function,
            is_chair=position == 0,
            is_leading_position=function.kind
            in {"council_politician", "council_official", "police_area_chief"},
        )


def _meetings(group: Group, days: list[date], hour: time) -> None:
    Meeting.objects.bulk_create(
        [
            Meeting(
                group=group,
                starts_at=datetime.combine(day, hour, STOCKHOLM),
                place="Kommunhuset, Storfors",
            )
            for day in days
        ]
    )
