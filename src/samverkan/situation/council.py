"""What the situation says to the council: counts alone, never a place, a person or a case."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samverkan.agreements.evidence import Evidence, EvidenceKind, EvidenceLink, EvidenceQuery
from samverkan.governance.overview_counts import CountTopic, OverviewCount
from samverkan.platform.access.actor import Actor, system
from samverkan.platform.access.capabilities import Capability
from samverkan.platform.design.tones import Tone

from .models import EffectVerdict, Escalation, Measure, Problem
from .selectors.escalations import standing_escalations

OPEN = ("open", "analysed", "measures", "followed")
DONE = ("done", "followed_up")
LINKS = 5


def _asking(actor: Actor) -> tuple[Actor, dict[str, int | None]]:
    """Who asks, and whose problems.

    A politician may not read problems, and is to know how many of the own party's there are:
    counts alone, taken by the system, of that party and no other.
    """
    if actor.is_system or actor.may(Capability.PROBLEMS_READ):
        return actor, {}
    return system("counts for the council", actor.at), {"owner_id": actor.party_id}


def problem_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    """Open problems, and how many stand at each level above the unit."""
    asking, own = _asking(actor)
    found = Problem.objects.visible_to(asking).filter(municipality__code=code, **own)
    number = found.filter(state__in=OPEN).count()
    yield OverviewCount(
        CountTopic.PROBLEMS, _("open problems"), number, url=reverse("situation:problems")
    )
    known = set(found.values_list("ref", flat=True))
    known |= set(
        Measure.objects.visible_to(asking)
        .filter(problem__in=found.values("pk"))
        .values_list("ref", flat=True)
    )
    standing = [each for each in standing_escalations(asking, [code]) if each.subject_ref in known]
    for level in Escalation.Level:
        if at_level := sum(each.level == level for each in standing):
            tone = Tone.STOP if level in {"council", "board"} else Tone.WARN
            yield OverviewCount(
                CountTopic.PROBLEMS,
                _("moved up to: %(level)s") % {"level": str(level.label).lower()},
                at_level,
                tone,
                reverse("situation:escalations"),
            )


def measure_counts(actor: Actor, code: str) -> Iterator[OverviewCount]:
    """Measures by how far they have come, and by what could be said of their effect."""
    asking, own = _asking(actor)
    problems = Problem.objects.visible_to(asking).filter(municipality__code=code, **own)
    measures = Measure.objects.visible_to(asking).filter(problem__in=problems.values("pk"))
    states = list(measures.values_list("state", flat=True))
    for state in Measure.State:
        if number := states.count(state):
            yield OverviewCount(
                CountTopic.MEASURES,
                _("measures: %(state)s") % {"state": str(state.label).lower()},
                number,
                url=reverse("situation:problems"),
            )
    latest: dict[int, str] = {}
    verdicts = EffectVerdict.objects.visible_to(asking).filter(measure__in=measures.values("pk"))
    for pk, verdict in verdicts.order_by("judged_at").values_list("measure_id", "verdict"):
        latest[pk] = verdict
    for choice in EffectVerdict.Verdict:
        if number := list(latest.values()).count(choice.value):
            yield OverviewCount(
                CountTopic.MEASURES,
                _("follow-up: %(verdict)s") % {"verdict": choice.label},
                number,
                url=reverse("situation:problems"),
            )


def measures_done(actor: Actor, query: EvidenceQuery) -> Evidence:
    """Measures of the responsible function that were due in the period and are done."""
    found = Measure.objects.visible_to(actor).filter(
        responsible__ref=query.function_ref,
        state__in=DONE,
        due_on__gte=query.first,
        due_on__lt=query.after,
    )
    if query.municipality_codes:
        found = found.filter(problem__municipality__code__in=query.municipality_codes)
    rows = list(found.order_by("-due_on", "-pk"))
    words = ngettext("%(number)d measure done", "%(number)d measures done", len(rows))
    links = tuple(
        EvidenceLink(each.title, reverse("situation:measure", args=[each.ref]))
        for each in rows[:LINKS]
    )
    return Evidence(len(rows), words % {"number": len(rows)}, links)


COUNTS = (problem_counts, measure_counts)
EVIDENCE = EvidenceKind("measures_done", gettext_lazy("Measures done"), measures_done)
