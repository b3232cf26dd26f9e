"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from . import views

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    re_path(r"^(?P<code>\d{4})/(?P<period>\d{4}-\d{2})/$", views.month, name="month"),
    path("<str:ref>/", views.picture, name="picture"),
    path("<str:ref>/skriv/<str:section>/", views.write, name="write"),
    path("<str:ref>/versioner/", views.history, name="history"),
    path("<str:ref>/versioner/<int:number>/", views.changes, name="changes"),
    path("<str:ref>/versioner/<int:number>/aterstall/", views.restore, name="restore"),
    path("<str:ref>/versioner/<int:number>/dela/", views.share, name="share"),
    path("<str:ref>/versioner/<int:number>/beslut/", views.decide, name="decide"),
    path("<str:ref>/fil/<str:kind>/", views.download, name="download"),
]
