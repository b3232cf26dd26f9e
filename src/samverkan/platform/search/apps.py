from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "samverkan.platform.search"
    label = "search"
