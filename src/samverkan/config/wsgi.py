from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.config.settings.embedded")

application = get_wsgi_application()

# What was made at the start lives as long as the process: the collector need not walk through it
# in the middle of somebody's page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
