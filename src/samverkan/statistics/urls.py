"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import urls_sources, views

app_name = "statistics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    *urls_sources.urlpatterns,
    path("<str:code>/", views.index, name="municipality"),
    path("<str:code>/csv/", views.export, name="export"),
    path("<str:code>/jamfor/", views.comparison, name="comparison"),
    path("<str:code>/<str:series_code>/", views.series, name="series"),
    path("<str:code>/<str:series_code>/csv/", views.export, name="series_export"),
]
