"""Every address of the house, room by room."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("samverkan.platform.design.urls")),
    path("", include("samverkan.organisations.urls")),
    path("forvaltning/", include("samverkan.organisations.staffing.urls")),
    path("konto/", include("samverkan.platform.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("logg/", include("samverkan.platform.audit.urls")),
    path("import/", include("samverkan.platform.imports.urls")),
    path("sok/", include("samverkan.platform.search.urls")),
    path("kalender/", include("samverkan.platform.calendars.urls")),
    path("avtal/", include("samverkan.agreements.urls")),
    path("grupper/", include("samverkan.governance.urls")),
    path("lagen/", include("samverkan.governance.duties.urls")),
    path("kontakter/", include("samverkan.contacts.urls")),
    path("trygghet/", include("samverkan.surveys.urls")),
    path("", include("samverkan.situation.urls")),
    path("statistik/", include("samverkan.statistics.urls")),
    path("lagesbild/", include("samverkan.reports.urls")),
    path("atgardsplan/", include("samverkan.plans.urls")),
    path("presentation/", include("samverkan.reports.briefing.urls")),
    path("", include("samverkan.publication.urls")),
    path("api/", include("samverkan.api.urls")),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("samverkan.config.demo.urls")))

handler400 = "samverkan.platform.design.views.bad_request"
handler403 = "samverkan.platform.design.views.permission_denied"
handler404 = "samverkan.platform.design.views.page_not_found"
handler500 = "samverkan.platform.design.views.server_error"
