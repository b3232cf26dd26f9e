"""/api/v1 for programs; /api/nycklar/ for the people who give programs their tokens."""

from __future__ import annotations

from django.urls import include, path

from . import views
from .routes import api

token_patterns = (
    [
        path("", views.tokens, name="index"),
        path("<str:ref>/aterkalla/", views.revoke, name="revoke"),
    ],
    "tokens",
)

urlpatterns = [
    path("nycklar/", include(token_patterns)),
    path("v1/", api.urls),
]
