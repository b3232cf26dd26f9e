"""Addresses of sources and definitions; they stand before those that begin with a municipality."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import definitions, fetches, typed

urlpatterns: list[URLPattern] = [
    path("kallor/", fetches.source_list, name="sources"),
    path("kallor/hamta/<str:fetch_code>/", fetches.fetch_now, name="fetch_now"),
    path("kallor/hamtning/<str:ref>/", fetches.one_run, name="fetch_run"),
    path("definitioner/", definitions.definition_list, name="definitions"),
    path("definitioner/<str:series_code>/", definitions.one_definition, name="definition"),
    path("inmatning/<str:code>/", typed.typed, name="typed"),
]
