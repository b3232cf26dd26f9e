"""Whoever reports hears back: the way of each report, told by what the reporter may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from samverkan.platform.audit.models import AuditEntry
from samverkan.platform.design.visits import note_visit
from samverkan.situation.models import GatheredIncident, Incident, ReportAnswer
from samverkan.situation.overview_lines import FEEDBACK_TAGS, feedback_since
from samverkan.situation.selectors.feedback import StepKind, changed_reports, own_reports
from samverkan.situation.services.review import return_report
from tests.world import NOW

from .factories import make_incident, make_measure, make_place, make_problem

PAGE = reverse("situation:my_reports")
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch):
    monkeypatch.setattr("samverkan.organisations.middleware.timezone.now", lambda: NOW)
    with translation.override("sv"):
        yield


def gathered(world, incident, **fields):
    problem = make_problem(world.storfors, "Hemlig rubrik om trappan", **fields)
    GatheredIncident.objects.create(problem=problem, incident=incident, gathered_at=YESTERDAY)
    return problem


def kinds(actor):
    (report,), _older = own_reports(actor)
    return [step.kind for step in report.steps]


def test_a_report_is_received_gathered_and_leads_to_a_measure(world):
    problem = gathered(world, make_incident(world.school), state="closed")
    make_measure(problem, world.function("safety_coordinator"), "Hemlig belysning")
    assert kinds(world.actor("reporter", world.school)) == [
        StepKind.RECEIVED,
        StepKind.GATHERED,
        StepKind.MEASURE,
        StepKind.CLOSED,
    ]


def test_a_reporter_is_told_states_and_never_what_others_have_called_the_problem(world, client_in):
    problem = gathered(world, make_incident(world.school))
    make_measure(problem, world.function("safety_coordinator"), "Hemlig belysning")
    text = client_in("reporter", world.school).get(PAGE).text
    assert "Hemlig" not in text
    assert "Samlad med andra i ett problem som det arbetas med" in text
    assert "En åtgärd" in text
    assert "beslutad" in text


def test_whoever_may_read_problems_gets_titles_and_links(world, client_in):
    gathered(world, make_incident(world.storfors))
    text = client_in("safety_coordinator").get(PAGE).text
    assert "Hemlig rubrik om trappan" in text


def test_another_units_reports_are_not_shown(world):
    make_incident(world.storfors)
    assert own_reports(world.actor("reporter", world.school))[0] == ()


def test_an_outsider_sees_nothing_of_them(world, client_in):
    incident = make_incident(world.school, place=make_place(world.storfors))
    gathered(world, incident)
    outsider = client_in("reporter", world.kristinehamn)
    assert "Biblioteket" not in outsider.get(PAGE).text
    url = reverse("situation:answer", args=[incident.ref])
    assert client_in("safety_coordinator", world.kristinehamn).get(url).status_code == 404


def test_the_coordinator_answers_and_the_reporter_reads_it(world, client_in):
    incident = make_incident(world.school)
    url = reverse("situation:answer", args=[incident.ref])
    sent = {"kind": "not_taken", "text": "Lampan hör till regionen, som har fått felanmälan."}
    assert client_in("safety_coordinator").post(url, sent).status_code == 302
    text = client_in("reporter", world.school).get(PAGE).text
    assert "Tas inte vidare: Lampan hör till regionen" in text
    entry = AuditEntry.objects.for_system("test").get(action="incident.answered")
    assert entry.object_ref == incident.ref


@pytest.mark.parametrize("text", ["", "x" * 301])
def test_an_answer_without_words_or_with_too_many_is_refused_with_what_was_typed(
    world, client_in, text
):
    url = reverse("situation:answer", args=[make_incident(world.school).ref])
    response = client_in("safety_coordinator").post(url, {"kind": "word", "text": text})
    assert response.status_code == 200
    assert "error-summary" in response.text
    assert text in response.text
    assert not ReportAnswer.objects.for_system("test").exists()


def test_a_hostile_answer_is_shown_as_text(world, client_in):
    url = reverse("situation:answer", args=[make_incident(world.school).ref])
    client_in("safety_coordinator").post(url, {"kind": "word", "text": "<script>alert(1)</script>"})
    text = client_in("reporter", world.school).get(PAGE).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_reporter_does_not_answer(world, client_in):
    url = reverse("situation:answer", args=[make_incident(world.school).ref])
    assert client_in("reporter", world.school).get(url).status_code == 403


def test_what_is_new_since_the_last_visit_stands_on_the_overview(world):
    gathered(world, make_incident(world.school, place=make_place(world.storfors)))
    reporter = world.actor("reporter", world.school)
    note_visit(replace(reporter, at=NOW - timedelta(days=3)))
    section = feedback_since(reporter)
    assert section.title == "Det finns något nytt om 1 av våra rapporter"
    assert [str(row.tag) for row in section.rows] == ["samlad i ett problem"]


def test_what_happened_before_the_last_visit_is_not_new(world):
    gathered(world, make_incident(world.school))
    reporter = world.actor("reporter", world.school)
    assert changed_reports(reporter, NOW - timedelta(hours=1)) == ()
    note_visit(replace(reporter, at=NOW - timedelta(hours=2)))
    assert feedback_since(reporter) is None


def test_older_reports_follow_page_by_page(world):
    for _each in range(5):
        make_incident(world.school)
    reporter = world.actor("reporter", world.school)
    first, has_older = own_reports(reporter, size=3)
    assert has_older
    rest, has_more = own_reports(reporter, before=first[-1].incident.ref, size=3)
    assert not has_more
    assert len({each.incident.ref for each in (*first, *rest)}) == 5


def test_a_button_pressed_twice_answers_once(world, client_in):
    url = reverse("situation:answer", args=[make_incident(world.school).ref])
    coordinator = client_in("safety_coordinator")
    for _each in range(2):
        coordinator.post(url, {"kind": "word", "text": "Tack."})
    assert ReportAnswer.objects.for_system("test").count() == 1


def asked_about(world, text="Trasiga rutor"):
    incident = make_incident(world.school, text=text, review="pending")
    return_report(world.actor("safety_coordinator"), incident.ref, "Vilken ingång gäller det?")
    return incident


def test_a_reviewers_question_stands_at_the_report_and_the_answer_goes_back(world, client_in):
    incident = asked_about(world)
    client = client_in("reporter", world.school)
    answer_url = reverse("situation:answer_question", args=[incident.ref])
    text = client.get(PAGE).text
    assert "Vilken ingång gäller det?" in text
    assert f'class="button" href="{answer_url}"' in text
    sent = {"text": "Trasiga rutor vid norra ingången"}
    sent["revision"] = str(Incident.objects.for_system("test").get().revision)
    answered = client.post(answer_url, sent, follow=True)
    assert answered.redirect_chain == [(PAGE, 302)]
    assert answer_url not in answered.text
    assert "Din enhet svarade" in answered.text
    kept = Incident.objects.for_system("test").get()
    assert (kept.review, kept.text) == ("pending", "Trasiga rutor vid norra ingången")
    queue = client_in("safety_coordinator").get(reverse("situation:review_queue")).text
    assert reverse("situation:review", args=[incident.ref]) in queue
    assert kinds(world.actor("reporter", world.school)) == [
        StepKind.RECEIVED,
        StepKind.ASKED,
        StepKind.ANSWERED,
    ]


def test_a_question_is_news_to_the_unit_and_nobody_elses(world, client_in):
    incident = asked_about(world)
    (changed,) = changed_reports(world.actor("reporter", world.school), YESTERDAY)
    assert changed.waits_for_answer
    assert changed.new_steps[-1].kind is StepKind.ASKED
    assert set(FEEDBACK_TAGS) == set(StepKind)
    other = client_in("reporter", world.kristinehamn)
    assert "Vilken ingång" not in other.get(PAGE).text
    assert other.get(reverse("situation:answer_question", args=[incident.ref])).status_code == 404
