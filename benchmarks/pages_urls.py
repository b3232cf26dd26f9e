from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from samverkan.platform.access.http import ActorRequest, requires


@requires()
def empty(request: ActorRequest) -> HttpResponse:
    """Through the same server, middleware, session and actor as every page, and then nothing."""
    return HttpResponse("")


urlpatterns = [path("tom/", empty), path("", include("samverkan.config.urls"))]
handler400 = "samverkan.platform.design.views.bad_request"
handler403 = "samverkan.platform.design.views.permission_denied"
handler404 = "samverkan.platform.design.views.page_not_found"
handler500 = "samverkan.platform.design.views.server_error"
