"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import health, home, offline_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.overview, name="overview"),
    path("installningar/", views.preferences, name="preferences"),
    path("om/", views.about, name="about"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("halsa", health.health, name="health"),
    path("app.webmanifest", offline_views.manifest, name="manifest"),
    path("sw.js", offline_views.worker, name="service_worker"),
    path("utan-nat/", offline_views.fallback, name="offline_fallback"),
    path("robots.txt", views.robots, name="robots"),
]
