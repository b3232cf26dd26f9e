"""A problem's causes as a tree, as a picture and as words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverkan.documents.charts.tree import TreeChart, TreeNode
from samverkan.documents.charts.triangle import Side, TriangleChart
from samverkan.platform.access.actor import Actor

from ..models import Cause, Problem
from ..rules.trees import in_tree_order

LINE = 200


@dataclass(frozen=True)
class CauseLine:
    """One cause as the list beside the picture has it; `depth` 0 explains the problem itself."""

    cause: Cause
    depth: int
    explains: str


def cause(actor: Actor, ref: str) -> Cause | None:
    found: Cause | None = (
        Cause.objects.visible_to(actor)
        .filter(ref=ref)
        .select_related("problem__owner", "problem__municipality", "parent")
        .first()
    )
    return found


def cause_lines(actor: Actor, problem: Problem) -> tuple[CauseLine, ...]:
    """The problem's causes, each right after what it explains."""
    found = {
        each.pk: each
        for each in Cause.objects.visible_to(actor).filter(problem=problem).order_by("pk")
    }
    return tuple(
        CauseLine(
            found[branch.key],
            branch.depth,
            found[parent].text if (parent := found[branch.key].parent_id) else problem.title,
        )
        for branch in in_tree_order((each.pk, each.parent_id) for each in found.values())
    )


def tree_chart(problem: Problem, lines: tuple[CauseLine, ...]) -> TreeChart:
    """The tree with the problem at its root; the description says all of it."""
    position = {line.cause.pk: at for at, line in enumerate(lines, 1)}
    nodes = [TreeNode(problem.title, _("The problem"), None)]
    for line in lines:
        kind = str(line.cause.get_kind_display())
        if line.cause.is_root:
            kind = _("%(kind)s · root cause") % {"kind": kind}
        parent = position.get(line.cause.parent_id or 0, 0)
        nodes.append(TreeNode(line.cause.text, kind, parent, line.cause.is_root))
    said = "; ".join(
        _("“%(cause)s” explains “%(what)s”")
        % {"cause": line.cause.text[:LINE], "what": line.explains[:LINE]}
        for line in lines
    )
    return TreeChart(
        key=f"tree-{problem.ref}",
        title=_("Causes of: %(problem)s") % {"problem": problem.title},
        description=f"{said}.",
        nodes=tuple(nodes),
    )


def triangle_chart(problem: Problem, lines: tuple[CauseLine, ...]) -> TriangleChart:
    """How many causes lie on each side of the triangle, and with whoever could hold back."""
    kinds = [line.cause.kind for line in lines]

    def side(inner: Cause.Kind, outer: Cause.Kind) -> Side:
        return Side(
            str(inner.label),
            kinds.count(inner.value),
            str(outer.label),
            kinds.count(outer.value),
        )

    sides = (
        side(Cause.Kind.OFFENDER, Cause.Kind.HANDLER),
        side(Cause.Kind.TARGET, Cause.Kind.GUARDIAN),
        side(Cause.Kind.PLACE, Cause.Kind.MANAGER),
    )
    said = ", ".join(
        f"{each.inner}: {each.inner_causes}, {each.outer}: {each.outer_causes}" for each in sides
    )
    return TriangleChart(
        key=f"triangle-{problem.ref}",
        title=_("The crime triangle: number of causes on each side"),
        description=f"{said}.",
        sides=sides,
    )


def empty_sides(lines: tuple[CauseLine, ...]) -> list[str]:
    """The sides of the triangle for which nobody has written a cause."""
    kinds = {line.cause.kind for line in lines}
    pairs = (
        (Cause.Kind.OFFENDER, Cause.Kind.HANDLER),
        (Cause.Kind.TARGET, Cause.Kind.GUARDIAN),
        (Cause.Kind.PLACE, Cause.Kind.MANAGER),
    )
    return [str(inner.label) for inner, outer in pairs if not kinds & {inner.value, outer.value}]
