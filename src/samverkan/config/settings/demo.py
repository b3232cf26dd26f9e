"""The embedded installation with the demo world and its one-click door. Never for real data."""

from __future__ import annotations

from .embedded import *  # noqa: F403
from .embedded import INSTALLED_APPS

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "samverkan.config.demo"]
