"""Published yearly counts of all municipalities, by chance around one level: invented figures."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from samverkan.config.demo.figures import STOCKHOLM
from samverkan.config.demo.people import REASON, Cast
from samverkan.config.demo.plan import MUNICIPALITIES, POLICE_FUNCTIONS, SEED
from samverkan.organisations.models import Function, Holding
from samverkan.organisations.reference import municipality_facts
from samverkan.organisations.selectors import actor_for
from samverkan.platform.imports.reception import FileRequest, receive
from samverkan.platform.imports.services import commit_import

ORDER = 40
YEARS = 3
# Offences a year and 1,000 inhabitants, and how much municipalities differ (gamma's shape).
LEVELS = {"theft": (19.5, 14.0), "vandalism": (6.8, 11.0), "person": (13.0, 18.0)}
PUBLISHED = time(9, 30)


def build(cast: Cast, today: date) -> None:
    """Brought in like any file, the year before last and two more: those that are final."""
    last = today.year - 1
    at = datetime.combine(date(today.year, 4, 1), PUBLISHED, STOCKHOLM)
    if at.date() > today:
        last, at = last - 1, at.replace(year=today.year - 1)
    function = Function.objects.for_system(REASON).get(title=POLICE_FUNCTIONS[0].title)
    holding = Holding.objects.for_system(REASON).get(function=function, role=Holding.Role.HOLDER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"demo-pahittade-arssiffror-{last - YEARS + 1}-{last}.csv"
        path.write_bytes(_file(range(last - YEARS + 1, last + 1)))
        actor = actor_for(holding.user, function.ref, at)
        batch = receive(actor, FileRequest(path, "statistics", "bra"))
        if not commit_import(actor, batch.ref).is_done:
            raise RuntimeError(f"the demo's own file {path.name} was refused")


def _file(years: range) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["kommun", "period", "serie", "antal"])
    planned = {each.code: each.yearly for each in MUNICIPALITIES}
    generator = np.random.default_rng(SEED)
    for code, facts in sorted(municipality_facts().items()):
        for series, (level, shape) in LEVELS.items():
            own = level * generator.gamma(shape, 1 / shape)
            for year in years:
                count = int(generator.poisson(own * facts.inhabitants / 1000))
                if code in planned:
                    count = _planned(planned[code], series, year)
                writer.writerow([code, year, series, count])
    return text.getvalue().encode("utf-8")


def _planned(yearly: dict[str, tuple[int, int, int, int, int]], series: str, year: int) -> int:
    """The same totals as the months of the demo's own municipalities."""
    parts = {
        "theft": ("theft_excluding_shoplifting", "shoplifting"),
        "vandalism": ("vandalism",),
        "person": ("violence_home", "violence_public", "violence_other"),
    }[series]
    return sum(yearly[part][year % 5] for part in parts)
