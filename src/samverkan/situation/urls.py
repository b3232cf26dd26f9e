"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import incidents, map, news, places, problems

app_name = "situation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("handelser/", incidents.incident_list, name="incidents"),
    path("handelser/<str:ref>/", incidents.incident_detail, name="incident"),
    path("karta/", map.map_page, name="map"),
    path("karta/data", map.map_data, name="map_data"),
    path("karta/granser", map.boundaries, name="boundaries"),
    path("platser/", places.place_list, name="places"),
    path("platser/<str:ref>/", places.place_detail, name="place"),
    path("problem/", problems.problem_list, name="problems"),
    path("problem/<str:ref>/", problems.problem_detail, name="problem"),
    path("nyheter/", news.news_list, name="news"),
]
