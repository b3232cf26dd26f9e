"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "governance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.group_list, name="groups"),
    path("moten/<str:ref>/", views.meeting_detail, name="meeting"),
    path("<str:ref>/", views.group_detail, name="group"),
]
