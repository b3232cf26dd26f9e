"""Writing, restoring, sharing and deciding: nothing is lost, everything leaves a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samverkan.platform.access.actor import anonymous
from samverkan.platform.audit.models import AuditEntry
from samverkan.reports import services
from samverkan.reports.models import PictureVersion, SituationalPicture
from samverkan.reports.rules import LONGEST_TEXT, Collision, Hindrance
from samverkan.reports.sections import Section
from tests.world import World

from .pictures import DECISION, OCTOBER, begun, decided, written


def versions(picture: SituationalPicture) -> list[PictureVersion]:
    return list(PictureVersion.objects.for_system("test").filter(picture=picture))


def actions() -> list[str]:
    return list(
        AuditEntry.objects.for_system("test")
        .filter(object_type="situational_picture")
        .order_by("sequence")
        .values_list("action", flat=True)
    )


def test_a_month_is_opened_once(world: World) -> None:
    actor = world.actor("safety_coordinator")
    assert begun(actor) == begun(actor)
    assert [version.number for version in versions(begun(actor))] == [1]
    assert actions() == ["situational_picture.begun"]


def test_each_edit_is_a_version_with_who_and_in_which_function(world: World) -> None:
    actor = replace(world.actor("safety_coordinator"), on_behalf_of="Testperson 9")
    picture = written(actor)
    latest = versions(picture)[0]
    assert latest.number == 3
    assert latest.texts == {
        "consequences": "Busstorget undviks.",
        "analysis": "Mörkt och folktomt.",
    }
    assert latest.changed_sections == ["analysis"]
    assert (latest.function_title, latest.on_behalf_of) == (actor.function_title, "Testperson 9")
    assert actions()[-1] == "situational_picture.edited"


def test_saving_the_same_text_makes_no_version(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = written(actor)
    services.edit_section(actor, picture.ref, Section.ANALYSIS, "Mörkt och folktomt. ", based_on=3)
    assert len(versions(picture)) == 3


def test_two_writers_of_one_section_both_keep_their_text(world: World) -> None:
    first, second = world.actor("safety_coordinator"), world.actor("safety_coordinator")
    picture = begun(first)
    services.edit_section(first, picture.ref, Section.ANALYSIS, "Den enas.", based_on=1)
    outcome = services.edit_section(
        second, picture.ref, Section.ANALYSIS, "Den andras.", based_on=1
    )
    assert isinstance(outcome, Collision)
    assert (outcome.mine, outcome.theirs) == ("Den andras.", "Den enas.")
    assert outcome.theirs_by == first.user_label
    assert versions(picture)[0].texts["analysis"] == "Den enas."
    merged = services.edit_section(
        second, picture.ref, Section.ANALYSIS, "Bådas.", based_on=outcome.latest_number
    )
    assert isinstance(merged, PictureVersion)


def test_two_writers_of_different_sections_do_not_disturb_each_other(world: World) -> None:
    first, second = world.actor("safety_coordinator"), world.actor("safety_coordinator")
    picture = begun(first)
    services.edit_section(first, picture.ref, Section.ANALYSIS, "Analys.", based_on=1)
    services.edit_section(second, picture.ref, Section.SUMMARY, "Kort.", based_on=1)
    assert versions(picture)[0].texts == {"analysis": "Analys.", "summary": "Kort."}


def test_an_earlier_version_comes_back_as_a_new_one(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = written(actor)
    restored = services.restore_version(actor, picture.ref, 2)
    assert (restored.number, restored.restored_from) == (4, 2)
    assert restored.texts == {"consequences": "Busstorget undviks."}
    assert restored.changed_sections == ["analysis"]
    assert len(versions(picture)) == 4


def test_a_decision_keeps_body_date_paragraph_number_and_content(world: World) -> None:
    actor = world.actor("safety_coordinator")
    latest = versions(decided(actor))[0]
    assert (latest.decision_body, latest.decided_on) == ("Kommunstyrelsen", date(2026, 11, 20))
    assert (latest.decision_paragraph, latest.reference_number) == ("112", "KS 2026/145")
    assert set(latest.frozen_content) == {"sv", "en"}
    assert actions()[-1] == "situational_picture.decided"


@pytest.mark.parametrize(
    ("number", "hindrance"), [(1, Hindrance.NO_CONSEQUENCES), (2, Hindrance.NO_ANALYSIS)]
)
def test_what_the_law_demands_hinders_the_decision(
    world: World, number: int, hindrance: Hindrance
) -> None:
    actor = world.actor("safety_coordinator")
    picture = written(actor)
    with pytest.raises(services.CannotDecideError) as refused:
        services.mark_as_decided(actor, picture.ref, number, DECISION)
    assert hindrance in refused.value.hindrances
    assert not any(version.is_decided for version in versions(picture))
    assert "situational_picture.decided" not in actions()


def test_writing_on_after_a_decision_begins_a_new_version(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = decided(actor)
    services.edit_section(actor, picture.ref, Section.ANALYSIS, "Ny analys.", based_on=3)
    latest, earlier = versions(picture)[:2]
    assert (latest.is_decided, earlier.is_decided) == (False, True)
    assert earlier.texts["analysis"] == "Mörkt och folktomt."


def test_sharing_is_noted_once_and_leaves_a_trace(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = written(actor)
    for _again in range(2):
        services.share_draft(actor, picture.ref, 3)
    assert versions(picture)[0].is_shared
    assert actions().count("situational_picture.shared") == 1


def test_a_text_longer_than_allowed_changes_nothing(world: World) -> None:
    actor = world.actor("safety_coordinator")
    picture = begun(actor)
    with pytest.raises(services.TextTooLongError):
        services.edit_section(
            actor, picture.ref, Section.ANALYSIS, "x" * (LONGEST_TEXT + 1), based_on=1
        )
    assert len(versions(picture)) == 1


@pytest.mark.parametrize("kind", ["council_politician", "reporter", "auditor", "community_police"])
def test_functions_that_may_not_write_are_refused(world: World, kind: str) -> None:
    picture = written(world.actor("safety_coordinator"))
    outsider = world.actor(kind)
    with pytest.raises(PermissionDenied):
        services.open_picture(outsider, "1760", OCTOBER)
    with pytest.raises(PermissionDenied):
        services.edit_section(outsider, picture.ref, Section.ANALYSIS, "x", based_on=3)
    with pytest.raises(PermissionDenied):
        services.restore_version(outsider, picture.ref, 1)
    with pytest.raises(PermissionDenied):
        services.share_draft(outsider, picture.ref, 3)
    with pytest.raises(PermissionDenied):
        services.mark_as_decided(outsider, picture.ref, 3, DECISION)


def test_the_neighbour_can_neither_begin_nor_find_our_picture(world: World) -> None:
    picture = written(world.actor("safety_coordinator"))
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    with pytest.raises(services.UnknownMunicipalityError):
        services.open_picture(neighbour, "1760", OCTOBER)
    with pytest.raises(SituationalPicture.DoesNotExist):
        services.edit_section(neighbour, picture.ref, Section.ANALYSIS, "x", based_on=3)


def test_nobody_may_do_anything(world: World) -> None:
    with pytest.raises(PermissionDenied):
        services.open_picture(anonymous(world.actor("reporter").at), "1760", OCTOBER)
