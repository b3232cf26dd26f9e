"""What this room says on the overview: who has not reported, what is due, what has changed."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.overview import OverviewRow, OverviewSection, PrimaryAction, Question
from samverkan.platform.design.tones import Tone
from samverkan.platform.design.visits import last_visit

from .selectors import (
    MeasureSummary,
    ProblemSummary,
    ReportingStatus,
    UnitState,
    reporting_status,
)
from .selectors.feedback import ReportFeedback, StepKind, changed_reports
from .selectors.incidents import latest_incidents
from .selectors.problems import measures_due_in, opened_since
from .selectors.reporting import own_unit_status
from .selectors.review import waiting_for_review
from .templatetags.situation import category_name
from .weeks import week_of, weeks_later

DUE_WITHIN = timedelta(days=30)
ROWS = 6
MOST_COUNTED = 99
FEEDBACK_TAGS = {
    StepKind.RECEIVED: gettext_lazy("received"),
    StepKind.ASKED: gettext_lazy("the reviewer asks"),
    StepKind.ANSWERED: gettext_lazy("answered by us"),
    StepKind.REVIEWED: gettext_lazy("reviewed"),
    StepKind.GATHERED: gettext_lazy("gathered in a problem"),
    StepKind.BROUGHT_UP: gettext_lazy("brought up"),
    StepKind.MEASURE: gettext_lazy("measure"),
    StepKind.CLOSED: gettext_lazy("closed"),
    StepKind.WORD: gettext_lazy("answered"),
    StepKind.NOT_TAKEN: gettext_lazy("not taken further"),
}


def report_action(actor: Actor) -> PrimaryAction | None:
    """A reporter comes to report: one button, first on the page."""
    if not actor.may(Capability.INCIDENTS_REPORT) or actor.may(Capability.INCIDENTS_READ):
        return None
    return PrimaryAction(_("Report what happened"), reverse("situation:report"))


def own_report(actor: Actor) -> OverviewSection | None:
    """A reporting unit owes a word about the week that has ended."""
    if not actor.may(Capability.INCIDENTS_REPORT):
        return None
    week = _last_week(actor)
    state = own_unit_status(actor, week)
    if state is None or state is not UnitState.MISSING:
        return None
    return OverviewSection(
        title=_("Your unit has not reported for week %(week)d") % {"week": week % 100},
        sentence=_("Nothing to report is an answer too: without it nobody knows."),
        link_text=_("Report, or say that there was nothing"),
        link_url=reverse("situation:report"),
        question=Question.OWED,
        order=10,
    )


def reports_to_review(actor: Actor) -> OverviewSection | None:
    """The reviewer's table: nothing crosses a border before she has seen it."""
    waiting = waiting_for_review(actor)
    if not waiting:
        return None
    return OverviewSection(
        title=ngettext(
            "%(number)d report waits for your review",
            "%(number)d reports wait for your review",
            waiting,
        )
        % {"number": waiting},
        sentence=_("Until you have read them nobody outside the municipality sees them."),
        link_text=_("Review the reports"),
        link_url=reverse("situation:review_queue"),
        question=Question.OWED,
        order=15,
    )


def missing_reports(actor: Actor) -> OverviewSection | None:
    """The coordinator asks those who have not been heard about the week that has ended."""
    if not actor.may(Capability.INCIDENTS_REVIEW):
        return None
    week = _last_week(actor)
    statuses = [reporting_status(actor, code, week) for code in sorted(actor.municipality_codes)]
    missing = [unit for status in statuses for unit in status.missing]
    if not missing:
        return None
    return OverviewSection(
        title=_missing_title(statuses, len(missing)),
        sentence=_("Silence is not safety. Ask them, or remind them that nothing is an answer."),
        rows=tuple(
            OverviewRow(text=unit.organisation, tag=_("not heard"), tone=Tone.WARN)
            for unit in missing[:ROWS]
        ),
        question=Question.OWED,
        order=20,
    )


def late_measures(actor: Actor) -> OverviewSection | None:
    """Measures whose day has passed without their being done."""
    late = [measure for measure in _due(actor) if measure.days_late]
    if not late:
        return None
    return OverviewSection(
        title=ngettext("%(number)d measure is late", "%(number)d measures are late", len(late))
        % {"number": len(late)},
        rows=tuple(_measure_row(measure) for measure in late[:ROWS]),
        link_text=_("All problems and measures"),
        link_url=reverse("situation:problems"),
        question=Question.OWED,
        order=30,
    )


def coming_measures(actor: Actor) -> OverviewSection | None:
    """Measures that fall due within a month."""
    coming = [measure for measure in _due(actor) if not measure.days_late]
    if not coming:
        return None
    return OverviewSection(
        title=ngettext(
            "%(number)d measure falls due within a month",
            "%(number)d measures fall due within a month",
            len(coming),
        )
        % {"number": len(coming)},
        rows=tuple(_measure_row(measure) for measure in coming[:ROWS]),
        question=Question.DUE,
        order=30,
    )


def news_since(actor: Actor) -> OverviewSection | None:
    """Problems that have been opened, and incidents that have happened, since the last visit."""
    since = last_visit(actor)
    if since is None:
        return None
    rows = [*_incident_rows(actor)] if actor.may(Capability.INCIDENTS_READ) else []
    if actor.may(Capability.PROBLEMS_READ):
        opened = opened_since(actor, timezone.localdate(since))
        rows += [_problem_row(problem) for problem in opened[:ROWS]]
    if not rows:
        return None
    return OverviewSection(
        title=_("Incidents and problems"),
        rows=tuple(rows),
        question=Question.CHANGED,
        order=10,
    )


def feedback_since(actor: Actor) -> OverviewSection | None:
    """What has become of the unit's reports since the last visit: whoever reports hears back."""
    since = last_visit(actor)
    if since is None or not actor.may(Capability.INCIDENTS_REPORT):
        return None
    changed = changed_reports(actor, since)
    if not changed:
        return None
    return OverviewSection(
        title=ngettext(
            "There is something new about %(number)d of our reports",
            "There is something new about %(number)d of our reports",
            len(changed),
        )
        % {"number": len(changed)},
        rows=tuple(_feedback_row(each) for each in changed[:ROWS]),
        link_text=_("All our reports"),
        link_url=reverse("situation:my_reports"),
        question=Question.CHANGED,
        order=5,
    )


PROVIDERS = (
    own_report,
    reports_to_review,
    missing_reports,
    late_measures,
    coming_measures,
    news_since,
    feedback_since,
)


def _due(actor: Actor) -> list[MeasureSummary]:
    if not actor.may(Capability.PROBLEMS_READ):
        return []
    until = timezone.localdate(actor.at) + DUE_WITHIN
    return list(measures_due_in(actor, actor.municipality_codes, until))


def _last_week(actor: Actor) -> int:
    return weeks_later(week_of(timezone.localdate(actor.at)), -1)


def _missing_title(statuses: list[ReportingStatus], missing: int) -> str:
    units = sum(len(status.units) for status in statuses)
    words = ngettext(
        "%(missing)d of %(units)d units has not been heard for week %(week)d",
        "%(missing)d of %(units)d units have not been heard for week %(week)d",
        missing,
    )
    return words % {"missing": missing, "units": units, "week": statuses[0].week % 100}


def _measure_row(measure: MeasureSummary) -> OverviewRow:
    if measure.days_late:
        tag = ngettext("%(days)d day late", "%(days)d days late", measure.days_late) % {
            "days": measure.days_late
        }
        tone = Tone.STOP
    else:
        tag, tone = _("due %(day)s") % {"day": measure.due_on.isoformat()}, Tone.NEUTRAL
    return OverviewRow(
        text=f"{measure.title} ({measure.responsible})",
        url=f"{reverse('situation:problem', args=[measure.problem_ref])}#{measure.ref}",
        tag=tag,
        tone=tone,
    )


def _problem_row(problem: ProblemSummary) -> OverviewRow:
    return OverviewRow(
        text=problem.title,
        url=reverse("situation:problem", args=[problem.ref]),
        tag=_("new problem"),
    )


def _incident_rows(actor: Actor) -> list[OverviewRow]:
    since = last_visit(actor)
    if since is None:
        return []
    number = len(latest_incidents(actor, since, MOST_COUNTED + 1))
    if not number:
        return []
    if number > MOST_COUNTED:
        text = _("More than %(number)d incidents have happened") % {"number": MOST_COUNTED}
    else:
        text = ngettext(
            "%(number)d incident has happened", "%(number)d incidents have happened", number
        ) % {"number": number}
    return [OverviewRow(text=text, url=reverse("situation:incidents"))]


def _feedback_row(changed: ReportFeedback) -> OverviewRow:
    place = changed.incident.place
    text = category_name(changed.incident.category)
    return OverviewRow(
        text=f"{text}, {place.name}" if place else text,
        url=reverse("situation:my_reports"),
        tag=FEEDBACK_TAGS[changed.new_steps[-1].kind],
    )
