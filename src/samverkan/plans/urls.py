"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import deciding, measures, reading, writing

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.plans, name="plans"),
    path("ny/", writing.new, name="new"),
    path("<str:ref>/", reading.plan, name="plan"),
    path("<str:ref>/jamforelse/", reading.comparison, name="comparison"),
    path("<str:ref>/fil/<str:kind>/", reading.download, name="download"),
    path("<str:ref>/uppgifter/", writing.facts, name="facts"),
    path("<str:ref>/problem/", writing.problems, name="problems"),
    path("<str:ref>/problem/<str:problem_ref>/", writing.problem, name="problem"),
    path("<str:ref>/problem/<str:problem_ref>/hamta/", writing.fetch, name="fetch"),
    path("<str:ref>/problem/<str:problem_ref>/atgard/", measures.new, name="measure_new"),
    path("<str:ref>/atgard/<str:measure_ref>/", measures.measure, name="measure"),
    path("<str:ref>/atgard/<str:measure_ref>/ta-ut/", measures.remove, name="measure_remove"),
    path("<str:ref>/revidera/", writing.revise, name="revise"),
    path("<str:ref>/foresla/", deciding.propose, name="propose"),
    path("<str:ref>/oppna/", deciding.take_back, name="take_back"),
    path("<str:ref>/besluta/", deciding.decide, name="decide"),
    path("<str:ref>/folj-upp/", deciding.follow_up, name="follow_up"),
    path("<str:ref>/avsluta/", deciding.end, name="end"),
    path("<str:ref>/kasta/", deciding.discard, name="discard"),
]
