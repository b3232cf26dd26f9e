"""Pages with a million incidents in the database, beside an empty page of the same server.

    python -m benchmarks.pages [--incidents 1000000] [--requests 60] [--write]

The promise: each page's 95th percentile within five times that of the empty page.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance" / "pages.md"
PORT = 8977
AIM = 5.0
COMMAND = "python -m benchmarks.pages --write"


@dataclass(frozen=True)
class Measured:
    name: str
    median: float
    percentile_95: float
    size: int


def fill(incidents: int) -> str:
    """The demo world and so many incidents of Storfors over ten years; gives a session's key."""
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client
    from django.utils import timezone

    from samverkan.config.commands.setup import prepare
    from samverkan.config.demo.world import ensure
    from samverkan.organisations.models import Function, Holding

    prepare()
    ensure(timezone.localtime())
    _add(incidents, timezone.localtime())
    reason = "the benchmark signs in"
    function = Function.objects.for_system(reason).get(title="Säkerhetssamordnare, Storfors")
    holding = Holding.objects.for_system(reason).get(function=function, role="holder")
    client = Client()
    client.force_login(holding.user, backend="django.contrib.auth.backends.ModelBackend")
    session = SessionStore(client.session.session_key)
    session["acting_function"] = function.ref
    session.save()
    return str(session.session_key)


def _add(number: int, now: datetime) -> None:
    """Rows straight into the table, and the summary counted from them in one statement."""
    from django.db import connection, transaction

    from samverkan.platform.refs import new_ref
    from samverkan.situation.models import Incident, IncidentCount, Place, ReportingDuty

    reason = "fill the benchmark"
    duties = list(ReportingDuty.objects.for_system(reason).filter(municipality__code="1760"))
    places = list(Place.objects.for_system(reason).filter(municipality__code="1760"))
    categories = ["E10", "E11", "E20", "E30", "E41", "E50", "E51", "E60", "E70"]
    start = now - timedelta(days=3650)
    step = timedelta(days=3649) / number

    def row(each: int) -> Incident:
        duty = duties[each % len(duties)]
        occurred = start + step * each
        year, week, _day = date(occurred.year, occurred.month, occurred.day).isocalendar()
        return Incident(
            ref=new_ref(),
            owner_id=duty.owner_id,
            reporting_organisation_id=duty.organisation_id,
            municipality_id=duty.municipality_id,
            category=categories[each % 9],
            place_id=places[each % len(places)].pk,
            occurred_from=occurred,
            reported_at=occurred,
            week=year * 100 + week,
            text="Rapport",
            severity=1,
            effect_on_safety=1,
        )

    for first in range(0, number, 20_000):
        with transaction.atomic():
            last = min(first + 20_000, number)
            Incident.objects.bulk_create([row(each) for each in range(first, last)], 500)
    columns = "owner_id, reporting_organisation_id, municipality_id, place_id, category, week"
    with transaction.atomic(), connection.cursor() as cursor:
        counts, incidents = IncidentCount._meta.db_table, Incident._meta.db_table
        cursor.execute(f"DELETE FROM {counts}")
        cursor.execute(
            f"INSERT INTO {counts} ({columns}, incidents) "
            f"SELECT {columns}, count(*) FROM {incidents} GROUP BY {columns}"
        )
        cursor.execute("ANALYZE")


def pages(today: date) -> dict[str, str]:
    month = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    return {
        "empty page": "/tom/",
        "Översikt": "/",
        "incident list": "/handelser/",
        "incident list, one category": "/handelser/?kategori=E50",
        "map data": "/karta/data?kommun=1760&veckor=52",
        "map page": "/karta/",
        "lägesbild page": f"/lagesbild/1760/{month}/",
        "statistics": "/statistik/",
    }


def measure(name: str, path: str, session: str, requests: int) -> Measured:
    """So many requests one after another on one connection, after three that do not count."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    taken, size = [], 0
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    response = connection.getresponse()
    response.read()
    # A month's address leads to the picture that has been begun: that page is measured.
    path = response.headers.get("Location", path)
    for number in range(requests + 3):
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        size = len(response.read())
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        if number >= 3:
            taken.append(time.perf_counter() - started)
    connection.close()
    return Measured(name, statistics.median(taken), statistics.quantiles(taken, n=20)[-1], size)


def table(found: list[Measured]) -> str:
    yardstick = found[0]
    lines = [
        "| page | p50 ms | p95 ms | p95 ratio to the empty page | aim | met | kB |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in found:
        ratio = each.percentile_95 / yardstick.percentile_95
        met = "" if each is yardstick else ("yes" if ratio <= AIM else "no")
        lines.append(
            f"| {each.name} | {each.median * 1000:.1f} | {each.percentile_95 * 1000:.1f} | "
            f"{ratio:.1f} | {'' if each is yardstick else AIM:} | {met} | {each.size / 1000:.0f} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--write", action="store_true", help="write docs/performance/pages.md")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samverkan-pages-"))
    os.environ["SAMVERKAN_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.pages_settings"
    server = None
    try:
        session = fill(arguments.incidents)
        command = [sys.executable, "-m", "gunicorn", "samverkan.config.wsgi:application"]
        command += ["--bind", f"127.0.0.1:{PORT}", "--worker-class", "gthread", "--threads", "8"]
        server = subprocess.Popen([*command, "--log-level", "warning", "--keep-alive", "60"])
        _wait()
        found = [
            measure(name, path, session, arguments.requests)
            for name, path in pages(date.today()).items()
        ]
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
    print(table(found))
    if arguments.write:
        _write(table(found), arguments)
    return 0


def _wait() -> None:
    for _each in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _write(text: str, arguments: argparse.Namespace) -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(
        f"# Pages with {arguments.incidents:,} incidents\n\n"
        f"Measured {date.today()} on two cores with SQLite by `{COMMAND}`: "
        f"{arguments.requests} requests one after another, signed in as the safety coordinator of "
        "Storfors. The yardstick is an empty page that goes through the same server, middleware, "
        f"session and actor. Aim: the 95th percentile within {AIM:.0f} times the yardstick's.\n\n"
        f"{text}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main())
