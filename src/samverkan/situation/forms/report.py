"""The form of a report: the same for the page, for a script and for a queue that was offline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverkan.platform.access.actor import Actor

from ..models import Incident, LocalCategory, Place
from ..report_guard import Found, hindering, judge
from ..report_guard_words import summary
from ..reporting_times import FORGIVEN, FURTHEST, OLDEST, When, clock_ahead, period, written_at
from ..selectors.reporting_choices import chosen_category, reported_place
from ..services.reporting import Report

PLANNED = "E90"
LONGEST_TEXT = 400
GRADES = [("", "–"), *((str(step), str(step)) for step in range(1, 5))]
YES_NO = [("", gettext_lazy("Not known")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
WHENS = [
    (When.NOW, gettext_lazy("Just now")),
    (When.TODAY, gettext_lazy("Earlier today")),
    (When.LAST_NIGHT, gettext_lazy("Last night")),
    (When.YESTERDAY_EVENING, gettext_lazy("Yesterday evening")),
    (When.WEEKEND, gettext_lazy("During the weekend")),
    (When.EXACT, gettext_lazy("At a time that I know")),
    (When.BETWEEN, gettext_lazy("Between two times")),
]


class MomentField(forms.DateTimeField):
    """A moment as a device writes it, with its zone: 2026-11-25T13:05:00.000Z."""

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(str(value)[:40].replace("Z", "+00:00"))
            # Wild clocks are read as well; what is beyond any calendar is refused.
            aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
            return aware.astimezone(UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError(_("This is not a time.")) from None


class ReportForm(forms.Form):
    key = forms.UUIDField()
    municipality = forms.CharField(max_length=4)
    category = forms.CharField(
        max_length=40, error_messages={"required": gettext_lazy("Say what it was.")}
    )
    place = forms.CharField(required=False, max_length=12)
    reach = forms.ChoiceField(choices=Incident.Reach.choices, required=False)
    place_until = forms.CharField(required=False, max_length=12)
    when = forms.ChoiceField(
        choices=WHENS, error_messages={"required": gettext_lazy("Say when it was.")}
    )
    exact = forms.DateTimeField(required=False)
    first = forms.DateTimeField(required=False)
    last = forms.DateTimeField(required=False)
    text = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        strip=True,
        error_messages={
            "max_length": gettext_lazy(
                "Write at most %(limit_value)d signs; it has %(show_value)d."
            )
        },
    )
    certainty = forms.ChoiceField(choices=[("", "–"), *Incident.Certainty.choices], required=False)
    severity = forms.ChoiceField(choices=GRADES, required=False)
    effect_on_safety = forms.ChoiceField(choices=GRADES, required=False)
    setting = forms.ChoiceField(choices=Incident.Setting.choices, required=False)
    police_report = forms.ChoiceField(choices=YES_NO, required=False)
    written_at = MomentField(required=False)
    sent_at = MomentField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        self.found: tuple[Found, ...] = ()
        self.ahead = timedelta()

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The parts of the text that the writer says are no persons."""
        getlist = getattr(self.data, "getlist", None)
        given = getlist("confirmed") if getlist else self.data.get("confirmed", [])
        return frozenset(str(each) for each in given) if isinstance(given, list) else frozenset()

    def clean_municipality(self) -> str:
        code: str = self.cleaned_data["municipality"]
        if code not in self.actor.municipality_codes:
            raise forms.ValidationError(_("Your function does not report for that municipality."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_where(cleaned)
        self._clean_what(cleaned)
        self._clean_when(cleaned)
        self._clean_text(cleaned)
        return cleaned

    def _clean_where(self, cleaned: dict[str, Any]) -> None:
        for name in ("place", "place_until"):
            ref = cleaned.get(name)
            found = self._place(ref) if ref else None
            if ref and found is None:
                self.add_error(name, _("The place is not in the register any more. Choose anew."))
            cleaned[name] = found
        if cleaned.get("reach") == Incident.Reach.STRETCH and not cleaned["place"]:
            self.add_error("place", _("Say where the stretch begins."))

    def _place(self, ref: str) -> Place | None:
        return reported_place(self.actor, self.cleaned_data.get("municipality", ""), ref)

    def _clean_what(self, cleaned: dict[str, Any]) -> None:
        value = cleaned.get("category")
        if not value:
            return
        chosen = chosen_category(self.actor, cleaned.get("municipality", ""), value)
        if chosen is None:
            self.add_error("category", _("Choose one of the categories."))
        cleaned["chosen_category"] = chosen

    def _clean_when(self, cleaned: dict[str, Any]) -> None:
        received = self.actor.at
        self.ahead = clock_ahead(cleaned.get("sent_at"), received)
        written = written_at(cleaned.get("written_at"), self.ahead, received)
        written = max(written, received - OLDEST).astimezone(ZoneInfo(settings.TIME_ZONE))
        when = cleaned.get("when")
        if not when:
            return
        if when == When.EXACT:
            start, end = self._needed(cleaned, "exact"), None
        elif when == When.BETWEEN:
            start, end = self._needed(cleaned, "first"), self._needed(cleaned, "last")
        else:
            start, end = period(When(when), written.replace(second=0, microsecond=0))
        if start is not None:
            self._check_period(cleaned, start, end)
        cleaned["period"] = (start, end)

    def _needed(self, cleaned: dict[str, Any], name: str) -> datetime | None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, _("Say which time."))
        return cleaned.get(name)

    def _check_period(self, cleaned: dict[str, Any], start: datetime, end: datetime | None) -> None:
        names = ("exact", "exact") if cleaned["when"] == When.EXACT else ("first", "last")
        latest = self.actor.at + (FURTHEST if cleaned.get("category") == PLANNED else FORGIVEN)
        if start > latest or (end and end > latest):
            late = names[0] if start > latest else names[1]
            self.add_error(late, _("This lies in the future. Check the day and the time."))
        elif start < self.actor.at - OLDEST:
            self.add_error(names[0], _("This is more than a year ago. Check the year."))
        elif end and end < start:
            self.add_error(names[1], _("It ends before it begins."))

    def _clean_text(self, cleaned: dict[str, Any]) -> None:
        text = cleaned.get("text") or ""
        is_home = cleaned.get("setting") == Incident.Setting.HOME
        self.found = hindering(judge(text, is_home=is_home), self.confirmed)
        if self.found:
            self.add_error("text", summary(self.found))

    def report(self) -> Report:
        """The report; only of a form that is valid."""
        cleaned = self.cleaned_data
        code, local = cast("tuple[str, LocalCategory | None]", cleaned["chosen_category"])
        start, end = cleaned["period"]
        return Report(
            key=cleaned["key"],
            municipality_code=cleaned["municipality"],
            category=code,
            local_category=local,
            place=cleaned["place"],
            place_until=cleaned["place_until"],
            reach=cleaned["reach"] or Incident.Reach.SPOT,
            occurred_from=start,
            occurred_to=end,
            text=cleaned["text"],
            severity=_grade(cleaned["severity"]),
            effect_on_safety=_grade(cleaned["effect_on_safety"]),
            certainty=cleaned["certainty"],
            setting=cleaned["setting"] or Incident.Setting.UNKNOWN,
            police_report_made={"yes": True, "no": False}.get(cleaned["police_report"]),
            clock_ahead=self.ahead,
        )


def _grade(text: str) -> int | None:
    return int(text) if text else None
