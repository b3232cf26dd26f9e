"""One page for every form of problems and measures: title, what it is for, the fields, a clash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from samverkan.platform.access.http import ActorRequest

from ..services.problems import Clash


@dataclass(frozen=True)
class FormPage:
    """What stands around a form; `trail` is (words, address) from the outermost inwards."""

    title: str
    submit: str
    back_url: str
    trail: tuple[tuple[str, str], ...]
    lead: str = ""
    notes: tuple[str, ...] = ()
    danger: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return (*self.trail, (self.title, ""))


def show_form(
    request: ActorRequest, form: Form, page: FormPage, clash: Clash | None = None
) -> HttpResponse:
    context = {"form": form, "page": page, "clash": _clash_rows(form, clash), **page.extra}
    status = 409 if clash else 200
    return render(request, "situation/form_page.html", context, status=status)


def with_edition(form: Form, edition: int) -> Form:
    """The same form, with what was typed, ready to be sent over what stands now."""
    data = dict(form.data.items())
    data["edition"] = str(edition)
    form.data = data
    return form


def _clash_rows(form: Form, clash: Clash | None) -> list[tuple[str, str]]:
    """The saved texts that differ from the typed ones, by label."""
    if clash is None:
        return []
    return [
        (str(form.fields[name].label), saved)
        for name, saved in clash.saved.items()
        if name in form.fields and saved.strip() != str(form.data.get(name, "")).strip()
    ]
