"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import (
    causes,
    effects,
    gathering,
    incidents,
    map,
    measures,
    news,
    places,
    priority,
    problems,
    steps,
)

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
    path("problem/nytt/", problems.problem_new, name="problem_new"),
    path("problem/forslag/", priority.suggestion_list, name="suggestions"),
    path("problem/ordning/", priority.priority, name="priority"),
    path("problem/nivaer/", priority.escalation_list, name="escalations"),
    path("problem/<str:ref>/", problems.problem_detail, name="problem"),
    path("problem/<str:ref>/beskriv/", problems.problem_edit, name="problem_edit"),
    path("problem/<str:ref>/historik/", problems.problem_history, name="problem_history"),
    path("problem/<str:ref>/samla/", gathering.gather_incidents, name="gather"),
    path("problem/<str:ref>/slapp/", gathering.let_incident_go, name="let_go"),
    path("problem/<str:ref>/grannar/", priority.problem_neighbours, name="problem_neighbours"),
    path("problem/<str:ref>/bedom/", priority.problem_rate, name="problem_rate"),
    path("problem/<str:ref>/orsak/", causes.cause_new, name="cause_new"),
    path("problem/<str:ref>/atgard/", measures.measure_new, name="measure_new"),
    path("problem/<str:ref>/steg/<str:event>/", steps.step_of_problem, name="problem_step"),
    path("orsaker/<str:ref>/", causes.cause_edit, name="cause_edit"),
    path("orsaker/<str:ref>/ta-bort/", causes.cause_remove, name="cause_remove"),
    path("atgarder/<str:ref>/", measures.measure_detail, name="measure"),
    path("atgarder/<str:ref>/andra/", measures.measure_edit, name="measure_edit"),
    path("atgarder/<str:ref>/historik/", measures.measure_history, name="measure_history"),
    path("atgarder/<str:ref>/effekt/", effects.measure_effect, name="measure_effect"),
    path("atgarder/<str:ref>/steg/<str:event>/", steps.step_of_measure, name="measure_step"),
    path("nyheter/", news.news_list, name="news"),
]
