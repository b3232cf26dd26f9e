"""What a municipality has published, for everybody to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samverkan.platform.access.http import ActorRequest, public
from samverkan.statistics.statements import language_now

from .. import selectors
from ..content import PublicContent
from ..files import DATASETS
from ..presentation import CountTable, count_table, public_figures


@dataclass(frozen=True)
class FileLink:
    key: str
    title: str


@require_safe
@public
def index(request: ActorRequest) -> HttpResponseBase:
    found = selectors.latest_publications(request.actor)
    return render(request, "publication/index.html", {"publications": found})


@require_safe
@public
def municipality(request: ActorRequest, code: str, number: int | None = None) -> HttpResponseBase:
    found = selectors.publication(request.actor, code, number)
    if found is None:
        raise Http404
    versions = [
        each for each in selectors.publications(request.actor, code) if not each.is_withdrawn
    ]
    context = {
        "publication": found,
        "content": found.content,
        "figures": public_figures(found.content),
        "table": _table(found.content),
        "answers": [(each, each.question(language_now())) for each in found.content.answers],
        "versions": versions,
        "files": _files(found.content),
        "path": "" if found.is_latest else f"{found.number}/",
    }
    return render(request, "publication/municipality.html", context)


def _table(content: PublicContent) -> CountTable | None:
    return count_table(content) if content.series else None


def _files(content: PublicContent) -> list[FileLink]:
    titles = {
        "anmalda-brott": _("Reported offences by the year"),
        "medborgarloften": _("Promises to the inhabitants"),
        "upplevd-trygghet": _("Perceived safety"),
    }
    return [
        FileLink(key, titles[key])
        for key, dataset in DATASETS.items()
        if dataset.is_present(content)
    ]
