"""Nothing is left undecided: every model, every door, every command."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from samverkan.config.cli import COMMANDS
from samverkan.platform.access.capabilities import InformationClass
from samverkan.platform.access.models import ScopedManager, ScopedQuerySet
from samverkan.platform.audit.labels import ACTION_LABELS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "samverkan"
# What a retention class means is decided as data in part 9; here each model has one of them.
RETENTION_CLASSES = {
    "account",
    "audit",
    "est",
    "governance",
    "news",
    "operations",
    "provenance",
    "reference",
    "statistics",
}
# Rows that belong to the machinery and are reached by the system alone.
MACHINERY = {"User", "AuditHead"}


def own_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("samverkan.") and not model._meta.auto_created
    ]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_every_model_has_an_information_class_and_a_retention_class(
    model: type[models.Model],
) -> None:
    assert isinstance(getattr(model, "information_class", None), InformationClass)
    assert getattr(model, "retention", "") in RETENTION_CLASSES


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_every_model_says_to_whom_it_is_visible(model: type[models.Model]) -> None:
    if model.__name__ in MACHINERY:
        return
    manager = model._default_manager
    assert isinstance(manager, ScopedManager), f"{model.__name__} can be read without an actor"
    assert manager.queryset_class.visible_to is not ScopedQuerySet.visible_to


def own_views() -> Iterator[tuple[str, object]]:
    def walk(resolver: URLResolver) -> Iterator[URLPattern]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern)
            else:
                yield pattern

    for pattern in walk(get_resolver()):
        view = pattern.callback
        if view.__module__.startswith("samverkan."):
            yield f"{view.__module__}.{view.__name__}", view


def test_every_view_says_who_may_open_it() -> None:
    silent = [
        name
        for name, view in own_views()
        if not hasattr(view, "required_capabilities") and not getattr(view, "is_public", False)
    ]
    assert not silent


def test_every_command_can_be_loaded_and_has_help() -> None:
    for name, command in COMMANDS.items():
        assert callable(command.load()), name
        assert command.summary


def test_the_web_process_starts_without_what_only_workers_need() -> None:
    heavy = ["typst", "docx", "numba", "dask", "pandas", "statsmodels", "duckdb", "pyarrow"]
    probe = (
        "import samverkan.config.wsgi, sys;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "samverkan.config.settings.testing"}
    told = subprocess.run(
        [sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def python_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_no_file_is_a_drawer_and_none_is_too_long() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in python_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not long
    assert not [path for path in python_files() if path.stem in {"utils", "helpers", "misc"}]


def recorded_actions() -> set[str]:
    """Every action that some source writes to the audit trail."""
    found = set()
    for path in python_files():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if called in {"record", "_record"}:
                found |= {text for text in texts if re.fullmatch(r"[a-z_]+\.[a-z_]+", str(text))}
            if called == "record_read" and texts:
                found.add(f"{texts[0]}.read")
    return found


def test_every_recorded_action_has_words_for_the_auditor() -> None:
    assert recorded_actions() <= set(ACTION_LABELS)
    assert set(ACTION_LABELS) <= recorded_actions()


def test_no_rule_hides_in_save_or_in_a_signal() -> None:
    found = []
    for path in python_files():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "save":
                found.append(f"{path}: save")
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".signals"):
                found.append(f"{path}: {node.module}")
    assert not found


def test_no_template_holds_a_script_or_a_style_of_its_own() -> None:
    """The content security policy forbids them; a page that has one is broken."""
    forbidden = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/json))")
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("templates/**/*.html")
        if forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_the_repository_speaks_of_the_product_alone() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    words = re.compile(
        "|".join(["/wor" + "k/", "pypi" + r"\.org", "registry" + r"\.npmjs", "/ro" + "ot/"])
    )
    found = [
        name
        for name in listed
        if name
        and (ROOT / name).is_file()
        and (ROOT / name).suffix in {".py", ".md", ".txt", ".in", ".toml", ".yml", ".html", ".js"}
        and "vendor" not in name
        and words.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found
