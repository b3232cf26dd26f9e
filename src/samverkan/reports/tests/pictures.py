"""Situational pictures for tests."""

from __future__ import annotations

from datetime import date

from samverkan.platform.access.actor import Actor
from samverkan.reports.models import SituationalPicture
from samverkan.reports.sections import Section
from samverkan.reports.services import (
    Decision,
    edit_section,
    mark_as_decided,
    open_picture,
    share_draft,
)

OCTOBER = date(2026, 10, 1)
DECISION = Decision(
    body="Kommunstyrelsen",
    decided_on=date(2026, 11, 20),
    paragraph="112",
    reference_number="KS 2026/145",
)


def begun(actor: Actor) -> SituationalPicture:
    return open_picture(actor, "1760", OCTOBER)


def written(actor: Actor) -> SituationalPicture:
    """A picture with everything that the law asks for: version 3."""
    picture = begun(actor)
    edit_section(actor, picture.ref, Section.CONSEQUENCES, "Busstorget undviks.", based_on=1)
    edit_section(actor, picture.ref, Section.ANALYSIS, "Mörkt och folktomt.", based_on=2)
    return picture


def decided(actor: Actor) -> SituationalPicture:
    picture = written(actor)
    mark_as_decided(actor, picture.ref, 3, DECISION)
    return picture


def shared(actor: Actor) -> SituationalPicture:
    picture = written(actor)
    share_draft(actor, picture.ref, 3)
    return picture
