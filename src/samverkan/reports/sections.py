"""The headings of each kind of document; the picture's belong each to a part of the law."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kinds import Kind


class LawPart(StrEnum):
    """Lag (2023:196) 4 §."""

    SURVEY = "survey"
    OTHER_INFORMATION = "other_information"
    ANALYSIS = "analysis"
    NONE = "none"


LAW_PARTS = {
    LawPart.SURVEY: _("Survey of crime, its extent and consequences (4 § 1)"),
    LawPart.OTHER_INFORMATION: _("Other information of importance (4 § 2)"),
    LawPart.ANALYSIS: _("Analysis (4 § 3)"),
    LawPart.NONE: "",
}


class Section(StrEnum):
    SUMMARY = "summary"
    METHOD = "method"
    MUNICIPALITY = "municipality"
    REPORTED_CRIME = "reported_crime"
    EST = "est"
    PLACES_AND_TIMES = "places_and_times"
    EXPOSED_GROUPS = "exposed_groups"
    CONSEQUENCES = "consequences"
    PERCEIVED_SAFETY = "perceived_safety"
    OTHER_INFORMATION = "other_information"
    COMPARISON = "comparison"
    ANALYSIS = "analysis"
    PRIORITIES = "priorities"
    MEASURES = "measures"
    OUTCOMES = "outcomes"
    PROPOSALS = "proposals"
    KNOWLEDGE_GAPS = "knowledge_gaps"
    DECISION = "decision"


@dataclass(frozen=True)
class Heading:
    """`help_text` tells the writer what belongs here; sections without it hold no text."""

    section: Section
    number: str
    title: Promise
    law_part: LawPart
    help_text: Promise | str = ""

    @property
    def level(self) -> int:
        return 2 if "." in self.number else 1

    @property
    def is_written(self) -> bool:
        return bool(self.help_text)


HEADINGS: tuple[Heading, ...] = (
    Heading(
        Section.SUMMARY,
        "1",
        _("Summary"),
        LawPart.NONE,
        _("What the council should remember, in at most five sentences."),
    ),
    Heading(
        Section.METHOD,
        "2",
        _("Purpose, sources, method and quality of the data"),
        LawPart.NONE,
        _("What the picture is for, and what the reader must know of the sources."),
    ),
    Heading(
        Section.MUNICIPALITY,
        "3",
        _("The municipality"),
        LawPart.OTHER_INFORMATION,
        _("Population, places and circumstances that matter for crime and safety."),
    ),
    Heading(
        Section.REPORTED_CRIME,
        "4.1",
        _("Reported crime"),
        LawPart.SURVEY,
        _("Your comment on the figures: what explains them, what they do not show."),
    ),
    Heading(
        Section.EST,
        "4.2",
        _("EST reports"),
        LawPart.SURVEY,
        _("Your comment on what schools, housing, leisure and others have reported."),
    ),
    Heading(
        Section.PLACES_AND_TIMES,
        "4.3",
        _("Places and times"),
        LawPart.SURVEY,
        _("Where and when it recurs: places, weekdays, hours, seasons."),
    ),
    Heading(
        Section.EXPOSED_GROUPS,
        "4.4",
        _("Exposed groups"),
        LawPart.SURVEY,
        _("Who is exposed more than others. Write so that nobody can be recognised."),
    ),
    Heading(
        Section.CONSEQUENCES,
        "4.5",
        _("Consequences"),
        LawPart.SURVEY,
        _(
            "What the crime leads to: harm to people, costs, places that are avoided, trust. "
            "The law asks for it (4 § 1)."
        ),
    ),
    Heading(
        Section.PERCEIVED_SAFETY,
        "5",
        _("Perceived safety"),
        LawPart.OTHER_INFORMATION,
        _("How safe people feel, from surveys, dialogues and safety walks."),
    ),
    Heading(
        Section.OTHER_INFORMATION,
        "6",
        _("Other information"),
        LawPart.OTHER_INFORMATION,
        _("School, social services (aggregated), housing, business, welfare crime, coming events."),
    ),
    Heading(
        Section.COMPARISON,
        "7",
        _("Comparison and development"),
        LawPart.ANALYSIS,
        _("How the municipality stands against its own history and similar municipalities."),
    ),
    Heading(
        Section.ANALYSIS,
        "8",
        _("Analysis and causes"),
        LawPart.ANALYSIS,
        _(
            "Why it looks as it does, problem by problem: likely causes and what supports them. "
            "Without an analysis this is not a situational picture in the law's sense (4 § 3)."
        ),
    ),
    Heading(
        Section.PRIORITIES,
        "9",
        _("Problems given priority, and those that are not"),
        LawPart.ANALYSIS,
        _("Which problems come first and why; which were deselected and why."),
    ),
    Heading(
        Section.KNOWLEDGE_GAPS,
        "10",
        _("What we do not know"),
        LawPart.ANALYSIS,
        _("What is unknown, and how it could become known."),
    ),
    Heading(Section.DECISION, "11", _("Decision, version and reference number"), LawPart.NONE),
)

# The EST analysis of a quarter or a year, in the order of the five moments of EST.
EST_HEADINGS: tuple[Heading, ...] = (
    Heading(
        Section.SUMMARY,
        "1",
        _("Summary"),
        LawPart.NONE,
        _("What the council should remember, in at most five sentences."),
    ),
    Heading(
        Section.METHOD,
        "2",
        _("Who has reported"),
        LawPart.NONE,
        _("What the reader must know of the reports: who is missing, what has changed."),
    ),
    Heading(
        Section.EST,
        "3",
        _("What has been reported"),
        LawPart.NONE,
        _("Your comment on the reports: what explains them, what they do not show."),
    ),
    Heading(
        Section.PLACES_AND_TIMES,
        "4",
        _("Places and times"),
        LawPart.NONE,
        _("Where and when it recurs: places, weekdays, hours, seasons."),
    ),
    Heading(
        Section.PRIORITIES,
        "5",
        _("Problems given priority, and those that are not"),
        LawPart.NONE,
        _("Which problems come first and why; which were deselected and why."),
    ),
    Heading(
        Section.MEASURES,
        "6",
        _("Measures"),
        LawPart.NONE,
        _("What has been done, by whom, and what has not been done and why."),
    ),
    Heading(
        Section.OUTCOMES,
        "7",
        _("Did it work?"),
        LawPart.NONE,
        _("What the follow-up says, and what is learned from it for the next time."),
    ),
    Heading(
        Section.ANALYSIS,
        "8",
        _("Analysis and causes"),
        LawPart.NONE,
        _("Why it looks as it does, and what would change it. Without it this is only a list."),
    ),
    Heading(
        Section.PROPOSALS,
        "9",
        _("What is proposed for the next period"),
        LawPart.NONE,
        _("What the group asks the council or the parties to do."),
    ),
    Heading(
        Section.KNOWLEDGE_GAPS,
        "10",
        _("What we do not know"),
        LawPart.NONE,
        _("What is unknown, and how it could become known."),
    ),
    Heading(Section.DECISION, "11", _("Decision, version and reference number"), LawPart.NONE),
)

_OF_KIND = {
    Kind.PICTURE: HEADINGS,
    Kind.EST_QUARTER: EST_HEADINGS,
    Kind.EST_YEAR: EST_HEADINGS,
}


def headings_of(kind: Kind | str) -> tuple[Heading, ...]:
    return _OF_KIND[Kind(kind)]


def written_of(kind: Kind | str) -> tuple[Heading, ...]:
    """The headings that somebody writes under."""
    return tuple(heading for heading in headings_of(kind) if heading.is_written)


def heading_of(kind: Kind | str, section: str) -> Heading | None:
    """The heading of the section in the kind of document, if it has one."""
    return next((each for each in headings_of(kind) if each.section == section), None)
