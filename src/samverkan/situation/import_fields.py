"""What the columns of an EST list can hold, and the words that headers use for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samverkan.platform.imports.fields import ImportField

from .models import Incident

FIELDS = (
    ImportField(
        "occurred_from",
        _("When it happened"),
        (
            "datum",
            "händelsedatum",
            "datum och tid",
            "datum tid",
            "tidpunkt",
            "när",
            "inträffade",
            "händelsetid",
            "from",
            "från",
            "date",
            "occurred",
            "occurred at",
        ),
        is_required=True,
        help=_("2026-10-03 or 2026-10-03 14:30"),
    ),
    ImportField("time", _("Time of day"), ("klockslag", "kl", "klockan", "tid", "time")),
    ImportField(
        "occurred_to", _("Until"), ("till", "slut", "sluttid", "to", "until", "senast", "slutdatum")
    ),
    ImportField(
        "reported_at",
        _("Reported"),
        ("rapporterad", "rapporterat", "inrapporterad", "anmäld", "registrerad", "reported"),
    ),
    ImportField(
        "category",
        _("Category"),
        ("kategori", "händelsetyp", "typ", "händelse", "typ av händelse", "kod", "type"),
        is_required=True,
        may_be_given=True,
        help=_("E10 or Skadegörelse"),
    ),
    ImportField(
        "place",
        _("Place"),
        ("plats", "platsnamn", "var", "adress", "ställe", "location"),
        help=_("A named place, never a home"),
    ),
    ImportField(
        "municipality",
        _("Municipality"),
        ("kommun", "kommunkod", "kommun kod"),
        is_required=True,
        may_be_given=True,
    ),
    ImportField(
        "organisation",
        _("Reporting unit"),
        (
            "enhet",
            "rapportör",
            "inrapportör",
            "organisation",
            "verksamhet",
            "rapporterad av",
            "unit",
        ),
    ),
    ImportField(
        "text",
        _("What happened"),
        ("beskrivning", "fritext", "kommentar", "vad hände", "anteckning", "description"),
        help=_("At most 400 characters, no personal data"),
    ),
    ImportField("severity", _("Severity, 1 to 4"), ("allvar", "allvarlighet", "allvarlighetsgrad")),
    ImportField(
        "effect_on_safety",
        _("Effect on safety, 1 to 4"),
        ("trygghetspåverkan", "påverkan på trygghet", "trygghet", "otrygghet"),
    ),
    ImportField("certainty", _("Certainty"), ("säkerhet", "källa", "hur vet du det")),
    ImportField("setting", _("Setting"), ("miljö", "platstyp", "typ av plats")),
    ImportField(
        "police_report_made",
        _("Reported to the police"),
        ("polisanmäld", "polisanmälan", "anmäld till polisen", "polisanmälan gjord"),
    ),
    ImportField(
        "reference",
        _("The list's own number"),
        ("referens", "ärendenummer", "nummer", "nr", "id", "löpnummer", "case"),
        help=_("Tells rows apart that look alike"),
    ),
)

YES = frozenset({"ja", "j", "yes", "y", "1", "x", "sant", "true"})
NO = frozenset({"nej", "n", "no", "0", "falskt", "false"})
CERTAINTIES = {
    "": "",
    "sett själv": Incident.Certainty.SEEN,
    "egen iakttagelse": Incident.Certainty.SEEN,
    "seen": Incident.Certainty.SEEN,
    "berättat": Incident.Certainty.TOLD,
    "hört": Incident.Certainty.TOLD,
    "told": Incident.Certainty.TOLD,
    "oklart": Incident.Certainty.UNCLEAR,
    "oklar": Incident.Certainty.UNCLEAR,
    "unclear": Incident.Certainty.UNCLEAR,
}
SETTINGS = {
    "": Incident.Setting.UNKNOWN,
    "okänd": Incident.Setting.UNKNOWN,
    "unknown": Incident.Setting.UNKNOWN,
    "offentlig": Incident.Setting.PUBLIC,
    "offentlig plats": Incident.Setting.PUBLIC,
    "allmän plats": Incident.Setting.PUBLIC,
    "public": Incident.Setting.PUBLIC,
    "halvoffentlig": Incident.Setting.SEMI_PUBLIC,
    "halvoffentlig plats": Incident.Setting.SEMI_PUBLIC,
    "semi public": Incident.Setting.SEMI_PUBLIC,
    "semi_public": Incident.Setting.SEMI_PUBLIC,
    "bostad": Incident.Setting.HOME,
    "hem": Incident.Setting.HOME,
    "home": Incident.Setting.HOME,
    "digital": Incident.Setting.DIGITAL,
    "nätet": Incident.Setting.DIGITAL,
    "internet": Incident.Setting.DIGITAL,
}
