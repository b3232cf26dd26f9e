"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import incidents, map, news, places, problems, register, reporting, review

app_name = "situation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("handelser/", incidents.incident_list, name="incidents"),
    path("handelser/<str:ref>/", incidents.incident_detail, name="incident"),
    path("rapportera/", reporting.report, name="report"),
    path("rapportera/skal/", reporting.shell, name="report_shell"),
    path("rapportera/uppgifter", reporting.session, name="report_session"),
    path("rapportera/skicka", reporting.send, name="send_report"),
    path("rapportera/granska", reporting.check, name="check_text"),
    path("rapportera/inget", reporting.nothing, name="nothing_to_report"),
    path("rapportera/<str:ref>/svara/", review.answer_question, name="answer_question"),
    path("granskning/", review.queue, name="review_queue"),
    path("granskning/<str:ref>/", review.one, name="review"),
    path("granskning/<str:ref>/godkann", review.approve, name="approve_report"),
    path("granskning/<str:ref>/fraga", review.ask, name="ask_reporter"),
    path("granskning/<str:ref>/dubblett", review.duplicate, name="mark_duplicate"),
    path("granskning/<str:ref>/ta-bort/", review.redact, name="redact_report"),
    path("kategorier/", register.category_register, name="categories"),
    path("kategorier/<str:ref>/avsluta", register.end_category, name="end_category"),
    path("karta/", map.map_page, name="map"),
    path("karta/data", map.map_data, name="map_data"),
    path("karta/granser", map.boundaries, name="boundaries"),
    path("platser/", places.place_list, name="places"),
    path("platser/<str:ref>/", places.place_detail, name="place"),
    path("platser/<str:ref>/register", register.place_state, name="place_state"),
    path("problem/", problems.problem_list, name="problems"),
    path("problem/<str:ref>/", problems.problem_detail, name="problem"),
    path("nyheter/", news.news_list, name="news"),
]
