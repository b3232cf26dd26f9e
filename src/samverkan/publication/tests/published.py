"""A municipality's figures and publications for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.platform.access.actor import Actor
from samverkan.publication import services
from samverkan.publication.composition import Choice, compose
from samverkan.publication.models import PublishedVersion
from samverkan.statistics.tests.figures import make_series
from tests.world import World

SERIES = ("theft", "theft_excluding_shoplifting", "shoplifting", "vandalism")
CHOICE = Choice(
    series=SERIES,
    contact_name="Säkerhetssamordnare",
    contact_email="trygghet@storfors.example",
    consent="Polisen har godkänt, 2026-02-12",
)
YEARS = date(2022, 1, 1)
FORM = {
    "series": list(SERIES),
    "contact_name": CHOICE.contact_name,
    "contact_email": CHOICE.contact_email,
    "consent": CHOICE.consent,
}


@dataclass(frozen=True)
class DemoPledge:
    ref: str
    title: str
    promised: str
    done: str
    result: str
    valid_from: date = date(2026, 1, 1)
    valid_to: date | None = date(2027, 1, 1)
    state: str = "kept"


def yearly(
    world: World,
    *,
    excluding: tuple[int, ...] = (60, 61, 59, 62),
    shop: tuple[int, ...] = (11, 12, 3, 13),
) -> None:
    """Four years of theft, of which shoplifting was three in 2024."""
    both = [one + other for one, other in zip(excluding, shop, strict=True)]
    for code, values in (
        ("theft", both),
        ("theft_excluding_shoplifting", excluding),
        ("shoplifting", shop),
        ("vandalism", (22, 26, 24, 23)[: len(shop)]),
    ):
        make_series(world, list(values), code=code, kind="year", first=YEARS)


def publish(actor: Actor, choice: Choice = CHOICE) -> PublishedVersion:
    previewed = compose(actor, "1760", choice).fingerprint
    return services.publish(actor, "1760", choice, previewed=previewed)
