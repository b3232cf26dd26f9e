"""Pages of this room that an installed web app keeps for when there is no network."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.platform.design.offline import Keeping, OfflinePage

PAGES = (
    OfflinePage(
        url_name="situation:report",
        label=_("Report what happened"),
        keeping=Keeping.SHELL,
        shell_url_name="situation:report_shell",
        assets=(
            "situation/report.css",
            "situation/report.mjs",
            "situation/report-list.mjs",
            "situation/report-guard.mjs",
            "situation/report-queue.js",
        ),
        worker_scripts=("situation/report-queue.js",),
    ),
)
