from __future__ import annotations

from django.urls import path

from . import views

app_name = "staffing"

urlpatterns = [
    path("", views.index, name="index"),
    path("ny/", views.new_function, name="new_function"),
    path("<str:ref>/", views.assign, name="assign"),
    path("<str:ref>/<int:number>/avsluta/", views.end, name="end"),
]
