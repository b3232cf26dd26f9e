"""The pages of surveys and of what is published."""

from __future__ import annotations

from tests.access.walk import NOBODY

COORDINATOR = "coordinator"

PAGES = [
    ("oppet", NOBODY, "publication:index"),
    ("oppet-kommun", NOBODY, "publication:municipality"),
    ("oppet-version", NOBODY, "publication:version"),
    ("publicering", COORDINATOR, "publication:desk"),
    ("publicering-valj", COORDINATOR, "publication:choose"),
    ("publicering-aterkalla", COORDINATOR, "publication:withdraw"),
    ("trygghet", COORDINATOR, "surveys:index"),
    ("trygghet-kommun", COORDINATOR, "surveys:area"),
    ("trygghet-omrade", COORDINATOR, "surveys:named_area"),
    ("trygghet-matning", COORDINATOR, "surveys:measurement"),
    ("trygghet-ny-matning", COORDINATOR, "surveys:new_measurement"),
    ("trygghet-ny-enkat", COORDINATOR, "surveys:new_survey"),
    ("trygghet-enkat", COORDINATOR, "surveys:survey"),
    ("trygghet-blad", COORDINATOR, "surveys:sheets"),
    ("svara", NOBODY, "surveys:answer"),
    ("svara-tack", NOBODY, "surveys:thanks"),
]
