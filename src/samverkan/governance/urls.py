"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import agenda, assignments, council, groups, meetings, minutes, mode, reading

app_name = "governance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.group_list, name="groups"),
    path("ny/", groups.choose_template, name="templates"),
    path("ny/<slug:kind>/", groups.start, name="start_group"),
    path("overblick/", council.overview, name="overview"),
    path("uppdrag/", assignments.assignment_list, name="assignments"),
    path("uppdrag/<str:ref>/", assignments.assignment_detail, name="assignment"),
    path("uppdrag/<str:ref>/svar/", assignments.answer, name="answer_assignment"),
    path("uppdrag/<str:ref>/rapport/", assignments.report, name="report_assignment"),
    path("moten/<str:ref>/", reading.meeting_detail, name="meeting"),
    path("moten/<str:ref>/dagordning/", agenda.edit, name="agenda"),
    path("moten/<str:ref>/dagordning/<str:item>/underlag/", agenda.paper, name="paper"),
    path("moten/<str:ref>/kalla/", meetings.call, name="call"),
    path("moten/<str:ref>/oppna/", meetings.start, name="start"),
    path("moten/<str:ref>/stall-in/", meetings.cancel, name="cancel"),
    path("moten/<str:ref>/flytta/", meetings.move, name="move"),
    path("moten/<str:ref>/stang/", meetings.close, name="close"),
    path("moten/<str:ref>/lage/", mode.mode, name="mode"),
    path("moten/<str:ref>/narvaro/", mode.attendance, name="attendance"),
    path("moten/<str:ref>/avsluta/", mode.end, name="end"),
    path("moten/<str:ref>/protokoll/", minutes.read, name="minutes"),
    path("moten/<str:ref>/protokoll/<str:item>/skriv/", minutes.write, name="write_minutes"),
    path("moten/<str:ref>/justera/", minutes.approve, name="approve_minutes"),
    path("moten/<str:ref>/atersand/", minutes.send_back, name="return_minutes"),
    path("moten/<str:ref>/justerare/", minutes.change_adjusters, name="adjusters"),
    path("moten/<str:ref>/fil/<slug:kind>/", minutes.download, name="download"),
    path("<str:ref>/", reading.group_detail, name="group"),
    path("<str:ref>/beslut/", reading.decisions, name="decisions"),
    path("<str:ref>/formella-beslut/nytt/", council.formal_decision, name="formal_decision"),
    path("<str:ref>/ny-i-gruppen/", council.onboarding, name="onboarding"),
    path("<str:ref>/moten/", meetings.plan, name="plan_meetings"),
    path("<str:ref>/rytm/", groups.rhythm, name="rhythm"),
    path("<str:ref>/platser/", groups.seats, name="seats"),
    path("<str:ref>/platser/ny/", groups.new_seat, name="new_seat"),
    path("<str:ref>/platser/<str:function>/", groups.seat, name="seat"),
    path("<str:ref>/avsluta/", groups.end, name="end_group"),
]
