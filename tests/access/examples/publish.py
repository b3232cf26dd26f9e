"""Surveys and publication: the demo's own."""

from __future__ import annotations

from samverkan.surveys.models import Measurement, OpenSurvey

ASKING = "an example for the access table"
STORFORS = "1760"
SENT = ("POST",)
BOTH = ("GET", "POST")
POSTED: dict[str, tuple[str, ...]] = {
    "publication:preview": SENT,
    "publication:publish": SENT,
    "publication:withdraw": BOTH,
    "surveys:new_measurement": BOTH,
    "surveys:new_survey": BOTH,
    "surveys:sheets": BOTH,
    "surveys:close": SENT,
    "surveys:answer": BOTH,
}


def example_values() -> dict[str, dict[str, str]]:
    surveys = OpenSurvey.objects.for_system(ASKING).filter(municipality__code=STORFORS)
    walk, school = surveys.get(occasion="walk"), surveys.get(occasion="school")
    measurement = Measurement.objects.for_system(ASKING).filter(area="").earliest("pk")
    place = {"code": STORFORS}
    file = {"key": "anmalda-brott", "ending": "csv"}
    return {
        "publication:municipality": place,
        "publication:version": {**place, "number": "1"},
        "publication:dcat_of": place,
        "publication:file": {**place, **file},
        "publication:version_file": {**place, **file, "number": "1"},
        "publication:choose": place,
        "publication:preview": place,
        "publication:publish": place,
        "publication:withdraw": {**place, "number": "1"},
        "surveys:measurement": {"ref": measurement.ref},
        "surveys:survey": {"ref": school.ref},
        "surveys:sheets": {"ref": school.ref},
        "surveys:close": {"ref": walk.ref},
        "surveys:answer": {"code": walk.code},
        "surveys:thanks": {"code": walk.code},
        "surveys:area": place,
        "surveys:named_area": {**place, "name": "norra-omradet"},
    }
