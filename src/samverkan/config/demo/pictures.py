"""Pictures of Storfors: one decided, one half written; and the analysis of a quarter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.organisations.models import Function, Holding
from samverkan.organisations.selectors import actor_for
from samverkan.platform.access.actor import Actor
from samverkan.reports import services
from samverkan.reports.kinds import Kind, earlier_start
from samverkan.reports.rules import Collision
from samverkan.reports.sections import Section

CODE = "1760"
REASON = "build the demo world"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
CONSEQUENCES = (
    "Besökare undviker biblioteket och busstorget på kvällarna. Personalen på biblioteket har "
    "stängt tidigare vid tre tillfällen. Sanering och glas kostade kommunen 84 000 kronor det "
    "senaste året. De flesta våldsbrott sker i hemmet; barn i de hemmen är själva brottsoffer."
)
OTHER_INFORMATION = (
    "Skolan rapporterar oro kring eftermiddagarna när fritidsgården är stängd. Bostadsbolaget "
    "planerar ny belysning på gårdarna i Norra området till våren."
)
ANALYSIS = (
    "Händelserna vid busstorget samlas torsdag till lördag efter klockan 18, när inga vuxna är i "
    "närheten och belysningen är svag. Utan tillsyn och med mörka hörn är platsen lätt att skada "
    "och otrygg att passera. Åtgärderna behöver därför gälla ljus, närvaro och snabb sanering."
)
PRIORITIES = (
    "Prioriterat: busstorget och biblioteket, eftersom de återkommer från flera rapportörer. "
    "Bortprioriterat: badplatsen, eftersom rapporterna är få och säsongsbundna."
)
QUARTER_SUMMARY = (
    "Biblioteket och Busstorget återkommer och står för de flesta rapporterna. Nästan alla enheter "
    "har svarat varje vecka. Antalet rapporter skiljer sig inte säkert från tidigare kvartal."
)
PROPOSALS = (
    "- Ny belysning på Busstorget före vintern\n"
    "- Fritidsgården öppen även fredag kväll\n"
    "- Rådet ombeds ta upp bemanningen på biblioteket"
)
SUMMARY = "Få brott och ett stabilt läge. Två platser återkommer och får gemensamma åtgärder."


def write_pictures(today: date) -> None:
    """Written at the time by the coordinator, through the same services as in the web."""
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    decided_month = date(last_month.year - 1, 9, 1)
    _decided(decided_month, _coordinator(date(decided_month.year, 11, 3)))
    _drafted(last_month, _coordinator(today))
    _analysed(today)


def _coordinator(day: date) -> Actor:
    function = Function.objects.for_system(REASON).get(title="Säkerhetssamordnare, Storfors")
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    at = datetime.combine(day, time(10, 15), STOCKHOLM)
    return actor_for(holding.user, function.ref, at)


def _drafted(month: date, actor: Actor) -> None:
    _write(
        actor,
        month,
        {Section.CONSEQUENCES: CONSEQUENCES, Section.OTHER_INFORMATION: OTHER_INFORMATION},
    )


def _decided(month: date, actor: Actor) -> None:
    ref, number = _write(
        actor,
        month,
        {
            Section.SUMMARY: SUMMARY,
            Section.CONSEQUENCES: CONSEQUENCES,
            Section.OTHER_INFORMATION: OTHER_INFORMATION,
            Section.ANALYSIS: ANALYSIS,
            Section.PRIORITIES: PRIORITIES,
        },
    )
    decision = services.Decision(
        body="Kommunstyrelsen",
        decided_on=actor.at.date(),
        paragraph="112",
        reference_number=f"KS {month.year}/204",
    )
    services.mark_as_decided(actor, ref, number, decision)


def _analysed(today: date) -> None:
    """The EST analysis of the last quarter that has ended, written and not yet decided."""
    this_quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    start = earlier_start(Kind.EST_QUARTER, this_quarter)
    _write(
        _coordinator(today),
        start,
        {
            Section.SUMMARY: QUARTER_SUMMARY,
            Section.ANALYSIS: ANALYSIS,
            Section.PROPOSALS: PROPOSALS,
        },
        Kind.EST_QUARTER,
    )


def _write(
    actor: Actor, month: date, texts: dict[Section, str], kind: Kind = Kind.PICTURE
) -> tuple[str, int]:
    picture = services.open_picture(actor, CODE, month, kind)
    number = 1
    for section, text in texts.items():
        written = services.edit_section(actor, picture.ref, section, text, based_on=number)
        if isinstance(written, Collision):
            raise RuntimeError("nobody else writes in the demo's past")
        number = written.number
    return picture.ref, number
