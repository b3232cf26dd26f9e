"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import feedback, incidents, joint_picture, map, news, places, planned, problems, week

app_name = "situation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("handelser/", incidents.incident_list, name="incidents"),
    path("handelser/<str:ref>/", incidents.incident_detail, name="incident"),
    path("veckan/", week.this_week, name="week"),
    path("veckan/planerat/", planned.planned_list, name="planned"),
    path("veckan/planerat/nytt/", planned.new_planned, name="new_planned"),
    path("veckan/planerat/<str:ref>/", planned.change_planned, name="change_planned"),
    path("veckan/planerat/<str:ref>/bort/", planned.remove_planned, name="remove_planned"),
    path("veckan/<str:address>/", week.one_week, name="one_week"),
    path("mina-rapporter/", feedback.my_reports, name="my_reports"),
    path("handelser/<str:ref>/svar/", feedback.answer, name="answer"),
    path("grannar/", joint_picture.side_by_side, name="joint_picture"),
    path("karta/", map.map_page, name="map"),
    path("karta/data", map.map_data, name="map_data"),
    path("karta/granser", map.boundaries, name="boundaries"),
    path("platser/", places.place_list, name="places"),
    path("platser/<str:ref>/", places.place_detail, name="place"),
    path("problem/", problems.problem_list, name="problems"),
    path("problem/<str:ref>/", problems.problem_detail, name="problem"),
    path("nyheter/", news.news_list, name="news"),
]
