"""Gathers a municipality's situational picture from the other rooms and what has been written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samverkan.documents.formats import Language, month_name
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.statistics.findings import GroupFindings, group_findings

from .content import PictureContent, SectionContent, from_json
from .crime_part import crime_figures, crime_notes, development_figures, rates
from .est_part import EstPart, est_part
from .headline import headline, lead
from .models import PictureVersion
from .rules import end_of_month
from .sections import HEADINGS, LAW_PARTS, Heading, Section
from .written_part import (
    decision_facts,
    knowledge_gaps,
    method_notes,
    population_facts,
    priorities,
    status_words,
)

REQUIRED = {Section.CONSEQUENCES, Section.ANALYSIS}


@dataclass(frozen=True)
class Gathered:
    """What the other rooms know, before it is laid out under the headings."""

    actor: Actor
    municipality_code: str
    period_start: date
    groups: list[GroupFindings]
    est: EstPart
    version: PictureVersion | None
    texts: Mapping[str, str] = field(default_factory=dict)


def compose(
    actor: Actor,
    municipality_code: str,
    period_start: date,
    version: PictureVersion | None,
    language: Language,
) -> PictureContent | None:
    """The picture in the language; what was shared or decided comes back as it was then.

    None for a municipality that is not known.
    """
    if version is not None and version.frozen_content:
        return from_json(version.frozen_content[language.value])
    place = municipality(actor, municipality_code)
    if place is None:
        return None
    owner = party_of_municipality(actor, municipality_code)
    with override(language.value):
        until = end_of_month(period_start) - timedelta(days=1)
        gathered = Gathered(
            actor=actor,
            municipality_code=municipality_code,
            period_start=period_start,
            groups=group_findings(actor, municipality_code, until=until),
            est=est_part(actor, municipality_code, period_start),
            version=version,
            texts=version.texts if version else {},
        )
        return PictureContent(
            language=language.value,
            municipality_code=municipality_code,
            municipality=place.name,
            owner=owner.name if owner else place.name,
            period=f"{period_start:%Y-%m}",
            period_label=month_name(period_start, language),
            title=headline(gathered.groups, period_start),
            lead=lead(gathered.groups, gathered.est, place.name),
            status=status_words(version),
            version=version.number if version else 0,
            is_decided=bool(version and version.is_decided),
            composed_at=timezone.localtime(actor.at).isoformat(timespec="minutes"),
            sections=tuple(_section(heading, gathered) for heading in HEADINGS),
        )


def _section(heading: Heading, gathered: Gathered) -> SectionContent:
    text = gathered.texts.get(heading.section, "")
    is_lacking = heading.section in REQUIRED and not text.strip()
    plain = SectionContent(
        section=heading.section.value,
        number=heading.number,
        heading=str(heading.title),
        law_part=str(LAW_PARTS[heading.law_part]),
        text=text,
        lacks=_("Not written yet. The law demands it.") if is_lacking else "",
    )
    return _with_system_content(plain, heading.section, gathered)


def _with_system_content(
    plain: SectionContent, section: Section, gathered: Gathered
) -> SectionContent:
    """What the system knows under the heading, beside what has been written."""
    actor, code, groups = gathered.actor, gathered.municipality_code, gathered.groups
    if section is Section.METHOD:
        return replace(plain, notes=method_notes(groups))
    if section is Section.MUNICIPALITY:
        return replace(plain, facts=population_facts(actor, code))
    if section is Section.REPORTED_CRIME:
        figures, notes = crime_figures(groups), crime_notes(groups)
        if not figures and not notes:
            notes = (_("There are no crime figures for this period."),)
        return replace(plain, figures=figures, notes=notes)
    if section is Section.EST:
        est = gathered.est
        return replace(plain, figures=est.figures, facts=est.facts, notes=est.notes)
    if section is Section.PERCEIVED_SAFETY:
        return replace(plain, notes=(_("No survey of perceived safety has been put in."),))
    if section is Section.COMPARISON:
        return replace(plain, figures=development_figures(groups), facts=rates(groups))
    if section is Section.PRIORITIES:
        return replace(plain, facts=priorities(actor, code))
    if section is Section.KNOWLEDGE_GAPS:
        gaps = knowledge_gaps(actor, code, groups, gathered.est, gathered.period_start)
        return replace(plain, notes=gaps)
    if section is Section.DECISION:
        return replace(plain, facts=decision_facts(gathered.version))
    return plain
