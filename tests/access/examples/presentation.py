"""The examples of the comparison and the presentations."""

from __future__ import annotations

from samverkan.reports.models import SituationalPicture

STORFORS = "1760"
ASKING = "an example for the access table"


def example_values() -> dict[str, dict[str, str]]:
    picture = (
        SituationalPicture.objects.for_system(ASKING)
        .filter(municipality__code=STORFORS)
        .latest("period_start")
    )
    month = {"code": STORFORS, "period": f"{picture.period_start:%Y-%m}"}
    return {
        "statistics:comparison": {"code": STORFORS},
        "briefing:briefing": month,
        "briefing:download": {**month, "kind": "underlag"},
    }
