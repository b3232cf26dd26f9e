"""A reviewer reads each report before others do; and takes out what should not be there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samverkan.platform.access.capabilities import Detail, Information
from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.imports.models import ImportBatch
from samverkan.platform.imports.storage import store_chunks
from samverkan.situation.models import Incident, IncidentChange, IncidentCount
from samverkan.situation.services.redaction import Redaction, redact_report
from samverkan.situation.services.review import (
    Conflict,
    Edit,
    NotReviewableError,
    PersonInTextError,
    answer_question,
    approve_report,
    edit_report,
    mark_as_duplicate,
    return_report,
)

from .factories import MONDAY_MORNING, make_incident, make_place

WHY = "look in a test"


def make_report(world, **fields):
    """A report of the school that nobody has reviewed, counted as such."""
    return make_incident(world.school, review="pending", **fields)


def again(incident) -> Incident:
    return Incident.objects.for_system(WHY).get(pk=incident.pk)


def seen(actor) -> tuple[int, int]:
    """How many incidents, and how many by the counts."""
    counts = IncidentCount.objects.visible_to(actor)
    return (
        Incident.objects.visible_to(actor).count(),
        sum(each.incidents for each in counts),
    )


def edit(incident, **given) -> Edit:
    return Edit(
        **{
            "text": incident.text,
            "category": incident.category,
            "place": incident.place,
            "based_on": incident.revision,
            **given,
        }
    )


def test_nobody_beyond_the_border_sees_or_counts_a_report_before_it_is_reviewed(world):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    world.share(
        Information.INCIDENTS, Detail.AGGREGATE, giver=world.storfors, receiver=world.kristinehamn
    )
    incident = make_report(world)
    officer = world.actor("community_police", world.police)
    neighbour = world.actor("safety_coordinator", world.kristinehamn)
    coordinator = world.actor("safety_coordinator")
    school = world.actor("reporter", world.school)
    assert seen(officer) == seen(neighbour) == (0, 0)
    assert seen(coordinator) == seen(school) == (1, 1)
    approve_report(coordinator, incident.ref, based_on=1)
    assert seen(officer) == (1, 1)
    # A neighbour with counts only reads them from what is published, never from the rows.
    assert seen(neighbour) == (0, 0)
    assert seen(coordinator) == seen(school) == (1, 1)


def test_the_queue_is_the_own_partys_alone(world, client_in):
    make_report(world)
    url = reverse("situation:review_queue")
    assert "1 rapport väntar på granskning" in client_in("safety_coordinator").get(url).text
    outsider = client_in("safety_coordinator", world.kristinehamn).get(url)
    assert "Ingen rapport väntar" in outsider.text
    assert client_in("reporter", world.school).get(url).status_code == 403


def test_an_outsider_meets_no_report_in_the_review(world, client_in):
    incident = make_report(world)
    outsider = client_in("safety_coordinator", world.kristinehamn)
    for name in ("review", "redact_report"):
        url = reverse(f"situation:{name}", args=[incident.ref])
        assert outsider.get(url).status_code == 404
    for name in ("review", "approve_report", "ask_reporter", "mark_duplicate", "redact_report"):
        url = reverse(f"situation:{name}", args=[incident.ref])
        assert outsider.post(url, {"reason": "x", "takes": "all"}).status_code == 404
    assert again(incident).review == "pending"


def test_approving_on_the_page(world, client_in):
    incident = make_report(world, text="Klotter")
    client = client_in("safety_coordinator")
    page = client.get(reverse("situation:review", args=[incident.ref]))
    assert "Klotter" in page.text
    client.post(reverse("situation:approve_report", args=[incident.ref]), {"revision": 1})
    assert again(incident).review == "reviewed"


def test_an_edit_keeps_what_stood_before_and_moves_the_count(world):
    incident = make_report(world, text="Klotter igen")
    place = make_place(world.storfors)
    edit_report(
        world.actor("safety_coordinator"),
        incident.ref,
        edit(incident, text="Klotter", category="E11", place=place),
    )
    change = IncidentChange.objects.for_system(WHY).get()
    assert change.text_before == "Klotter igen"
    cell = IncidentCount.objects.for_system(WHY).get()
    assert (cell.category, cell.place, cell.incidents, cell.is_reviewed) == ("E11", place, 1, False)


def test_two_who_edit_at_once_see_each_others_text(world, client_in):
    incident = make_report(world, text="Klotter")
    coordinator = world.actor("safety_coordinator")
    edit_report(coordinator, incident.ref, edit(incident, text="Klotter på norra väggen"))
    outcome = edit_report(coordinator, incident.ref, edit(incident, text="Klotter vid dörren"))
    assert outcome == Conflict("Klotter på norra väggen", "Klotter vid dörren", 2)
    page = client_in("safety_coordinator").post(
        reverse("situation:review", args=[incident.ref]),
        {"text": "Klotter vid dörren", "category": "E10", "place": "", "revision": 1},
    )
    assert page.status_code == 409
    assert "Klotter på norra väggen" in page.text
    assert "Klotter vid dörren" in page.text


def test_what_has_changed_since_it_was_read_is_not_approved(world):
    incident = make_report(world, text="Klotter")
    coordinator = world.actor("safety_coordinator")
    edit_report(coordinator, incident.ref, edit(incident, text="Klotter, mycket"))
    assert isinstance(approve_report(coordinator, incident.ref, based_on=1), Conflict)
    assert again(incident).review == "pending"


def test_a_text_with_a_number_is_neither_approved_nor_saved(world):
    incident = make_report(world, text="Ring 070-174 06 05")
    coordinator = world.actor("safety_coordinator")
    with pytest.raises(PersonInTextError):
        approve_report(coordinator, incident.ref, based_on=1)
    with pytest.raises(PersonInTextError):
        edit_report(coordinator, incident.ref, edit(incident, text="Ring 070-174 06 06"))


def test_a_question_goes_back_and_the_answer_waits_again(world, client_in):
    incident = make_report(world, text="Klotter")
    return_report(world.actor("safety_coordinator"), incident.ref, "Vilken vägg?")
    client = client_in("reporter", world.school)
    assert "Vilken vägg?" in client.get(reverse("situation:report")).text
    url = reverse("situation:answer_question", args=[incident.ref])
    assert "Vilken vägg?" in client.get(url).text
    refused = client.post(url, {"text": "Klotter av 070-174 06 05", "revision": 2})
    assert refused.status_code == 422
    assert "Klotter av 070-174 06 05" in refused.text
    assert client.post(url, {"text": "Klotter, norra väggen", "revision": 2}).status_code == 302
    found = again(incident)
    assert (found.text, found.review, found.question) == ("Klotter, norra väggen", "pending", "")


def test_another_unit_does_not_answer_the_question(world, client_in):
    incident = make_report(world)
    return_report(world.actor("safety_coordinator"), incident.ref, "Vilken vägg?")
    other = client_in("reporter", world.kristinehamn)
    url = reverse("situation:answer_question", args=[incident.ref])
    assert other.get(url).status_code == 404
    with pytest.raises(NotReviewableError):
        answer_question(world.actor("reporter", world.kristinehamn), incident.ref, "x", based_on=2)


def test_a_duplicate_is_counted_once_and_leaves_the_lists(world):
    first, second = make_report(world), make_report(world)
    coordinator = world.actor("safety_coordinator")
    mark_as_duplicate(coordinator, second.ref, first.ref)
    assert seen(coordinator) == (1, 1)
    assert again(second).duplicate_of == first


def test_a_duplicate_of_itself_or_of_somebody_elses_is_refused(world):
    incident = make_report(world)
    foreign = make_incident(world.kristinehamn)
    coordinator = world.actor("safety_coordinator")
    for ref in (incident.ref, foreign.ref, "finnsinte"):
        with pytest.raises(NotReviewableError):
            mark_as_duplicate(coordinator, incident.ref, ref)


def test_a_removed_place_is_shown_as_removed_and_mended_by_the_reviewer(world, client_in):
    place = make_place(world.storfors, "Gamla kiosken", ended_on=MONDAY_MORNING.date())
    other = make_place(world.storfors, "Nya kiosken")
    incident = make_report(world, place=place)
    client = client_in("safety_coordinator")
    url = reverse("situation:review", args=[incident.ref])
    page = client.get(url)
    assert "borttagen ur registret 2026-11-16" in page.text
    assert "Gamla kiosken (borttagen)" in page.text
    sent = {"text": "", "category": "E10", "place": other.ref, "revision": 1}
    client.post(url, sent)
    assert again(incident).place == other


# Redaction. SECRET stands for what should never have been written.
SECRET = "hemligheten vid kiosken"


def everywhere() -> str:
    """All text of all rows of this room, of the imports and of the log."""
    models = (Incident, IncidentChange, ImportBatch, AuditEntry)
    rows = (model.objects.for_system(WHY).values() for model in models)
    return "\n".join(str(row) for each in rows for row in each)


def redacted(world, incident, **given) -> Incident:
    redaction = Redaction("pekade ut någon", **given)
    return redact_report(world.actor("safety_coordinator"), incident.ref, redaction)


def test_redaction_reaches_the_row_its_history_and_its_questions(world):
    incident = make_report(world, text=SECRET)
    coordinator = world.actor("safety_coordinator")
    edit_report(coordinator, incident.ref, edit(incident, text=f"{SECRET} och mer"))
    return_report(coordinator, incident.ref, f"Menar du {SECRET}?")
    assert SECRET in everywhere()
    redacted(world, incident)
    assert SECRET not in everywhere()
    entry = AuditEntry.objects.for_system(WHY).get(action="incident.redacted")
    assert (entry.object_ref, entry.reason) == (incident.ref, "pekade ut någon")


def test_no_page_search_or_export_gives_it_back(world, client_in):
    world.share(Information.INCIDENTS, Detail.DETAIL, giver=world.storfors, receiver=world.police)
    incident = make_incident(world.school, text=SECRET)
    redacted(world, incident)
    paths = [
        reverse("situation:incidents"),
        reverse("situation:incident", args=[incident.ref]),
        reverse("situation:review_queue"),
        reverse("situation:review", args=[incident.ref]),
        reverse("situation:report"),
        reverse("situation:report_session"),
        reverse("search:results") + "?q=hemligheten",
        reverse("search:suggestions") + "?q=hemligheten",
        reverse("api:incidents") + "?municipality=1760",
        reverse("api:one_incident", args=[incident.ref]),
    ]
    walkers = [
        client_in("safety_coordinator"),
        client_in("reporter", world.school),
        client_in("community_police", world.police),
    ]
    for client in walkers:
        for path in paths:
            assert SECRET not in client.get(path).content.decode()


def test_the_file_that_brought_it_is_forgotten_but_not_that_it_came(
    world, settings, tmp_path, client_in, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = str(tmp_path)
    stored = store_chunks([SECRET.encode()])
    batches = [
        ImportBatch.objects.create(
            kind="incidents",
            party_ref=party.ref,
            file_name="lista.csv",
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            stored_as=stored.stored_as,
            source_code="est",
            fetched_at=MONDAY_MORNING,
            created_at=MONDAY_MORNING,
            problems=[{"line": 2, "message": f"”{SECRET}” är inget datum"}],
        )
        for party in (world.storfors, world.kristinehamn)
    ]
    incident = make_incident(world.school, text=SECRET)
    Incident.objects.for_system(WHY).filter(pk=incident.pk).update(batch=batches[0])
    with django_capture_on_commit_callbacks(execute=True):
        redacted(world, incident)
    assert not stored.path.exists()
    assert SECRET not in everywhere()
    kept = ImportBatch.objects.for_system(WHY).get(pk=batches[0].pk)
    assert (kept.sha256, kept.file_name) == (stored.sha256, "lista.csv")
    actions = AuditEntry.objects.for_system(WHY).filter(action="import.original_forgotten")
    assert {each.owner_party_ref for each in actions} == {
        world.storfors.ref,
        world.kristinehamn.ref,
    }
    client = client_in("safety_coordinator")
    assert client.get(reverse("imports:original", args=[kept.ref])).status_code == 404
    assert client.get(reverse("imports:detail", args=[kept.ref])).status_code == 200


def test_a_place_can_be_taken_out_and_the_count_follows(world):
    area = make_place(world.storfors, "Centrum")
    place = make_place(world.storfors, "Trapphuset", area=area)
    incident = make_incident(world.school, place=place)
    redacted(world, incident, takes_place=True)
    assert again(incident).place == area
    assert IncidentCount.objects.for_system(WHY).get().place == area


def test_a_whole_report_can_be_taken_out_and_is_counted_no_more(world, client_in):
    incident = make_incident(world.school, place=make_place(world.storfors), text=SECRET)
    redacted(world, incident, takes_all=True)
    assert seen(world.actor("safety_coordinator")) == (0, 0)
    assert seen(world.actor("reporter", world.school)) == (0, 0)
    page = client_in("safety_coordinator").get(reverse("situation:incident", args=[incident.ref]))
    assert page.status_code == 404


def test_redacting_on_the_page_asks_for_a_reason_without_persons(world, client_in):
    incident = make_report(world, text=SECRET)
    client = client_in("safety_coordinator")
    url = reverse("situation:redact_report", args=[incident.ref])
    for reason in ("", "Gällde 070-174 06 05"):
        assert client.post(url, {"reason": reason, "takes": "text"}).status_code == 422
    assert client.post(url, {"reason": "Personuppgift", "takes": "text"}).status_code == 302
    assert again(incident).text == ""


def test_a_device_that_sends_it_again_afterwards_does_not_bring_it_back(world):
    from .sending import report_of, send, signed_in

    reporter = world.holder("reporter", world.school)
    client, report = signed_in(reporter[0]), report_of(*reporter, text=SECRET)
    send(client, report)
    incident = Incident.objects.for_system(WHY).get()
    redacted(world, incident)
    assert send(client, report).status_code == 200
    assert SECRET not in everywhere()


def test_an_import_counts_as_reviewed(world):
    assert make_incident(world.school).review == "reviewed"
