"""Addresses of this room. `/svara/` is the only one that nobody needs to be signed in for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

app_name = "surveys"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("matning/ny/", views.new_measurement, name="new_measurement"),
    path("matning/<str:ref>/", views.measurement, name="measurement"),
    path("enkat/ny/", views.new_survey, name="new_survey"),
    path("enkat/<str:ref>/", views.survey, name="survey"),
    path("enkat/<str:ref>/blad/", views.sheets, name="sheets"),
    path("enkat/<str:ref>/stang/", views.close, name="close"),
    path("svara/<str:code>/", views.answer, name="answer"),
    path("svara/<str:code>/tack/", views.thanks, name="thanks"),
    path("<str:code>/", views.area, name="area"),
    path("<str:code>/<str:name>/", views.area, name="named_area"),
]
