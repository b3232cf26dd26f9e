"""What may be said of a measure's effect, in whole sentences; never a percentage."""

from __future__ import annotations

import math

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .rules.comparison import BUFFER_METRES, FEWEST_WEEKS, Choice
from .selectors.displaced import Course
from .selectors.effects import Effect
from .selectors.measures import Lesson

INCREASES = {"increase", "sign of increase"}
DECREASES = {"decrease", "sign of decrease"}


def finding_of(effect: Effect) -> str:
    """The finding in one line."""
    return finding_words(effect.verdict)


def finding_words(verdict: str) -> str:
    return {
        "decrease": _("Fewer incidents than could be expected"),
        "sign of decrease": _("Signs of a decrease"),
        "no change seen": _("No certain change"),
        "too few to tell": _("Too few incidents to tell"),
        "sign of increase": _("Signs of an increase"),
        "increase": _("More incidents than could be expected"),
    }[verdict]


def sentence_of(effect: Effect) -> str:
    """The finding with the counts that it rests on."""
    span = effect.windows
    counts = _(
        "%(before)d incidents in %(weeks)d weeks before, %(after)d in %(weeks)d weeks after"
    ) % {"before": effect.target.before, "after": effect.target.after, "weeks": span.weeks}
    parts = [f"{finding_of(effect)}: {counts}."]
    if effect.comparison is not None and effect.elsewhere is not None:
        parts.append(
            _("In %(municipality)s, compared with: %(before)d before, %(after)d after.")
            % {
                "municipality": effect.elsewhere.name,
                "before": effect.comparison.before,
                "after": effect.comparison.after,
            }
        )
    elif effect.comparison is not None:
        parts.append(
            ngettext(
                "At %(places)d place compared with: %(before)d before, %(after)d after.",
                "At %(places)d places compared with: %(before)d before, %(after)d after.",
                effect.places_compared,
            )
            % {
                "places": effect.places_compared,
                "before": effect.comparison.before,
                "after": effect.comparison.after,
            }
        )
    return " ".join(parts)


def lesson_words(lesson: Lesson) -> str:
    """What was tried the last time, and what could be said of it."""
    if lesson.kind is None:
        return ""
    words = (
        _("Last time %(kind)s was tried on this kind of problem: %(verdict)s.")
        if lesson.is_same_problem
        else _("Last time %(kind)s was tried, on another kind of problem: %(verdict)s.")
    )
    name = lesson.kind.name((get_language() or "sv")[:2])
    return words % {"kind": name, "verdict": lesson.verdict_label}


def warnings_of(effect: Effect) -> list[str]:
    """What makes the finding weaker than it looks."""
    found = []
    if not effect.windows.is_long_enough:
        found.append(
            _("Fewer than %(weeks)d whole weeks have passed: it is too early to tell.")
            % {"weeks": FEWEST_WEEKS}
        )
    if effect.is_chosen_at_a_peak and effect.usual_before is not None:
        found.append(
            _(
                "The place had unusually many incidents before (a place like it usually has "
                "about %(usual)d). After a peak it would have become fewer even without the "
                "measure: a part of a decrease may be nothing but that."
            )
            % {"usual": round(effect.usual_before)}
        )
    if effect.moved is not None and effect.moved.is_warning:
        found.append(
            _("More incidents within %(metres)d metres: the problem may have moved.")
            % {"metres": BUFFER_METRES}
        )
    if effect.elsewhere is not None:
        found.append(
            _(
                "The comparison was chosen by hand: another municipality may report in another "
                "way, and have had measures of its own at the same time."
            )
        )
    if effect.choice is Choice.NONE:
        found.append(
            _("Nothing to compare with: season, weather and everything else is in the figures too.")
        )
    if effect.comparison is not None and effect.verdict in INCREASES | DECREASES:
        found.append(_("A change at the same time is not proof that the measure caused it."))
    return found


def seen_of(effect: Effect) -> str:
    """What this comparison could have seen at all."""
    low, high = effect.largest_seen, effect.smallest_seen
    if low is None and high is None:
        return _("With so few incidents hardly any change could have been seen.")
    if low is None:
        return _("Only %(high)d incidents or more after would have shown as a change.") % {
            "high": high
        }
    if high is None:
        return _("Only %(low)d incidents or fewer after would have shown as a change.") % {
            "low": low
        }
    return _(
        "%(low)d incidents or fewer after would have shown as a decrease, "
        "%(high)d or more as an increase."
    ) % {"low": low, "high": high}


def moved_of(effect: Effect) -> str:
    """Whether the problem may have moved nearby."""
    if effect.nearby is None:
        return _("No other place of the register lies within %(metres)d metres.") % {
            "metres": BUFFER_METRES
        }
    counts = _("Within %(metres)d metres: %(before)d before, %(after)d after.") % {
        "metres": BUFFER_METRES,
        "before": effect.nearby.before,
        "after": effect.nearby.after,
    }
    if effect.moved is None:
        return counts
    said = {
        Course.TOO_FEW: _("Too few to tell whether the problem has moved."),
        Course.STAYED: _("No sign that the problem has moved."),
        Course.MOVED: _("Signs that a part of the problem has moved."),
        Course.MORE_MOVED_THAN_PREVENTED: _("Signs that more has moved than was prevented."),
        Course.CALMER_TOO: _("Nearby has become calmer too."),
        Course.NO_FALL: _(
            "Where the measure is there was no fall, and then nothing can be said to have moved."
        ),
    }[effect.moved.course]
    return f"{counts} {said}".strip()


def expected_of(effect: Effect) -> str:
    """How many could have been expected without the measure."""
    value = effect.expected_after
    if value is None or not math.isfinite(value):
        return ""
    return _("Without any change, about %(number)d could have been expected.") % {
        "number": round(value)
    }
