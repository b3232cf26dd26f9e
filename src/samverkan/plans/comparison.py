"""What became of each measure of the plan before, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samverkan.platform.access.actor import Actor
from samverkan.platform.design.tones import Tone

from .content import fates_of
from .models import Plan, PlanMeasure
from .rules import CarriedText, Fate, fate_of_carried

TONES = {
    Fate.KEPT: Tone.NEUTRAL,
    Fate.CHANGED: Tone.WARN,
    Fate.DONE: Tone.OK,
    Fate.DROPPED: Tone.STOP,
    Fate.REPLACED: Tone.WARN,
    Fate.NEW: Tone.OK,
}


@dataclass(frozen=True)
class Difference:
    """One field that was changed when the measure was taken along."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FateLine:
    title: str
    problem: str
    fate: Fate
    label: str
    tone: Tone
    words: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """`earlier` has every measure of the plan before, once; `new` what only this plan has."""

    before: Plan
    earlier: tuple[FateLine, ...]
    new: tuple[FateLine, ...]

    def count(self, *fates: Fate) -> int:
        return sum(line.fate in fates for line in self.earlier)


def comparison(actor: Actor, plan: Plan) -> Comparison | None:
    """None for a plan that revises no other, or one that the actor may not see."""
    before = Plan.objects.visible_to(actor).filter(pk=plan.revises_id).first()
    if before is None:
        return None
    earlier = list(_measures(actor, before))
    here = list(_measures(actor, plan))
    carried = {each.carried_from_id: each for each in here if each.carried_from_id}
    ended = {each.measure_id: each for each in fates_of(actor, plan)}
    lines = []
    for measure in earlier:
        if measure.pk in carried:
            lines.append(_carried(measure, carried[measure.pk]))
        elif measure.pk in ended:
            lines.append(_line(measure, Fate(ended[measure.pk].fate), ended[measure.pk].words))
        else:
            lines.append(_line(measure, Fate.DROPPED, _("No reason is written.")))
    new = tuple(
        _line(each, Fate.NEW, each.description) for each in here if not each.carried_from_id
    )
    return Comparison(before, tuple(lines), new)


def fate_label(fate: Fate) -> str:
    return {
        Fate.KEPT: pgettext("what became of a measure", "Kept"),
        Fate.CHANGED: _("Kept with changes"),
        Fate.DONE: pgettext("what became of a measure", "Done"),
        Fate.DROPPED: _("Dropped"),
        Fate.REPLACED: _("Replaced"),
        Fate.NEW: pgettext("what became of a measure", "New"),
    }[fate]


def field_label(name: str) -> str:
    return {
        "title": _("Measure"),
        "description": _("How it is to be done"),
        "responsible": _("Responsible function"),
        "parties": _("Parties"),
        "indicator": _("Indicator"),
        "baseline": _("Baseline"),
        "target": _("Target"),
        "follow_up_on": _("Follow-up"),
    }[name]


def _measures(actor: Actor, plan: Plan) -> Any:
    return PlanMeasure.objects.visible_to(actor).filter(plan=plan).select_related("problem")


def _carried(before: PlanMeasure, after: PlanMeasure) -> FateLine:
    old, new = _text(before), _text(after)
    fate, names = fate_of_carried(old, new)
    differences = tuple(
        Difference(field_label(name), _said(getattr(old, name)), _said(getattr(new, name)))
        for name in names
    )
    return FateLine(
        before.title,
        before.problem.name,
        fate,
        fate_label(fate),
        TONES[fate],
        "",
        differences,
    )


def _line(measure: PlanMeasure, fate: Fate, words: str) -> FateLine:
    return FateLine(measure.title, measure.problem.name, fate, fate_label(fate), TONES[fate], words)


def _text(measure: PlanMeasure) -> CarriedText:
    return CarriedText(
        title=measure.title,
        description=measure.description,
        responsible=measure.responsible_title,
        parties=tuple(measure.parties),
        indicator=measure.indicator,
        baseline=measure.baseline,
        target=measure.target,
        follow_up_on=measure.follow_up_on,
    )


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    return str(value) if value else "–"
