"""The grid of problems: who stands where, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samverkan.documents.charts.matrix import MatrixChart, MatrixDot
from samverkan.platform.access.actor import Actor

from ..models import Problem, Rating
from ..rules.priority import Quarter, Standing, criteria_in_force, standing
from .problems import AT_REST


@dataclass(frozen=True)
class RatedProblem:
    """`number` is the dot's in the picture; None for a problem that has not been judged."""

    problem: Problem
    standing: Standing | None
    number: int | None
    quarter: str


@dataclass(frozen=True)
class PriorityGrid:
    """The most pressing first; `unrated` come after; `set_aside` are the deselected."""

    rated: tuple[RatedProblem, ...]
    unrated: tuple[Problem, ...]
    set_aside: tuple[Problem, ...]


def quarter_words(quarter: Quarter) -> str:
    return {
        Quarter.FIRST: _("Take first"),
        Quarter.PREPARE: _("Find out what could be done"),
        Quarter.EASY: _("Do it if it is easy"),
        Quarter.LATER: _("Can wait, or be set aside"),
    }[quarter]


def priority_grid(actor: Actor, municipality_code: str) -> PriorityGrid:
    """The municipality's open problems by the criteria in force."""
    problems = list(
        Problem.objects.visible_to(actor)
        .filter(municipality__code=municipality_code)
        .exclude(state=Problem.State.CLOSED)
        .select_related("place")
        .order_by("opened_on", "pk")
    )
    steps = _steps(actor, problems)
    open_ones = [each for each in problems if each.state not in AT_REST]
    judged = [(each, standing(criteria_in_force(), steps.get(each.pk, {}))) for each in open_ones]
    rated = sorted(
        ((each, where) for each, where in judged if where is not None),
        key=lambda pair: -(pair[1].seriousness + pair[1].influence),
    )
    return PriorityGrid(
        rated=tuple(
            RatedProblem(each, where, number, quarter_words(where.quarter))
            for number, (each, where) in enumerate(rated, 1)
        ),
        unrated=tuple(each for each, where in judged if where is None),
        set_aside=tuple(each for each in problems if each.state == Problem.State.SET_ASIDE),
    )


def ratings_of(actor: Actor, problem: Problem) -> dict[str, int]:
    """The answers by the criteria in force."""
    return _steps(actor, [problem]).get(problem.pk, {})


def grid_chart(grid: PriorityGrid) -> MatrixChart:
    said = "; ".join(f"{each.number}: {each.problem.title} ({each.quarter})" for each in grid.rated)
    number = len(grid.rated)
    return MatrixChart(
        key="priority-grid",
        title=ngettext("%(number)d problem judged", "%(number)d problems judged", number)
        % {"number": number},
        description=said,
        across_label=_("can be influenced"),
        up_label=_("serious"),
        corners=(
            quarter_words(Quarter.PREPARE),
            quarter_words(Quarter.FIRST),
            quarter_words(Quarter.LATER),
            quarter_words(Quarter.EASY),
        ),
        dots=tuple(
            MatrixDot(
                each.number or 0,
                each.standing.influence,
                each.standing.seriousness,
                each.standing.quarter is Quarter.FIRST,
            )
            for each in grid.rated
            if each.standing
        ),
    )


def questions() -> list[tuple[str, str, str, str]]:
    """(key, question, what 1 means, what 4 means) in the reader's language."""
    language = "en" if (get_language() or "sv") == "en" else "sv"
    return [
        (each.key, each.names[language], each.lows[language], each.highs[language])
        for each in criteria_in_force().criteria
    ]


def _steps(actor: Actor, problems: list[Problem]) -> dict[int, dict[str, int]]:
    found = Rating.objects.visible_to(actor).filter(
        problem__in=[each.pk for each in problems],
        criteria_version=criteria_in_force().version,
    )
    steps: dict[int, dict[str, int]] = {}
    for problem, criterion, step in found.values_list("problem_id", "criterion", "step"):
        steps.setdefault(problem, {})[criterion] = step
    return steps
