"""Short names of the publishers, for forms and pages."""

from __future__ import annotations

from django.utils.translation import gettext as _


def source_label(code: str) -> str:
    names = {
        "bra": _("Brå"),
        "kolada": _("Kolada"),
        "scb": _("SCB"),
        "police": _("The police"),
        "police_news": _("polisen.se"),
        "est": _("EST reports"),
        "manual": _("Own figures"),
        "skr": _("SKR, Open comparisons"),
        "ntu": _("Brå, NTU"),
        "safety_survey": _("The police's safety survey"),
    }
    return names.get(code, code)
