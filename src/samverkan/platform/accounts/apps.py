from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samverkan.platform.accounts"
    label = "accounts"
