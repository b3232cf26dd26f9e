"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import continuity, paths

app_name = "contacts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", paths.index, name="index"),
    path("bortfall/", continuity.stops, name="stops"),
    path("franvaro/", continuity.absences, name="absences"),
    path("franvaro/<str:ref>/avsluta/", continuity.end_absence, name="end_absence"),
    path("funktion/<str:ref>/", continuity.function, name="function"),
    path("funktion/<str:ref>/overlamna/", continuity.make_handover, name="make_handover"),
    path("kort/<str:code>/", paths.card, name="card"),
    path("larm/<str:ref>/", paths.call, name="call"),
    path("larm/<str:ref>/svara/", paths.answer, name="answer"),
    path("larm/<str:ref>/avsluta/", paths.close, name="close"),
    path("larm/<str:ref>/forsok/", paths.attempt, name="attempt"),
    path("notering/<str:ref>/ta-bort/", continuity.remove_note, name="remove_note"),
    path("overlamning/<str:ref>/", continuity.handover, name="handover"),
    path("overlamning/<str:ref>/pdf/", continuity.handover_pdf, name="handover_pdf"),
    path("overlamning/punkt/<str:ref>/bekrafta/", continuity.confirm, name="confirm"),
    path("skriv/<str:code>/<str:matter>/", paths.write, name="write"),
    path("<str:ref>/", paths.path, name="path"),
]
