"""The demo's configuration with one more address: an empty page, the yardstick of the others."""

from __future__ import annotations

from samverkan.config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "benchmarks.pages_urls"
