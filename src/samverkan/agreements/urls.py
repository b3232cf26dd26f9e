"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.agreement_list, name="agreements"),
    path("<str:ref>/", views.agreement_detail, name="agreement"),
]
