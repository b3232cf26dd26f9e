"""Addresses of the law's ledger and the year wheel."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "duties"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("arshjul/", views.wheel, name="wheel"),
    path("arshjul/<str:code>/<int:year>/<str:item>/", views.end_item, name="end_item"),
    path("gjort/<str:ref>/aterta/", views.withdraw, name="withdraw"),
    path("<str:code>/", views.ledger, name="ledger"),
    path("<str:code>/bra-enkat.csv", views.survey, name="survey"),
]
