"""The demo world as data: parties, functions, places, groups. Invented, save for geography."""

from __future__ import annotations

from dataclasses import dataclass, field

SEED = 1760


@dataclass(frozen=True)
class PlannedFunction:
    key: str
    kind: str
    title: str
    unit: str = ""


@dataclass(frozen=True)
class PlannedPlace:
    name: str
    area: str
    latitude: float
    longitude: float
    weight: float
    radius_metres: int = 120


@dataclass(frozen=True)
class PlannedMunicipality:
    code: str
    name: str
    administration: str
    housing_company: str
    inhabitants: int
    incidents_a_week: float
    functions: tuple[PlannedFunction, ...]
    areas: tuple[tuple[str, float, float, int], ...]
    places: tuple[PlannedPlace, ...]
    # Offences in each of five years, oldest first: their means are those of the reference case.
    yearly: dict[str, tuple[int, int, int, int, int]] = field(default_factory=dict)


def _functions(name: str, *, full: bool) -> tuple[PlannedFunction, ...]:
    chosen = [
        PlannedFunction("coordinator", "safety_coordinator", f"Säkerhetssamordnare, {name}"),
        PlannedFunction("school", "reporter", f"Rektor, grundskolan, {name}", "Grundskolan"),
        PlannedFunction("leisure", "reporter", f"Fritidsledare, {name}", "Fritidsgården"),
        PlannedFunction("housing", "reporter", f"Bovärd, {name}", "housing"),
    ]
    if full:
        chosen += [
            PlannedFunction("parks", "reporter", f"Arbetsledare, gata och park, {name}", "Gata"),
            PlannedFunction("library", "reporter", f"Bibliotekarie, {name}", "Biblioteket"),
            PlannedFunction("chair", "council_politician", f"Kommunstyrelsens ordförande, {name}"),
            PlannedFunction("chief", "council_official", f"Kommunchef, {name}"),
            PlannedFunction("auditor", "auditor", f"Granskare av loggen, {name}"),
            PlannedFunction("administrator", "administrator", f"Systemförvaltare, {name}"),
        ]
    return tuple(chosen)


UNITS = {
    "Grundskolan": "Grundskolan, {name}",
    "Fritidsgården": "Fritidsgården, {name}",
    "Gata": "Gata och park, {name}",
    "Biblioteket": "Biblioteket, {name}",
}

MUNICIPALITIES = (
    PlannedMunicipality(
        code="1760",
        name="Storfors",
        administration="Storfors kommun",
        housing_company="Demobostäder i Storfors",
        inhabitants=3799,
        incidents_a_week=3.4,
        functions=_functions("Storfors", full=True),
        areas=(("Centrum", 59.5333, 14.2717, 500), ("Norra området", 59.5402, 14.2760, 450)),
        places=(
            PlannedPlace("Biblioteket", "Centrum", 59.5339, 14.2731, 5),
            PlannedPlace("Busstorget", "Centrum", 59.5328, 14.2702, 4),
            PlannedPlace("Matbutikens parkering", "Centrum", 59.5321, 14.2746, 3),
            PlannedPlace("Skolgården", "Centrum", 59.5352, 14.2689, 3),
            PlannedPlace("Badplatsen", "Norra området", 59.5415, 14.2795, 1.5),
            PlannedPlace("Hyreshusens gård", "Norra området", 59.5396, 14.2748, 2.5),
            PlannedPlace("Idrottsplatsen", "Norra området", 59.5409, 14.2717, 1.5),
        ),
        yearly={
            "vandalism": (22, 26, 24, 23, 25),
            "theft_excluding_shoplifting": (62, 57, 61, 59, 61),
            "shoplifting": (11, 14, 12, 9, 13),
            "violence_home": (32, 30, 33, 31, 32),
            "violence_public": (5, 7, 6, 6, 5),
            "violence_other": (10, 11, 10, 11, 11),
        },
    ),
    PlannedMunicipality(
        code="1781",
        name="Kristinehamn",
        administration="Kristinehamns kommun",
        housing_company="Demobostäder i Kristinehamn",
        inhabitants=23672,
        incidents_a_week=9.0,
        functions=_functions("Kristinehamn", full=False),
        areas=(("Centrum", 59.3098, 14.1081, 700), ("Östra området", 59.3080, 14.1260, 600)),
        places=(
            PlannedPlace("Resecentrum", "Centrum", 59.3118, 14.1047, 5),
            PlannedPlace("Torget", "Centrum", 59.3096, 14.1093, 5),
            PlannedPlace("Gymnasiets entré", "Centrum", 59.3122, 14.1130, 3),
            PlannedPlace("Centrumgallerian", "Centrum", 59.3090, 14.1065, 4),
            PlannedPlace("Östra lekparken", "Östra området", 59.3079, 14.1252, 3),
            PlannedPlace("Ishallen", "Östra området", 59.3061, 14.1290, 2),
        ),
        yearly={
            "vandalism": (172, 160, 181, 168, 165),
            "theft_excluding_shoplifting": (352, 365, 340, 349, 344),
            "shoplifting": (112, 125, 118, 121, 116),
            "violence_home": (104, 110, 98, 107, 109),
            "violence_public": (61, 58, 66, 60, 63),
            "violence_other": (48, 44, 51, 47, 46),
        },
    ),
    PlannedMunicipality(
        code="1782",
        name="Filipstad",
        administration="Filipstads kommun",
        housing_company="Demobostäder i Filipstad",
        inhabitants=9925,
        incidents_a_week=5.0,
        functions=_functions("Filipstad", full=False),
        areas=(("Centrum", 59.7124, 14.1683, 600), ("Västra området", 59.7150, 14.1560, 500)),
        places=(
            PlannedPlace("Stortorget", "Centrum", 59.7127, 14.1690, 5),
            PlannedPlace("Busstationen", "Centrum", 59.7115, 14.1662, 4),
            PlannedPlace("Högstadiet", "Centrum", 59.7140, 14.1711, 3),
            PlannedPlace("Västra lekplatsen", "Västra området", 59.7148, 14.1571, 2),
            PlannedPlace("Sporthallen", "Västra området", 59.7156, 14.1548, 2),
        ),
        yearly={
            "vandalism": (74, 80, 69, 77, 72),
            "theft_excluding_shoplifting": (168, 155, 161, 172, 159),
            "shoplifting": (38, 44, 41, 36, 40),
            "violence_home": (55, 51, 58, 49, 54),
            "violence_public": (24, 27, 22, 26, 25),
            "violence_other": (21, 19, 23, 20, 22),
        },
    ),
)

POLICE_AREA = "Kristinehamn"
POLICE_REGION = "Bergslagen"
POLICE = "Lokalpolisområde Kristinehamn"
POLICE_FUNCTIONS = (
    PlannedFunction("officer", "community_police", "Kommunpolis, Storfors och Filipstad"),
    PlannedFunction("chief", "police_area_chief", "Chef för lokalpolisområde Kristinehamn"),
)

# EST categories and how common each is in the demo.
CATEGORY_WEIGHTS = {
    "E10": 4,
    "E11": 3,
    "E20": 2,
    "E30": 1,
    "E31": 1.5,
    "E41": 1.5,
    "E50": 4,
    "E51": 3,
    "E60": 3,
    "E70": 2,
    "E80": 1,
}
INCIDENT_TEXTS: dict[str, tuple[str, ...]] = {
    "E10": ("Sönderslagen ruta.", "Skadad bänk och papperskorg.", "Trasig belysningsstolpe."),
    "E11": ("Klotter på fasaden.", "Klotter på anslagstavlan."),
    "E20": ("Cykel borta efter kvällen.", "Verktyg borta från förrådet."),
    "E30": ("Bråk mellan några besökare, lugnt när personal kom.",),
    "E31": ("Hot mot personal i kassan.", "Skrik och ofredande vid ingången."),
    "E41": ("Tomma burkar och doft av cannabis.", "Öppet drickande under eftermiddagen."),
    "E50": ("Stor samling sent på kvällen, flera kände sig oroliga.", "Högljudd samling."),
    "E51": ("Mycket skräp och glas.", "Hög musik till sent."),
    "E60": ("Mopeder i hög fart på gångvägen.", "Bilar som drar runt på parkeringen."),
    "E70": ("Släckt belysning på gångvägen.", "Buskar skymmer sikten."),
    "E80": ("Oro efter rykten i sociala medier.",),
}
