"""What may be said of a measure's effect, in whole sentences; never a percentage."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .rules.comparison import BUFFER_METRES, FEWEST_WEEKS, Choice
from .selectors.effects import Effect

INCREASES = {"increase", "sign of increase"}
DECREASES = {"decrease", "sign of decrease"}


def finding_of(effect: Effect) -> str:
    """The finding in one line."""
    return {
        "decrease": _("Fewer incidents than could be expected"),
        "sign of decrease": _("Signs of a decrease"),
        "no change seen": _("No certain change"),
        "too few to tell": _("Too few incidents to tell"),
        "sign of increase": _("Signs of an increase"),
        "increase": _("More incidents than could be expected"),
    }[effect.verdict]


def sentence_of(effect: Effect) -> str:
    """The finding with the counts that it rests on."""
    span = effect.windows
    counts = _(
        "%(before)d incidents in %(weeks)d weeks before, %(after)d in %(weeks)d weeks after"
    ) % {"before": effect.target.before, "after": effect.target.after, "weeks": span.weeks}
    parts = [f"{finding_of(effect)}: {counts}."]
    if effect.comparison is not None:
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
    if effect.moved in INCREASES:
        found.append(
            _("More incidents within %(metres)d metres: the problem may have moved.")
            % {"metres": BUFFER_METRES}
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
    words = {
        "too few to tell": _("Too few to tell whether the problem has moved."),
        "no change seen": _("No sign that the problem has moved."),
    }
    if effect.moved in INCREASES:
        said = _("Signs that the problem has moved.")
    elif effect.moved in DECREASES:
        said = _("Nearby has become calmer too.")
    else:
        said = words.get(effect.moved, "")
    return f"{counts} {said}".strip()


def expected_of(effect: Effect) -> str:
    """How many could have been expected without the measure."""
    value = effect.expected_after
    if value is None or not math.isfinite(value):
        return ""
    return _("Without any change, about %(number)d could have been expected.") % {
        "number": round(value)
    }
