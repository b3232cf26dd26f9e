"""What a token can be given: reading, room by room. Nothing is written through the API yet."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samverkan.platform.access.capabilities import Capability

SCOPES: dict[Capability, Promise | str] = {
    Capability.STATISTICS_READ: _("Statistics"),
    Capability.INCIDENTS_READ: _("EST incidents and places"),
    Capability.PICTURES_READ: _("Situational pictures"),
}
