from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samverkan.config.commands import fetch
from samverkan.statistics.clients.catalogue import fetchables
from samverkan.statistics.models import FetchRun, Figure
from samverkan.statistics.tests.shapes import kolada, scb
from tests.publishers import Asked, Reply, publisher
from tests.world import World


@pytest.fixture
def coordinator(world: World, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    world.function("safety_coordinator")


def figures() -> int:
    count: int = Figure.objects.for_system("a test counts").count()
    return count


@pytest.mark.usefixtures("coordinator")
def test_it_fetches_and_says_what_came(settings: Any, capsys: Any) -> None:
    with publisher(kolada()) as there:
        settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
        code = fetch.main(["kolada", "--municipality", "1760", "--from-year", "2020"])
    assert code == 0
    assert figures() > 0
    assert "2020,2021" in there.asked[0].path
    assert "kolada:" in capsys.readouterr().out


@pytest.mark.usefixtures("coordinator")
def test_a_trial_changes_nothing(settings: Any) -> None:
    with publisher(kolada()) as there:
        settings.FETCH_ADDRESSES = {"kolada": f"{there.address}/v3"}
        assert fetch.main(["kolada", "--municipality", "1760", "--dry-run"]) == 0
    assert figures() == 0
    assert not FetchRun.objects.for_system("a test counts").exists()


@pytest.mark.usefixtures("coordinator")
def test_offline_it_says_so_in_swedish_and_ends_with_one(
    settings: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with publisher(kolada()) as there:
        settings.FETCH_ADDRESSES = {"kolada": there.address}
    assert fetch.main(["kolada", "--municipality", "1760"]) == 1
    assert "går inte att nå härifrån" in capsys.readouterr().err


@pytest.mark.usefixtures("coordinator")
def test_it_goes_through_the_proxy_that_the_environment_names(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = kolada()
    with publisher(lambda asked, number: answers(asked, number)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("no_proxy", "")
        settings.FETCH_ADDRESSES = {"kolada": "http://kolada.example.test/v3"}
        assert fetch.main(["kolada", "--municipality", "1760"]) == 0
    assert proxy.asked[0].path.startswith("http://kolada.example.test/v3/data/kpi/")


@pytest.mark.usefixtures("coordinator")
def test_what_is_due_is_fetched_and_afterwards_nothing_is(settings: Any, capsys: Any) -> None:
    event = {
        "id": 1,
        "datetime": "2026-11-22 9:47:13 +01:00",
        "name": "22 november 08.30, Brand, Storfors",
        "summary": "Brand i container.",
        "url": "/brand",
        "type": "Brand",
        "location": {"name": "Värmlands län", "gps": "59.7,13.2"},
    }
    of_kolada, of_scb = kolada(), scb()

    def script(asked: Asked, number: int) -> Reply:
        if asked.path.startswith("/kolada"):
            return of_kolada(asked, number)
        return Reply([event]) if asked.path.startswith("/news") else of_scb(asked, number)

    with publisher(script) as there:
        settings.FETCH_ADDRESSES = {
            "kolada": f"{there.address}/kolada",
            "scb": f"{there.address}/scb",
            "police_news": f"{there.address}/news",
        }
        assert fetch.main(["due", "--municipality", "1760"]) == 0
        assert FetchRun.objects.for_system("a test counts").count() == len(fetchables())
        before = len(there.asked)
        assert fetch.main(["due", "--municipality", "1760"]) == 0
        assert len(there.asked) == before
    assert "nothing is due" in capsys.readouterr().out


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    "arguments",
    [
        ["kolada", "--municipality", "1781"],
        ["kolada", "--municipality", "1760", "--from-year", "2030"],
        ["kolada", "--municipality", "1760", "--api", "v9"],
        ["kolada", "--as", "unknown"],
    ],
)
def test_misuse_ends_with_two(arguments: list[str], capsys: Any) -> None:
    assert fetch.main(arguments) == 2
    assert "samverkan fetch:" in capsys.readouterr().err
