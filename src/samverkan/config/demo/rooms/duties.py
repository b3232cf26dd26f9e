"""What Storfors has written down under the law, and what of this year is done.

Plans and pictures are not written down here: the rooms show them by themselves.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samverkan.config.demo.people import Cast
from samverkan.governance.duties.models import DutyRecord, WheelDone
from samverkan.governance.duties.year_wheel import wheel_items

ORDER = 90
CODE = "1760"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
RECORDS = (
    ("reported_to_council", 150, "Lägesrapport till fullmäktige", "Kommunfullmäktige", "KS 31"),
    ("noted_information", 60, "Information på kommunens webbplats och i biblioteket", "", ""),
)


def _numbered(number: str, day: date) -> str:
    return f"{number}/{day.year}" if number else ""


def build(cast: Cast, today: date) -> None:
    at = datetime.combine(today, time(9), STOCKHOLM)
    owner, place = cast.parties[CODE], cast.municipalities[CODE]
    title = cast.functions[CODE, "coordinator"].title
    DutyRecord.objects.bulk_create(
        [
            DutyRecord(
                owner=owner,
                municipality=place,
                kind=kind,
                done_on=today - timedelta(days=days),
                title=words,
                body=body,
                reference_number=_numbered(number, today - timedelta(days=days)),
                written_at=at,
                written_by=title,
            )
            for kind, days, words, body, number in RECORDS
        ]
    )
    passed = [
        item
        for item in wheel_items()
        if item.falls_in(today.year) and item.due_on(today.year) < today - timedelta(days=25)
    ]
    WheelDone.objects.bulk_create(
        [
            WheelDone(
                owner=owner,
                municipality=place,
                item=item.key,
                year=today.year,
                done_at=datetime.combine(item.due_on(today.year), time(9), STOCKHOLM),
                done_by=title,
            )
            for item in passed
        ]
    )
