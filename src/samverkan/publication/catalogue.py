"""The catalogue of open data after DCAT-AP-SE 3.0.1 (Digg), as RDF.

Catalogue, datasets, distributions, publishers and contacts have addresses of their own (no blank
nodes), every address is absolute, and the catalogue's licence is CC0: what the national data
portal asks of whoever it harvests. rdflib is loaded when a catalogue is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from .files import DATASETS, OpenFile, csv_file, json_file
from .selectors import Publication

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
SWEDEN = "http://sws.geonames.org/2661886/"
LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


@dataclass(frozen=True)
class Words:
    title_sv: str
    title_en: str
    description_sv: str
    description_en: str
    keywords_sv: tuple[str, ...]
    keywords_en: tuple[str, ...]


WORDS = {
    "anmalda-brott": Words(
        "Anmälda brott per år",
        "Reported offences by the year",
        "Antal anmälda brott per år i kommunen, i de serier som kommunen har valt att publicera. "
        "Små antal visas inte, och inte heller det som skulle avslöja dem. Anmälda brott är inte "
        "detsamma som begångna brott.",
        "Number of reported offences by the year in the municipality, in the series that it has "
        "chosen to publish. Small counts are not shown, nor what would give them away.",
        ("brott", "brottsstatistik", "brottsförebyggande", "trygghet"),
        ("crime", "crime statistics", "crime prevention"),
    ),
    "medborgarloften": Words(
        "Medborgarlöften",
        "Promises to the inhabitants",
        "Vad kommunen och polisen har lovat dem som bor här, vad som har gjorts och vad det gav.",
        "What the municipality and the police have promised, what was done and what came of it.",
        ("medborgarlöfte", "trygghet", "polis", "kommun"),
        ("citizen pledge", "safety"),
    ),
    "upplevd-trygghet": Words(
        "Upplevd trygghet",
        "Perceived safety",
        "Svar i trygghetsmätningar med antal svarande och osäkerhet. Upplevd trygghet och anmälda "
        "brott är olika saker och redovisas var för sig.",
        "Answers of safety surveys with their base and uncertainty.",
        ("trygghet", "trygghetsmätning", "otrygghet"),
        ("perceived safety", "safety survey"),
    ),
}


def catalogue(published: Sequence[Publication], base_url: str, address: str) -> Graph:
    """The catalogue at `address` of the newest publications; `base_url` ends with a slash."""
    writer = _Writer(base_url)
    writer.catalogue(published, address)
    return writer.graph


class _Writer:
    """Writes one graph; every term by its prefix and name."""

    def __init__(self, base_url: str) -> None:
        from rdflib import Graph, Namespace

        self.base_url = base_url
        self.graph = Graph()
        self.spaces = {prefix: Namespace(space) for prefix, space in SPACES.items()}
        for prefix, space in self.spaces.items():
            self.graph.bind(prefix, space, override=True)

    def add(self, subject: URIRef, term: str, *values: URIRef | Literal) -> None:
        for value in values:
            self.graph.add((subject, self.term(term), value))

    def term(self, term: str) -> URIRef:
        prefix, name = term.split(":")
        return self.spaces[prefix][name]

    def catalogue(self, published: Sequence[Publication], address: str) -> None:
        here = _address(address)
        first, newest = published[0], max(published, key=lambda each: each.published_at)
        names = ", ".join(sorted({each.content.municipality for each in published}))
        issued = min(each.published_at for each in published)
        about = "Vad kommunen publicerar om anmälda brott, upplevd trygghet och medborgarlöften."
        self.add(here, "rdf:type", self.term("dcat:Catalog"))
        self.add(here, "dcterms:title", _text(f"Öppna data om brott och trygghet: {names}", "sv"))
        self.add(here, "dcterms:title", _text(f"Open data on crime and safety: {names}", "en"))
        self.add(here, "dcterms:description", _text(about, "sv"))
        self.add(here, "dcterms:publisher", self.publisher(first))
        self.add(here, "dcterms:license", _address(CC0))
        self.add(here, "dcterms:language", _address(AUTHORITY + "language/SWE"))
        self.add(here, "dcterms:spatial", _address(SWEDEN))
        self.add(here, "foaf:homepage", _address(self.base_url + "oppet/"))
        self.add(here, "dcat:themeTaxonomy", _address(AUTHORITY + "data-theme"))
        self.add(here, "dcterms:modified", _day(f"{newest.published_at:%Y-%m-%d}"))
        self.add(here, "dcterms:issued", _day(f"{issued:%Y-%m-%d}"))
        for each in published:
            for key, dataset in DATASETS.items():
                if dataset.is_present(each.content):
                    self.add(here, "dcat:dataset", self.dataset(each, key))

    def page(self, published: Publication) -> str:
        return f"{self.base_url}oppet/{published.municipality_code}/"

    def publisher(self, published: Publication) -> URIRef:
        agent = _address(self.page(published) + "#utgivare")
        self.add(agent, "rdf:type", self.term("foaf:Agent"))
        self.add(agent, "foaf:name", _text(published.content.publisher, "sv"))
        self.add(agent, "dcterms:type", _address(LOCAL_AUTHORITY))
        return agent

    def contact(self, published: Publication) -> URIRef:
        contact = _address(self.page(published) + "#kontakt")
        self.add(contact, "rdf:type", self.term("vcard:Organization"))
        self.add(contact, "vcard:fn", _text(published.content.contact_name))
        email = "mailto:" + quote(published.content.contact_email, safe="@")
        self.add(contact, "vcard:hasEmail", _address(email))
        return contact

    def place(self, published: Publication) -> URIRef:
        content = published.content
        place = _address(self.page(published) + "#plats")
        self.add(place, "rdf:type", self.term("dcterms:Location"))
        label = f"{content.municipality} ({content.municipality_code})"
        self.add(place, "rdfs:label", _text(label, "sv"))
        return place

    def dataset(self, published: Publication, key: str) -> URIRef:
        content, words, page = published.content, WORDS[key], self.page(published)
        here, day = _address(f"{page}#{key}"), _day(f"{published.published_at:%Y-%m-%d}")
        self.add(here, "rdf:type", self.term("dcat:Dataset"))
        self.add(here, "dcterms:title", _text(f"{words.title_sv}, {content.municipality}", "sv"))
        self.add(here, "dcterms:title", _text(f"{words.title_en}, {content.municipality}", "en"))
        self.add(here, "dcterms:description", _text(words.description_sv, "sv"))
        self.add(here, "dcterms:description", _text(words.description_en, "en"))
        self.add(here, "dcterms:publisher", self.publisher(published))
        self.add(here, "dcat:contactPoint", self.contact(published))
        self.add(here, "dcat:keyword", *(_text(each, "sv") for each in words.keywords_sv))
        self.add(here, "dcat:keyword", *(_text(each, "en") for each in words.keywords_en))
        self.add(here, "dcat:theme", _address(AUTHORITY + "data-theme/JUST"))
        self.add(here, "dcterms:identifier", _text(str(here)))
        self.add(here, "dcterms:language", _address(AUTHORITY + "language/SWE"))
        self.add(here, "dcterms:accessRights", _address(AUTHORITY + "access-right/PUBLIC"))
        self.add(here, "dcterms:accrualPeriodicity", _address(AUTHORITY + "frequency/ANNUAL"))
        self.add(here, "dcat:landingPage", _address(page))
        self.add(here, "dcat:version", _text(str(published.number)))
        self.add(here, "dcterms:issued", day)
        self.add(here, "dcterms:modified", day)
        self.add(here, "dcterms:spatial", self.place(published))
        if key == "anmalda-brott" and content.years:
            self.add(here, "dcterms:temporal", self.period(f"{page}#{key}-tid", content.years))
        for file, ending in (
            (csv_file(published, key), "csv"),
            (json_file(published, key), "json"),
        ):
            if file is not None:
                self.add(here, "dcat:distribution", self.distribution(file, key, ending, page))
        return here

    def period(self, address: str, years: list[int]) -> URIRef:
        period = _address(address)
        self.add(period, "rdf:type", self.term("dcterms:PeriodOfTime"))
        self.add(period, "dcat:startDate", _day(f"{years[0]}-01-01"))
        self.add(period, "dcat:endDate", _day(f"{years[-1]}-12-31"))
        return period

    def distribution(self, file: OpenFile, key: str, ending: str, page: str) -> URIRef:
        here, address = _address(f"{page}#{key}-{ending}"), _address(f"{page}{file.name}")
        form = "JSON-stat 2" if (key, ending) == ("anmalda-brott", "json") else ending.upper()
        self.add(here, "rdf:type", self.term("dcat:Distribution"))
        self.add(here, "dcterms:title", _text(f"{WORDS[key].title_sv} som {form}", "sv"))
        self.add(here, "dcterms:description", _text(f"Hela datamängden som {form}.", "sv"))
        self.add(here, "dcat:accessURL", address)
        self.add(here, "dcat:downloadURL", address)
        self.add(here, "dcterms:license", _address(CC0))
        self.add(here, "dcterms:format", _text(file.media_type.split(";")[0]))
        self.add(here, "dcterms:language", _address(AUTHORITY + "language/SWE"))
        self.add(here, "dcat:byteSize", _typed(str(len(file.content)), "nonNegativeInteger"))
        self.add(here, "dcatap:availability", _address(AUTHORITY + "planned-availability/STABLE"))
        checksum = _address(f"{page}#{key}-{ending}-kontrollsumma")
        self.add(here, "spdx:checksum", checksum)
        self.add(checksum, "rdf:type", self.term("spdx:Checksum"))
        self.add(checksum, "spdx:algorithm", self.term("spdx:checksumAlgorithm_sha256"))
        self.add(checksum, "spdx:checksumValue", _typed(file.sha256, "hexBinary"))
        return here


def _address(address: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(address)


def _text(text: str, language: str | None = None) -> Literal:
    from rdflib import Literal

    return Literal(text, lang=language)


def _typed(text: str, datatype: str) -> Literal:
    from rdflib import Literal
    from rdflib.namespace import XSD

    return Literal(text, datatype=XSD[datatype])


def _day(day: str) -> Literal:
    return _typed(day, "date")
