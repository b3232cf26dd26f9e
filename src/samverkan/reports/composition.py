"""Gathers a municipality's situational picture from the other rooms and what has been written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override

from samverkan.documents.formats import Language
from samverkan.organisations.selectors import municipality, party_of_municipality
from samverkan.platform.access.actor import Actor
from samverkan.statistics.findings import GroupFindings, group_findings

from .content import PictureContent, SectionContent, from_json
from .crime_part import crime_figures, crime_notes, development_figures, rates
from .est_analysis import EstPeriod, est_period, with_est_content
from .est_part import EstPart, est_part
from .headline import headline, lead
from .kinds import FACTS, Kind, end_of_period, period_words
from .models import PictureVersion
from .sections import LAW_PARTS, Heading, Section, headings_of
from .written_part import (
    decision_facts,
    knowledge_gaps,
    method_notes,
    population_facts,
    priorities,
    status_words,
)

REQUIRED = {
    Kind.PICTURE: {
        Section.CONSEQUENCES: _lazy("Not written yet. The law demands it."),
        Section.ANALYSIS: _lazy("Not written yet. The law demands it."),
    },
    Kind.EST_QUARTER: {Section.ANALYSIS: _lazy("Not written yet. Without it this is a list.")},
    Kind.EST_YEAR: {Section.ANALYSIS: _lazy("Not written yet. Without it this is a list.")},
}


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
    kind: Kind = Kind.PICTURE,
) -> PictureContent | None:
    """The document in the language; what was shared or decided comes back as it was then.

    None for a municipality that is not known.
    """
    if version is not None and version.frozen_content:
        return from_json(version.frozen_content[language.value])
    place = municipality(actor, municipality_code)
    if place is None:
        return None
    owner = party_of_municipality(actor, municipality_code)
    with override(language.value):
        frame = Frame(
            language, municipality_code, place.name, owner.name if owner else place.name, kind
        )
        if kind is not Kind.PICTURE:
            return _est_analysis(actor, frame, period_start, version)
        until = end_of_period(kind, period_start) - timedelta(days=1)
        gathered = Gathered(
            actor=actor,
            municipality_code=municipality_code,
            period_start=period_start,
            groups=group_findings(actor, municipality_code, until=until),
            est=est_part(actor, municipality_code, period_start),
            version=version,
            texts=version.texts if version else {},
        )
        return _content(
            actor,
            frame,
            period_start,
            version,
            (
                headline(gathered.groups, period_start),
                lead(gathered.groups, gathered.est, place.name),
            ),
            tuple(
                _with_system_content(
                    _plain(heading, gathered.texts, kind), heading.section, gathered
                )
                for heading in headings_of(kind)
            ),
        )


@dataclass(frozen=True)
class Frame:
    """Whose document it is, of which kind, and in which language."""

    language: Language
    municipality_code: str
    municipality: str
    owner: str
    kind: Kind


def _est_analysis(
    actor: Actor, frame: Frame, period_start: date, version: PictureVersion | None
) -> PictureContent:
    known: EstPeriod = est_period(actor, frame.municipality_code, frame.kind, period_start)
    texts: Mapping[str, str] = version.texts if version else {}
    return _content(
        actor,
        frame,
        period_start,
        version,
        (known.title, known.lead),
        tuple(
            replace(plain, facts=decision_facts(version))
            if heading.section is Section.DECISION
            else with_est_content(plain, heading.section, known)
            for heading in headings_of(frame.kind)
            for plain in [_plain(heading, texts, frame.kind)]
        ),
    )


def _content(
    actor: Actor,
    frame: Frame,
    period_start: date,
    version: PictureVersion | None,
    title_and_lead: tuple[str, str],
    sections: tuple[SectionContent, ...],
) -> PictureContent:
    facts = FACTS[frame.kind]
    return PictureContent(
        language=frame.language.value,
        municipality_code=frame.municipality_code,
        municipality=frame.municipality,
        owner=frame.owner,
        period=facts.code(period_start),
        period_label=period_words(frame.kind, period_start, frame.language),
        title=title_and_lead[0],
        lead=title_and_lead[1],
        status=status_words(version),
        version=version.number if version else 0,
        is_decided=bool(version and version.is_decided),
        composed_at=timezone.localtime(actor.at).isoformat(timespec="minutes"),
        sections=sections,
        kind=frame.kind.value,
        document=str(facts.document),
    )


def _plain(heading: Heading, texts: Mapping[str, str], kind: Kind) -> SectionContent:
    """The heading with what somebody has written under it, or that it is still to be written."""
    text = texts.get(heading.section, "")
    demanded = REQUIRED[kind].get(heading.section)
    return SectionContent(
        section=heading.section.value,
        number=heading.number,
        heading=str(heading.title),
        law_part=str(LAW_PARTS[heading.law_part]),
        text=text,
        lacks=str(demanded) if demanded and not text.strip() else "",
    )


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
