"""Addresses of this room: what everybody may read, and where it is published."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from . import views

app_name = "publication"

FILE = r"(?P<key>[a-z-]{1,30})\.(?P<ending>csv-metadata\.json|csv|json)$"

urlpatterns: list[URLPattern | URLResolver] = [
    path("dcat", views.catalogue, name="dcat"),
    path("dcat.rdf", views.catalogue, {"ending": "rdf"}, name="dcat_rdf"),
    path("dcat.ttl", views.catalogue, {"ending": "ttl"}, name="dcat_ttl"),
    path("dcat.jsonld", views.catalogue, {"ending": "jsonld"}, name="dcat_jsonld"),
    path("oppet/", views.index, name="index"),
    path("oppet/<str:code>/", views.municipality, name="municipality"),
    path("oppet/<str:code>/dcat.rdf", views.catalogue, {"ending": "rdf"}, name="dcat_of"),
    path("oppet/<str:code>/<int:number>/", views.municipality, name="version"),
    re_path(r"^oppet/(?P<code>\d{4})/" + FILE, views.download, name="file"),
    re_path(
        r"^oppet/(?P<code>\d{4})/(?P<number>\d{1,6})/" + FILE, views.download, name="version_file"
    ),
    path("publicering/", views.desk, name="desk"),
    path("publicering/<str:code>/", views.choose, name="choose"),
    path("publicering/<str:code>/granska/", views.preview, name="preview"),
    path("publicering/<str:code>/publicera/", views.publish, name="publish"),
    path("publicering/<str:code>/<int:number>/aterkalla/", views.withdraw, name="withdraw"),
]
