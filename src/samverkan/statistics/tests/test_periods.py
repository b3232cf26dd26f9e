from __future__ import annotations

from datetime import date

import pytest

from samverkan.statistics.periods import parse_month, parse_period


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("2025", "year", date(2025, 1, 1)),
        ("2025K3", "quarter", date(2025, 7, 1)),
        ("2025 Q4", "quarter", date(2025, 10, 1)),
        ("Kv 2 2025", "quarter", date(2025, 4, 1)),
        ("kvartal 1 2025", "quarter", date(2025, 1, 1)),
        ("2026-10", "month", date(2026, 10, 1)),
        ("2026M01", "month", date(2026, 1, 1)),
        ("202602", "month", date(2026, 2, 1)),
        ("2026-10-01", "month", date(2026, 10, 1)),
        ("2026-10-01 00:00", "month", date(2026, 10, 1)),
        ("okt 2026", "month", date(2026, 10, 1)),
        ("Okt. -26", "month", date(2026, 10, 1)),
        ("maj-26", "month", date(2026, 5, 1)),
        ("2026 september", "month", date(2026, 9, 1)),
        ("10/2026", "month", date(2026, 10, 1)),
    ],
)
def test_periods_as_files_write_them(text: str, kind: str, start: date) -> None:
    period = parse_period(text)
    assert (period.kind, period.start) == (kind, start)


@pytest.mark.parametrize(
    "text", ["", "igår", "2026-13", "2026K5", "202613", "0001", "1066", "2026-10-15", "kvarg 2026"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_period(text)


def test_months_by_number_and_name() -> None:
    assert [parse_month(text) for text in ("3", "03", "Mars", "mar.")] == [3, 3, 3, 3]
    with pytest.raises(ValueError, match="13"):
        parse_month("13")
