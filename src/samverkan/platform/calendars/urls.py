"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "calendars"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:ref>/stang/", views.revoke_feed, name="revoke"),
    path("<str:token>.ics", views.feed, name="feed"),
]
