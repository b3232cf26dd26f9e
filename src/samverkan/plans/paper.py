"""An action plan on paper. In Swedish, which is the language that is decided upon."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samverkan.documents.formats import Language
from samverkan.documents.plain_text import blocks_of
from samverkan.documents.report import (
    Block,
    Bullets,
    Heading,
    Notice,
    Paragraph,
    Report,
    Table,
)
from samverkan.platform.access.actor import Actor

from .comparison import Comparison, FateLine, comparison
from .content import (
    FollowUpContent,
    MeasureContent,
    PlanContent,
    ProblemContent,
    content_of,
)
from .lives import DECIDED_STATES
from .models import Plan


def paper_of_plan(actor: Actor, plan: Plan) -> Report:
    """The whole plan, with what came of it and of the plan before, as far as the actor sees."""
    with override("sv"):
        return _report(content_of(actor, plan), comparison(actor, plan))


def _report(content: PlanContent, compared: Comparison | None) -> Report:
    name = _("Action plan %(number)d") % {"number": content.number}
    return Report(
        language=Language.SWEDISH,
        kicker=_("Action plan against crime"),
        title=content.title,
        lead=_lead(content),
        meta=tuple(_meta(content)),
        running_head=(f"{name}, {content.municipality}", content.state_label),
        page_words=(_("Page"), _("of")),
        author=content.owner,
        blocks=tuple(_blocks(content, compared)),
        foot=_foot(content),
    )


def _lead(content: PlanContent) -> str:
    number, problems = len(content.measures), len(content.problems)
    measures = ngettext("%(number)d measure", "%(number)d measures", number) % {"number": number}
    against = ngettext(
        "%(measures)s against %(number)d prioritised problem.",
        "%(measures)s against %(number)d prioritised problems.",
        problems,
    )
    return against % {"measures": measures, "number": problems}


def _meta(content: PlanContent) -> list[str]:
    last = content.valid_to - timedelta(days=1)
    lines = [
        f"{content.municipality}, {content.owner}",
        _("Holds from %(first)s to %(last)s")
        % {"first": content.valid_from.isoformat(), "last": last.isoformat()},
    ]
    if content.state in DECIDED_STATES:
        lines.append(decision_words(content))
    if content.picture:
        lines.append(_("Builds on: %(picture)s") % {"picture": content.picture})
    return lines


def decision_words(content: PlanContent) -> str:
    """Who decided the plan, when, and where it stands in the minutes."""
    return _("Decided by %(body)s %(day)s, § %(paragraph)s, %(reference)s") % {
        "body": content.decision_body,
        "day": content.decided_on.isoformat() if content.decided_on else "–",
        "paragraph": content.decision_paragraph,
        "reference": content.reference_number,
    }


def _foot(content: PlanContent) -> str:
    return _("Action plan %(number)d, %(state)s") % {
        "number": content.number,
        "state": content.state_label.lower(),
    }


def _blocks(content: PlanContent, compared: Comparison | None) -> list[Block]:
    blocks: list[Block] = []
    if content.state not in DECIDED_STATES:
        blocks.append(
            Notice(
                _("This plan is not decided. It is a %(state)s.") % {"state": _draft_word(content)}
            )
        )
    if content.summary:
        blocks += [Heading(1, _("Summary")), *blocks_of(content.summary)]
    blocks += _overview(content)
    for problem in content.problems:
        blocks += _problem(problem)
    blocks += _deselected(content)
    for each in content.follow_ups:
        blocks += _follow_up(each)
    if compared is not None:
        blocks += _compared(compared)
    blocks.append(
        Paragraph(
            _(
                "The plan is decided by the law on the municipalities' responsibility for crime "
                "prevention (2023:196), 5 §, and is followed up at least every second year (6 §)."
            ),
            is_quiet=True,
        )
    )
    return blocks


def _draft_word(content: PlanContent) -> str:
    return _("proposal") if content.state == "proposed" else _("draft")


def _overview(content: PlanContent) -> list[Block]:
    rows = tuple(
        (each.number, each.title, each.responsible or "–", _day(each.follow_up_on))
        for each in content.measures
    )
    if not rows:
        return []
    header = (_("No."), _("Measure"), _("Responsible function"), _("Follow-up"))
    return [Heading(1, _("The measures in brief")), Table("", header, rows, widths=(1, 8, 6, 3))]


def _problem(problem: ProblemContent) -> list[Block]:
    blocks: list[Block] = [Heading(1, problem.name, str(problem.number))]
    if problem.place:
        blocks.append(Paragraph(_("Place: %(place)s") % {"place": problem.place}))
    if problem.reason:
        words = _("Why it is prioritised: %(reason)s") % {"reason": problem.reason}
        blocks += blocks_of(words)
    if problem.goal:
        blocks += blocks_of(_("Goal: %(goal)s") % {"goal": problem.goal})
    for measure in problem.measures:
        blocks += _measure(measure)
    return blocks


def _measure(measure: MeasureContent) -> list[Block]:
    facts = (
        (_("Responsible function"), measure.responsible),
        (_("Parties"), ", ".join(measure.parties)),
        (_("Indicator"), measure.indicator),
        (_("Baseline"), measure.baseline),
        (_("Target"), measure.target),
        (_("Follow-up"), _day(measure.follow_up_on)),
    )
    rows = tuple((label, value) for label, value in facts if value and value != "–")
    blocks: list[Block] = [Heading(2, measure.title, measure.number)]
    if measure.description:
        blocks += blocks_of(measure.description)
    return [*blocks, Table("", (_("What"), _("How")), rows, widths=(1, 3))] if rows else blocks


def _deselected(content: PlanContent) -> list[Block]:
    if not content.deselected:
        return []
    items = tuple(f"{each.name}. {each.reason}".strip() for each in content.deselected)
    lead = Paragraph(_("These problems were considered and set aside, with a reason."))
    return [Heading(1, _("Deselected problems")), lead, Bullets(items)]


def _follow_up(each: FollowUpContent) -> list[Block]:
    title = _("Follow-up %(day)s") % {"day": each.on.isoformat()}
    said = [each.body]
    if each.paragraph:
        said.append(f"§ {each.paragraph}")
    if each.reference_number:
        said.append(each.reference_number)
    rows = tuple(
        (
            outcome.measure,
            outcome.kind_label,
            " ".join(part for part in (outcome.words, outcome.verdict) if part) or "–",
        )
        for outcome in each.outcomes
    )
    blocks: list[Block] = [Heading(1, title), Paragraph(", ".join(said), is_quiet=True)]
    blocks += blocks_of(each.summary)
    if rows:
        header = (_("Measure"), _("Outcome"), _("What was said"))
        blocks.append(Table("", header, rows, widths=(4, 2, 6)))
    return blocks


def _compared(compared: Comparison) -> list[Block]:
    title = _("What became of the measures of plan %(number)d") % {"number": compared.before.number}
    rows = tuple(
        (line.title, line.label, _changed_words(line))
        for line in (*compared.earlier, *compared.new)
    )
    if not rows:
        return []
    header = (_("Measure"), _("What became of it"), _("Why"))
    return [Heading(1, title), Table("", header, rows, widths=(4, 2, 6))]


def _changed_words(line: FateLine) -> str:
    if line.differences:
        return _("Changed: %(fields)s.") % {
            "fields": ", ".join(each.label.lower() for each in line.differences)
        }
    return line.words or "–"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"
