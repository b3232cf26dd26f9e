"""Reports from a device's queue: each exactly once, whatever the network, clock or text is."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samverkan.organisations.models import Holding
from samverkan.platform.audit.models import AuditEntry
from samverkan.situation.models import Incident, IncidentCount, ReportReceipt
from samverkan.situation.weeks import week_of
from tests.world import make_world

from .factories import make_place
from .sending import moment, report_of, send, signed_in

WHY = "look in a test"


@pytest.fixture
def reporter(world):
    return world.holder("reporter", world.school)


def incidents():
    return Incident.objects.for_system(WHY).order_by("pk")


def counted() -> int:
    return sum(each.incidents for each in IncidentCount.objects.for_system(WHY).all())


def test_a_report_comes_in_and_waits_for_review(world, reporter):
    answer = send(signed_in(reporter[0]), report_of(*reporter))
    assert answer.status_code == 201
    incident = incidents().get()
    assert answer.json()["ref"] == incident.ref
    assert (incident.owner, incident.reporting_organisation) == (world.storfors, world.school)
    assert (incident.review, incident.category_version) == ("pending", "2026-1")
    assert counted() == 1
    entry = AuditEntry.objects.for_system(WHY).get(action="incident.reported")
    assert "ruta" not in str(entry.details)


def test_the_same_report_again_gets_the_same_answer_and_stays_one(reporter):
    client, report = signed_in(reporter[0]), report_of(*reporter)
    first, again = send(client, report), send(client, report)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["ref"] == again.json()["ref"]
    assert incidents().count() == counted() == 1


def test_two_persons_with_the_same_key_have_a_report_each(world, reporter):
    other = world.holder("reporter", world.school)
    key = report_of(*reporter)["key"]
    for each in (reporter, other):
        assert send(signed_in(each[0]), report_of(*each, key=key)).status_code == 201
    assert incidents().count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_report_at_the_same_moment_on_many_lines_is_one():
    world = make_world()
    user, function = world.holder("reporter", world.school)
    report, client = report_of(user, function), signed_in(user)
    gate, codes = Barrier(6), []

    def one() -> None:
        own = Client()
        own.cookies = client.cookies
        gate.wait()
        codes.append(send(own, report).status_code)
        connection.close()

    lines = [Thread(target=one) for _each in range(6)]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    assert sorted(codes) == [200] * 5 + [201]
    assert incidents().count() == counted() == 1


def test_what_points_out_a_person_is_refused_with_its_place_and_nothing_is_kept(reporter):
    answer = send(signed_in(reporter[0]), report_of(*reporter, text="Ring 070-174 06 05 nu"))
    assert answer.status_code == 422
    (found,) = answer.json()["found"]
    assert (found["text"], found["may_confirm"]) == ("070-174 06 05", False)
    assert "telefonnummer" in answer.json()["errors"]["text"][0]
    assert not incidents().exists()
    assert not ReportReceipt.objects.for_system(WHY).exists()


def test_a_refused_report_that_is_mended_comes_in_under_the_same_key(reporter):
    client = signed_in(reporter[0])
    report = report_of(*reporter, text="Ring 070-174 06 05 nu")
    assert send(client, report).status_code == 422
    assert send(client, {**report, "text": "Krossad ruta"}).status_code == 201
    assert incidents().get().text == "Krossad ruta"


def test_a_soft_finding_asks_and_is_sent_when_it_is_answered(reporter):
    client = signed_in(reporter[0])
    report = report_of(*reporter, text="En 16-årig pojke på moped vid kiosken")
    asked = send(client, report).json()["found"]
    assert [each["may_confirm"] for each in asked] == [True]
    confirmed = [each["text"] for each in asked]
    assert send(client, {**report, "confirmed": confirmed}).status_code == 201


@pytest.mark.parametrize("wrong", [timedelta(hours=-30), timedelta(days=3), timedelta(days=-800)])
def test_a_wrong_clock_is_told_of_and_the_server_decides(reporter, wrong):
    now = timezone.now()
    answer = send(
        signed_in(reporter[0]),
        report_of(
            *reporter,
            written_at=moment(now - timedelta(hours=2) + wrong),
            sent_at=moment(now + wrong),
        ),
    )
    assert answer.status_code == 201
    assert "klocka" in answer.json()["clock"]
    happened = incidents().get().occurred_from
    assert abs(happened - (now - timedelta(hours=2))) < timedelta(minutes=2)


def test_a_right_clock_is_not_mentioned(reporter):
    answer = send(signed_in(reporter[0]), report_of(*reporter, sent_at=moment(timezone.now())))
    assert answer.json()["clock"] == ""


def test_the_week_is_that_in_which_it_happened_not_that_in_which_it_came(reporter):
    now = timezone.now()
    written = now - timedelta(days=9)
    send(
        signed_in(reporter[0]),
        report_of(*reporter, written_at=moment(written), sent_at=moment(now)),
    )
    assert incidents().get().week == week_of(timezone.localdate(written))


def test_a_time_that_lies_ahead_is_refused_at_its_field_save_for_what_is_planned(reporter):
    client = signed_in(reporter[0])
    ahead = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    report = report_of(*reporter, when="exact", exact=ahead)
    assert set(send(client, report).json()["errors"]) == {"exact"}
    assert send(client, {**report, "category": "E90"}).status_code == 201


def test_a_place_that_was_removed_meanwhile_is_kept_for_the_reviewer(world, reporter):
    place = make_place(world.storfors, ended_on=date(2026, 1, 1))
    answer = send(signed_in(reporter[0]), report_of(*reporter, place=place.ref))
    assert answer.status_code == 201
    assert incidents().get().place == place


def test_an_unknown_place_is_refused_at_its_field(world, reporter):
    foreign = make_place(world.kristinehamn, "Torget")
    for ref in ("finnsinte", foreign.ref):
        answer = send(signed_in(reporter[0]), report_of(*reporter, place=ref))
        assert set(answer.json()["errors"]) == {"place"}


def test_what_happened_in_a_home_is_kept_as_its_area(world, reporter):
    area = make_place(world.storfors, "Norra området")
    place = make_place(world.storfors, "Hyreshusens gård", area=area)
    report = report_of(*reporter, place=place.ref, setting="home", reach="stretch")
    send(signed_in(reporter[0]), {**report, "place_until": place.ref})
    incident = incidents().get()
    assert (incident.place, incident.reach, incident.place_until) == (area, "area", None)


def test_a_point_or_an_address_that_a_device_sends_is_not_kept(reporter):
    fields = {"latitude": "59.5333", "longitude": "14.2717", "address": "Exempelgatan 1"}
    assert send(signed_in(reporter[0]), report_of(*reporter, **fields)).status_code == 201
    kept = {str(getattr(incidents().get(), field.attname)) for field in Incident._meta.fields}
    assert not kept & set(fields.values())


def test_a_stretch_has_two_ends(world, reporter):
    one, other = make_place(world.storfors, "Torget"), make_place(world.storfors, "Bron")
    report = report_of(*reporter, place=one.ref, reach="stretch", place_until=other.ref)
    send(signed_in(reporter[0]), report)
    assert (incidents().get().place, incidents().get().place_until) == (one, other)


def test_somebody_elses_report_on_a_shared_device_is_neither_sent_nor_touched(world, reporter):
    other = world.holder("reporter", world.school)
    answer = send(signed_in(other[0]), report_of(*reporter))
    assert (answer.status_code, answer.json()["status"]) == (409, "other_owner")
    assert not incidents().exists()


def test_a_session_that_is_gone_is_told_of(world, reporter):
    answer = send(Client(), report_of(*reporter))
    assert (answer.status_code, answer.json()["status"]) == (401, "signed_out")


def ended_holding(world, days_ago: int):
    user, function = world.holder("reporter", world.school)
    Holding.objects.for_system(WHY).filter(user=user).update(
        valid_to=timezone.localdate() - timedelta(days=days_ago)
    )
    return user, function


def test_a_report_written_while_the_function_lasted_still_comes(world):
    user, function = ended_holding(world, 2)
    now = timezone.now()
    report = report_of(
        user, function, written_at=moment(now - timedelta(days=4)), sent_at=moment(now)
    )
    assert send(signed_in(user), report).status_code == 201
    assert incidents().get().reporting_organisation == world.school
    entry = AuditEntry.objects.for_system(WHY).get(action="incident.reported")
    assert abs(entry.at - now) < timedelta(minutes=1)


@pytest.mark.parametrize("written_days_ago", [0, 1, 20])
def test_one_written_after_it_ended_or_too_long_ago_stays_on_the_device_with_the_reason(
    world, written_days_ago
):
    user, function = ended_holding(world, 2)
    now = timezone.now()
    written = moment(now - timedelta(days=written_days_ago))
    answer = send(
        signed_in(user), report_of(user, function, written_at=written, sent_at=moment(now))
    )
    assert (answer.status_code, answer.json()["status"]) == (403, "function_ended")
    assert "finns kvar" in answer.json()["message"]
    assert not incidents().exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"inte json",
        b"[]",
        b"\xff\xfe\x00",
        b'{"key": ' + b"[" * 50_000,
        b'{"text": "' + b"a" * 30_000 + b'"}',
    ],
)
def test_what_is_no_report_is_refused_without_harm(reporter, body):
    answer = signed_in(reporter[0]).post(
        reverse("situation:send_report"), body, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["status"]) == (400, "unreadable")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "x"),
        ("category", "E00"),
        ("category", "E99"),
        ("category", "local:finnsinte"),
        ("when", "någon gång"),
        ("municipality", "1781"),
        ("text", "a" * 401),
        ("severity", "5"),
        ("written_at", "igår"),
        ("sent_at", "9999-12-31T23:59:59-12:00"),
        ("first", "x"),
    ],
)
def test_a_bad_value_is_told_at_its_field(reporter, field, value):
    report = report_of(*reporter, **{field: value})
    if field == "first":
        report["when"] = "between"
    answer = send(signed_in(reporter[0]), report)
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not incidents().exists()


def test_html_in_a_text_is_only_text(world, client_in, reporter):
    send(signed_in(reporter[0]), report_of(*reporter, text="<script>alert(1)</script> klotter"))
    ref = incidents().get().ref
    page = client_in("safety_coordinator").get(reverse("situation:review", args=[ref]))
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_coordinators_own_report_needs_no_second_reader(world):
    user, function = world.holder("safety_coordinator")
    send(signed_in(user), report_of(user, function))
    assert incidents().get().review == "reviewed"


def test_the_police_report_to_the_municipality_that_it_concerns(world):
    user, function = world.holder("community_police", world.police)
    send(signed_in(user), report_of(user, function))
    incident = incidents().get()
    assert (incident.owner, incident.reporting_organisation) == (world.storfors, world.police)
    assert incident.review == "pending"


def test_the_device_learns_who_acts_and_what_can_be_chosen(world, reporter):
    make_place(world.storfors, "Torget")
    make_place(world.storfors, "Gamla torget", ended_on=date(2026, 1, 1))
    told = signed_in(reporter[0]).get(reverse("situation:report_session")).json()
    assert told["owner"] == report_of(*reporter)["owner"]
    assert told["owners"] == [told["owner"]]
    (place,) = told["municipalities"][0]["places"]
    assert place["name"] == "Torget"
    assert told["csrf"]


def test_a_device_without_anybody_learns_nothing(client, world):
    make_place(world.storfors, "Torget")
    assert client.get(reverse("situation:report_session")).json() == {
        "signed_in": False,
        "owner": "",
    }
