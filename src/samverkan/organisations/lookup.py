"""Municipalities and units by the words that files use for them."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.platform.access.actor import Actor
from samverkan.swedish.sorting import search_key

from .models import Function, Municipality, Organisation


@dataclass(frozen=True)
class MunicipalityIndex:
    """Row ids by SCB code and by name; codes and county codes by row id; counties by name."""

    by_code: dict[str, int]
    by_name: dict[str, int]
    code_of: dict[int, str]
    county_of: dict[int, str]
    county_by_name: dict[str, str]

    def find(self, text: str) -> int | None:
        """The municipality that a cell means: 1760, "1760 Storfors", Storfors, Storfors kommun.

        A code that lost its leading zero in a spreadsheet (114) is understood.
        """
        word = text.strip()
        first = word.split(" ", 1)[0]
        if first.isdigit() and 3 <= len(first) <= 4:
            return self.by_code.get(first.zfill(4))
        name = search_key(word)
        # "Västerås kommun" and "Västerås stad", but also the genitive "Storfors kommun".
        for ending in (" kommun", " stad"):
            if name.endswith(ending):
                bare = name.removesuffix(ending)
                return self.by_name.get(bare) or self.by_name.get(bare.removesuffix("s"))
        return self.by_name.get(name)

    def county_code(self, text: str) -> str:
        """The county's code, or an empty string: "Värmlands län", "Värmland"."""
        name = search_key(text)
        return self.county_by_name.get(name) or self.county_by_name.get(f"{name} län", "")


def municipality_index(actor: Actor) -> MunicipalityIndex:
    """All municipalities, for reading files."""
    rows = list(
        Municipality.objects.visible_to(actor).values_list(
            "pk", "code", "name", "county_code", "county_name"
        )
    )
    counties: dict[str, str] = {}
    for _key, _code, _name, county_code, county_name in rows:
        whole = search_key(county_name)
        stem = whole.removesuffix(" län")
        counties[whole] = counties[stem] = counties[stem.removesuffix("s")] = county_code
    return MunicipalityIndex(
        by_code={code: key for key, code, *_rest in rows},
        by_name={search_key(name): key for key, _code, name, *_rest in rows},
        code_of={key: code for key, code, *_rest in rows},
        county_of={key: county for key, _code, _name, county, _county_name in rows},
        county_by_name=counties,
    )


def units_by_name(actor: Actor) -> dict[str, int]:
    """The actor's party and its units by name: who may stand as reporter in its lists."""
    if actor.party_id is None:
        return {}
    party = Organisation.objects.visible_to(actor).filter(pk=actor.party_id)
    units = Organisation.objects.visible_to(actor).filter(parent_id=actor.party_id)
    return {
        search_key(name): key
        for key, name in [*units.values_list("pk", "name"), *party.values_list("pk", "name")]
    }


@dataclass(frozen=True)
class FunctionChoice:
    """A function that a command line can act in."""

    ref: str
    title: str


def functions_for_commands(kind: str, municipality_code: str = "") -> list[FunctionChoice]:
    """The standing functions of a kind, in the municipality if one is named.

    Whoever runs commands on the server has the data folder in hand; there is no actor yet.
    """
    found = Function.objects.for_system("which function a command acts in").filter(
        kind=kind, ended_on=None
    )
    if municipality_code:
        links = Function.municipalities.through.objects.filter(municipality__code=municipality_code)
        found = found.filter(pk__in=links.values("function_id"))
    return [FunctionChoice(ref, title) for ref, title in found.values_list("ref", "title")]
