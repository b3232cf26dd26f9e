"""The files and the catalogue: readable by the house itself, valid, cacheable, for anybody."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path

import pytest
from django.test import Client
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from samverkan.platform.imports.jsonstat import read_json_cube
from samverkan.publication import pledge_sources, services
from samverkan.surveys import services as surveys
from samverkan.surveys.tests.surveys import MEASURED
from tests.world import World

from .published import CHOICE, DemoPledge, publish, yearly

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).parent / "dcat_ap_se.ttl"
CSV = "/oppet/1760/anmalda-brott.csv"
JSON = "/oppet/1760/anmalda-brott.json"


@pytest.fixture
def published(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    pledge = DemoPledge("one", "Bättre ljus", "Lampor.", "Bytta.", "Lyser.")
    monkeypatch.setattr(pledge_sources, "_sources", [lambda _actor, _code: [pledge]])
    yearly(world)
    actor = world.actor("safety_coordinator")
    surveys.put_in_measurement(actor, MEASURED)
    from dataclasses import replace

    publish(actor, replace(CHOICE, with_pledges=True, with_answers=True))
    return world


@pytest.mark.usefixtures("published")
def test_the_csv_is_rfc_4180_in_utf_8_with_hidden_cells_empty() -> None:
    response = Client().get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert not response.content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in response.content
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8"))))
    found = {(row["serie"], row["ar"]): row for row in rows}
    assert found["vandalism", "2023"]["antal"] == "26"
    assert found["shoplifting", "2024"]["antal"] == ""
    assert found["shoplifting", "2024"]["status"] == "hidden"
    assert found["vandalism", "2023"]["kalla"] == "Källa: Polisen"


@pytest.mark.usefixtures("published")
def test_the_json_stat_is_read_back_by_the_house_itself() -> None:
    document = json.loads(Client().get(JSON).content)
    cube = read_json_cube(document)
    by_name = {dimension.name: dimension for dimension in cube.dimensions}
    at = {
        "region": 0,
        "series": by_name["series"].codes.index("vandalism"),
        "year": by_name["year"].codes.index("2023"),
    }
    assert cube.value(at) == 26
    hidden = {
        **at,
        "series": by_name["series"].codes.index("shoplifting"),
        "year": by_name["year"].codes.index("2024"),
    }
    assert cube.value(hidden) is None
    assert document["class"] == "dataset"
    assert document["size"] == [1, 4, 4]
    assert len(document["value"]) == 16


@pytest.mark.usefixtures("published")
def test_the_csv_has_metadata_that_names_its_columns() -> None:
    browser = Client()
    link = browser.get(CSV)["Link"]
    address = link.split("<")[1].split(">")[0]
    described = json.loads(browser.get(address).content)
    names = [column["name"] for column in described["tableSchema"]["columns"]]
    header = browser.get(CSV).content.decode().split("\r\n")[0]
    assert ",".join(names) == header
    assert described["url"].endswith(CSV)


@pytest.mark.usefixtures("published")
def test_every_dataset_has_csv_and_json() -> None:
    browser = Client()
    for key in ("anmalda-brott", "medborgarloften", "upplevd-trygghet"):
        assert browser.get(f"/oppet/1760/{key}.csv").status_code == 200
        assert json.loads(browser.get(f"/oppet/1760/{key}.json").content)


@pytest.mark.usefixtures("published")
def test_files_are_open_to_any_page_and_set_no_cookie() -> None:
    for path in (CSV, JSON, "/dcat.rdf", "/oppet/1760/", "/oppet/"):
        browser = Client()
        response = browser.get(path)
        assert not response.cookies, path
        if path.startswith(("/oppet/1760/a", "/dcat")):
            assert response["Access-Control-Allow-Origin"] == "*"
            assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("published")
def test_an_unchanged_file_is_not_sent_again() -> None:
    browser = Client()
    for path in (CSV, JSON, "/dcat.rdf"):
        first = browser.get(path)
        assert first["Last-Modified"]
        again = browser.get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert not again.content
        assert browser.head(path).status_code == 200
        assert browser.post(path).status_code == 405


def test_a_new_version_changes_the_tag_and_the_old_address_stays(published: World) -> None:
    from dataclasses import replace

    browser = Client()
    first, tag = browser.get(CSV), browser.get(CSV)["ETag"]
    publish(published.actor("safety_coordinator"), replace(CHOICE, series=("vandalism",)))
    assert browser.get(CSV, headers={"If-None-Match": tag}).status_code == 200
    assert browser.get("/oppet/1760/1/anmalda-brott.csv").content == first.content
    services.withdraw(published.actor("safety_coordinator"), "1760", 2, "Fel")
    assert browser.get(CSV)["ETag"] == tag


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "path",
    [
        "/oppet/1760/annat.csv",
        "/oppet/1760/anmalda-brott.xml",
        "/oppet/1760/../1760/anmalda-brott.csv%00",
        "/oppet/1760/99/anmalda-brott.csv",
        "/oppet/1760/999999/",
        "/oppet/1760/99999999999999999999/",
        "/oppet/1781/anmalda-brott.csv",
        "/oppet/%3Cscript%3E/",
        "/oppet/1760%27--/",
        "/oppet/" + "9" * 3000 + "/",
        "/oppet/1781/dcat.rdf",
    ],
)
def test_what_is_not_published_is_not_found_however_it_is_asked_for(path: str) -> None:
    assert Client().get(path).status_code == 404


def violations(text: bytes, form: str) -> str:
    import pyshacl

    with warnings.catch_warnings():
        # pyshacl and rdflib's own JSON-LD still use what rdflib will take away one day.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph().parse(data=text, format=form)
        conforms, _graph, told = pyshacl.validate(graph, shacl_graph=str(SHAPES), inference="none")
    return "" if conforms else told


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("path", "form", "media_type"),
    [
        ("/dcat.rdf", "xml", "application/rdf+xml"),
        ("/dcat.ttl", "turtle", "text/turtle"),
        ("/dcat.jsonld", "json-ld", "application/ld+json"),
        ("/oppet/1760/dcat.rdf", "xml", "application/rdf+xml"),
    ],
)
def test_the_catalogue_keeps_the_rules_of_dcat_ap_se(path: str, form: str, media_type: str) -> None:
    response = Client().get(path)
    assert response["Content-Type"].startswith(media_type)
    assert violations(response.content, form) == ""


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "broken",
    [
        "dcterms:publisher",
        "dcterms:license",
        "dcat:contactPoint",
        "dcat:accessURL",
        "vcard:hasEmail",
    ],
)
def test_the_rules_find_what_is_missing(broken: str) -> None:
    """If they did not, keeping them would prove nothing."""
    graph = Graph().parse(data=Client().get("/dcat.ttl").content, format="turtle")
    prefix, name = broken.split(":")
    term = URIRef(dict(graph.namespaces())[prefix] + name)
    graph.remove((None, term, None))
    assert violations(graph.serialize(format="turtle").encode(), "turtle")


@pytest.mark.usefixtures("published")
def test_the_catalogue_has_no_blank_nodes_and_only_absolute_addresses() -> None:
    from rdflib import BNode

    graph = Graph().parse(data=Client().get("/dcat.rdf").content, format="xml")
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    addresses = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    assert all(each.startswith(("http://", "https://", "mailto:")) for each in addresses)
    dataset = URIRef("http://www.w3.org/ns/dcat#Dataset")
    assert len(list(graph.subjects(RDF.type, dataset))) == 3


@pytest.mark.usefixtures("published")
def test_every_file_of_the_catalogue_can_be_fetched_with_its_checksum() -> None:
    import hashlib

    graph = Graph().parse(data=Client().get("/dcat.ttl").content, format="turtle")
    download = URIRef("http://www.w3.org/ns/dcat#downloadURL")
    checksum = URIRef("http://spdx.org/rdf/terms#checksum")
    value = URIRef("http://spdx.org/rdf/terms#checksumValue")
    found = list(graph.subject_objects(download))
    assert len(found) == 6
    for distribution, address in found:
        response = Client().get(str(address).removeprefix("http://testserver"))
        told = str(graph.value(graph.value(distribution, checksum), value))
        assert hashlib.sha256(response.content).hexdigest() == told.lower()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("accepted", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/html,*/*", "application/rdf+xml"),
        ("", "application/rdf+xml"),
        ("nonsense;;;", "application/rdf+xml"),
    ],
)
def test_the_form_follows_what_is_asked_for(accepted: str, media_type: str) -> None:
    response = Client().get("/dcat", headers={"Accept": accepted})
    assert response["Content-Type"].startswith(media_type)
    assert "Accept" in response["Vary"]
