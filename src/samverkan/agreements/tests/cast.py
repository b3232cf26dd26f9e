"""Who does what in the agreement's tests: writers and signers of each party, at a moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from samverkan.agreements.models import Agreement
from samverkan.agreements.services import signing, writing
from samverkan.platform.access.actor import Actor
from tests.world import NOW, World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST, LAST = date(2027, 1, 1), date(2031, 1, 1)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(9), STOCKHOLM)


@dataclass
class Players:
    """One writer and signer in each of Storfors, Kristinehamn and the police."""

    world: World
    actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.actors = {
            "storfors": self.world.actor("safety_coordinator"),
            "kristinehamn": self.world.actor("safety_coordinator", self.world.kristinehamn),
            "police": self.world.actor("police_area_chief", self.world.police),
        }

    def __call__(self, name: str, day: date | None = None) -> Actor:
        actor = self.actors[name]
        return replace(actor, at=moment(day)) if day else actor

    def begin(self, *, first: date = FIRST, last: date | None = LAST) -> Agreement:
        others = (self.world.kristinehamn, self.world.police)
        refs = [party.ref for party in others]
        return writing.begin_agreement(
            self("storfors"), writing.Beginning("Ny överenskommelse", refs, first, last)
        )

    def write_minimum(self, agreement: Agreement) -> None:
        for number, key in enumerate(("frame:purposes", "frame:areas"), 1):
            writing.edit_section(
                self("storfors"), agreement.ref, key, f"Text {number}.", based_on=number
            )

    def for_signature(self, **period: date | None) -> Agreement:
        agreement = self.begin(**period)  # type: ignore[arg-type]
        self.write_minimum(agreement)
        signing.send_for_signature(self("storfors"), agreement.ref)
        return fresh(agreement)

    def sign(self, agreement: Agreement, name: str, day: date | None = None) -> None:
        actor = self(name, day)
        document = signing.document_to_sign(actor, agreement)
        if document is None:
            raise signing.CannotSignError
        signing.sign_agreement(
            actor, agreement.ref, document.ref, signing.NameSigned("typed", f"Namn {name}")
        )

    def signed(self, day: date | None = None, **period: date | None) -> Agreement:
        agreement = self.for_signature(**period)
        for name in self.actors:
            self.sign(agreement, name, day)
        return fresh(agreement)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.for_system("test").get(pk=agreement.pk)


__all__ = ["FIRST", "LAST", "NOW", "Players", "fresh", "moment"]
