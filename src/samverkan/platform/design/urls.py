"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import health, home, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.overview, name="overview"),
    path("installningar/", views.preferences, name="preferences"),
    path("om/", views.about, name="about"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("halsa", health.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
