from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samverkan.statistics"
    label = "statistics"
