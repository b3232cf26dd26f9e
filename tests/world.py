"""A small world for tests: two municipalities, the police, their functions, an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from samverkan.agreements.models import Agreement, AgreementParty, SharingClause
from samverkan.organisations.models import Function, Holding, Municipality, Organisation
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.accounts.models import User
from samverkan.swedish.sorting import sort_key

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
LONG_AGO = date(2020, 1, 1)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.test")
    display_name = factory.Sequence(lambda number: f"Testperson {number}")


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda number: f"{9000 + number}")
    name = factory.Sequence(lambda number: f"Kommun {number}")
    sort_key = factory.LazyAttribute(lambda place: sort_key(place.name))
    county_code = "17"
    county_name = "Värmlands län"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Organisation {number}")
    kind = Organisation.Kind.MUNICIPAL_ADMINISTRATION


@dataclass(frozen=True)
class World:
    """Two municipal parties, the police that covers both, and a school, a unit of Storfors."""

    storfors_municipality: Municipality
    kristinehamn_municipality: Municipality
    storfors: Organisation
    kristinehamn: Organisation
    police: Organisation
    school: Organisation
    agreement: Agreement

    def municipality_of(self, organisation: Organisation) -> Municipality:
        if organisation == self.kristinehamn:
            return self.kristinehamn_municipality
        return self.storfors_municipality

    def function(self, kind: str, organisation: Organisation | None = None) -> Function:
        """A function of the kind in the organisation (Storfors' own, unless said)."""
        organisation = organisation or self.storfors
        function: Function = Function.objects.create(
            kind=kind, title=f"{kind} {organisation.name}", organisation=organisation
        )
        places = (
            [self.storfors_municipality, self.kristinehamn_municipality]
            if organisation == self.police
            else [self.municipality_of(organisation)]
        )
        through = Function.municipalities.through
        through.objects.bulk_create(
            [through(function=function, municipality=place) for place in places]
        )
        return function

    def holder(
        self, kind: str, organisation: Organisation | None = None, *, role: str = "holder"
    ) -> tuple[User, Function]:
        user = UserFactory()
        function = self.function(kind, organisation)
        Holding.objects.create(function=function, user=user, role=role, valid_from=LONG_AGO)
        return user, function

    def actor(
        self, kind: str, organisation: Organisation | None = None, *, at: datetime = NOW
    ) -> Actor:
        user, function = self.holder(kind, organisation)
        return actor_for(user, function.ref, at)

    def share(
        self,
        information: Information,
        detail: Detail,
        *,
        giver: Organisation,
        receiver: Organisation,
    ) -> SharingClause:
        clause: SharingClause = SharingClause.objects.create(
            agreement=self.agreement,
            information=information,
            detail=detail,
            from_organisation=giver,
            to_organisation=receiver,
        )
        return clause


def make_world() -> World:
    storfors_municipality = MunicipalityFactory(code="1760", name="Storfors")
    kristinehamn_municipality = MunicipalityFactory(code="1781", name="Kristinehamn")
    storfors = OrganisationFactory(name="Storfors kommun", municipality=storfors_municipality)
    kristinehamn = OrganisationFactory(
        name="Kristinehamns kommun", municipality=kristinehamn_municipality
    )
    police = OrganisationFactory(
        name="Lokalpolisområde Kristinehamn", kind=Organisation.Kind.POLICE
    )
    school = OrganisationFactory(
        name="Grundskolan, Storfors", parent=storfors, municipality=storfors_municipality
    )
    agreement = Agreement.objects.create(
        title="Samverkansöverenskommelse",
        purposes="Minska brott",
        areas="EST",
        state="signed",
        signed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )
    for party in (storfors, kristinehamn, police):
        AgreementParty.objects.create(agreement=agreement, organisation=party)
    return World(
        storfors_municipality,
        kristinehamn_municipality,
        storfors,
        kristinehamn,
        police,
        school,
        agreement,
    )
