"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("funktion/", views.choose_function, name="choose_function"),
    path("funktion/byt/", views.switch_function, name="switch_function"),
    path("funktioner/", views.functions, name="functions"),
]
