from __future__ import annotations

from django.apps import AppConfig


class FetchingConfig(AppConfig):
    name = "samverkan.platform.fetching"
    label = "fetching"
