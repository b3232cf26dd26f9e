from __future__ import annotations

from django.urls import path

from . import views

app_name = "audit"

urlpatterns = [
    path("", views.index, name="index"),
    path("uttag.csv", views.export, name="export"),
    path("<int:sequence>/", views.detail, name="detail"),
]
