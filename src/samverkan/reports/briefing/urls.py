"""Addresses of the presentations."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from . import views

app_name = "briefing"

MONTH = r"^(?P<code>\d{4})/(?P<period>\d{4}-\d{2})/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    re_path(MONTH + r"$", views.briefing, name="briefing"),
    re_path(MONTH + r"(?P<kind>[a-z]+)/$", views.download, name="download"),
]
