from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.door, name="demo_door"),
    path("in", views.enter, name="demo_enter"),
]
