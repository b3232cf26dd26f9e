"""Facts and notes under the headings: sources, population, problems, what is unknown, decision."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samverkan.documents.formats import number, period_label
from samverkan.platform.access.actor import Actor
from samverkan.situation.selectors import open_problems
from samverkan.statistics.definitions import breaks_between
from samverkan.statistics.findings import STALE_AFTER_MONTHS, GroupFindings
from samverkan.statistics.selectors import missing_series, population
from samverkan.statistics.statements import language_now

from .content import Fact
from .est_part import EstPart, enumeration, measures_words
from .models import PictureVersion


def method_notes(groups: list[GroupFindings]) -> tuple[str, ...]:
    """How the figures are judged, in words for whoever is not a statistician."""
    notes = [
        _(
            "The picture follows the Act (2023:196) on municipalities' responsibility for crime "
            "prevention, 4 §: a survey of crime, its extent and consequences, other information "
            "of importance, and an analysis."
        ),
        _(
            "Reported offences are not the same as offences committed: more reports can mean "
            "that more people dare to report."
        ),
        _(
            "The last year is compared with the years before it by an exact test for small "
            "counts. All series are judged together, so that chance alone seldom looks like a "
            "change. Within normal variation means that no change has been shown."
        ),
    ]
    language = language_now()
    starts = [
        finding.series for group in groups for finding in group.all if finding.series.is_count
    ]
    if starts:
        first = min(series.first for series in starts)
        last = max(series.last for series in starts)
        notes += [broken.text(language) for broken in breaks_between(first, last)]
    return tuple(notes)


def population_facts(actor: Actor, municipality_code: str) -> tuple[Fact, ...]:
    known = population(actor, municipality_code)
    if not known:
        return ()
    latest = known[-1]
    language = language_now()
    facts = [
        Fact(
            _("Inhabitants on 31 December %(year)d") % {"year": latest.year},
            f"{number(latest.number, language)} ({latest.source})",
        )
    ]
    earlier = [each for each in known if each.year <= latest.year - 5]
    if earlier:
        facts.append(
            Fact(
                _("Inhabitants on 31 December %(year)d") % {"year": earlier[-1].year},
                number(earlier[-1].number, language),
            )
        )
    return tuple(facts)


def priorities(actor: Actor, municipality_code: str) -> tuple[Fact, ...]:
    """Open problems and how far their measures have come."""
    return tuple(
        Fact(
            problem.title,
            measures_words(problem.measures, problem.measures_done, problem.measures_late),
        )
        for problem in open_problems(actor, municipality_code)
    )


def knowledge_gaps(
    actor: Actor,
    municipality_code: str,
    groups: list[GroupFindings],
    est: EstPart,
    period_start: date,
) -> tuple[str, ...]:
    """What the picture cannot tell: said by the system, so that nobody has to remember it."""
    language = language_now()
    notes = []
    absent = missing_series(actor, municipality_code)
    if absent:
        names = enumeration([definition.name(language).lower() for definition in absent])
        notes.append(_("No figures have been put in for %(names)s.") % {"names": names})
    notes += _late_series(groups, period_start)
    if est.unheard:
        notes.append(
            _("These units have not been heard: %(units)s.") % {"units": "; ".join(est.unheard)}
        )
    notes.append(_("How safe people feel is not known from any survey in this picture."))
    notes.append(_("What is never reported, to the police or to the municipality, is not seen."))
    return tuple(notes)


def _late_series(groups: list[GroupFindings], period_start: date) -> list[str]:
    language, notes = language_now(), []
    for group in groups:
        series = group.leading.series
        if not (group.definition.is_crime and series.is_count) or series.is_summed:
            continue
        age = (period_start.year - series.last.year) * 12 + period_start.month - series.last.month
        if age >= STALE_AFTER_MONTHS[series.period_kind] // 2 and age > 0:
            notes.append(
                _("%(name)s: the latest figure is that of %(period)s.")
                % {
                    "name": group.definition.name(language),
                    "period": period_label(series.period_kind, series.last, language),
                }
            )
    return notes


def status_words(version: PictureVersion | None) -> str:
    """Draft, shared draft or decided, in one line."""
    if version is None:
        return _("Draft, nothing written yet")
    if version.decided_on is not None:
        return _("Decided by %(body)s %(date)s, § %(paragraph)s") % {
            "body": version.decision_body,
            "date": version.decided_on.isoformat(),
            "paragraph": version.decision_paragraph,
        }
    if version.is_shared:
        return _("Shared draft, version %(number)d") % {"number": version.number}
    return _("Draft, version %(number)d") % {"number": version.number}


def decision_facts(version: PictureVersion | None) -> tuple[Fact, ...]:
    if version is None:
        return (Fact(_("Status"), status_words(version)),)
    facts = [
        Fact(_("Status"), status_words(version)),
        Fact(_("Version"), str(version.number)),
        Fact(_("Last edited"), f"{version.written_at:%Y-%m-%d}, {version.function_title}"),
    ]
    if version.decided_on is not None:
        facts += [
            Fact(_("Decided by"), version.decision_body),
            Fact(_("Date of the decision"), version.decided_on.isoformat()),
            Fact(_("Paragraph"), f"§ {version.decision_paragraph}"),
            Fact(_("Reference number"), version.reference_number or "–"),
        ]
    return tuple(facts)
