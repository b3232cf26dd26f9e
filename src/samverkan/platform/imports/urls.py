"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from samverkan.platform.jobs.views import progress_piece

from . import views

app_name = "imports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("ny/", views.upload, name="upload"),
    path("jobb/<str:ref>/", progress_piece, name="job"),
    path("<str:ref>/", views.detail, name="detail"),
    path("<str:ref>/andra/", views.change, name="change"),
    path("<str:ref>/importera/", views.confirm, name="confirm"),
    path("<str:ref>/angra/", views.undo, name="undo"),
    path("<str:ref>/fil/", views.original, name="original"),
]
