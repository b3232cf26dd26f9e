"""The demo's door stands in the demo's configuration and in no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import django
django.setup()
from django.urls import Resolver404, resolve
for path in ("/demo/", "/demo/in"):
    try:
        resolve(path)
        print(path, "open")
    except Resolver404:
        print(path, "shut")
"""


def doors(configuration: str, folder: Path) -> list[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"samverkan.config.settings.{configuration}",
        "SAMVERKAN_DATA": str(folder),
        "SAMVERKAN_SECRET_KEY": "only-for-this-test",
        "SAMVERKAN_HOSTS": "samverkan.example",
        "DATABASE_URL": f"sqlite:///{folder}/probe.sqlite3",
    }
    result = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True
    )
    return result.stdout.split("\n")[:2]


@pytest.mark.parametrize("configuration", ["embedded", "production", "testing"])
def test_the_door_is_shut(configuration: str, tmp_path: Path) -> None:
    assert doors(configuration, tmp_path) == ["/demo/ shut", "/demo/in shut"]


def test_the_door_is_open_in_the_demo(tmp_path: Path) -> None:
    assert doors("demo", tmp_path) == ["/demo/ open", "/demo/in open"]


def test_every_configuration_but_the_demo_says_that_it_is_not_one() -> None:
    settings = Path(__file__).parents[1] / "settings"
    saying = [path.stem for path in settings.glob("*.py") if "DEMO = True" in path.read_text()]
    assert saying == ["demo"]
