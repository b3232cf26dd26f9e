"""SCB's PxWeb, version 2 (asked by address) and version 1 (asked by a question that is sent)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from samverkan.platform.fetching.client import Client
from samverkan.platform.fetching.errors import BrokenAnswerError, ChangedAnswerError

from .catalogue import Fetchable, Question
from .json_stat import joined

TIMES = frozenset({"tid", "time", "år", "year"})
REGIONS = frozenset({"region", "kommun", "regionkod"})
CONTENTS = "ContentsCode"
INHABITANTS = ("folkmängd", "population", "antal personer")

Told = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Variable:
    """One dimension of a table; one that can be eliminated is left out, which gives its total."""

    code: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    may_be_left_out: bool


@dataclass(frozen=True)
class Selection:
    """The codes to ask for of each dimension; the years last to be split."""

    fixed: dict[str, tuple[str, ...]]
    time: str
    years: tuple[str, ...]

    def parts(self, most_cells: int) -> Iterator[dict[str, tuple[str, ...]]]:
        """As few questions as keep within the limit; BrokenAnswerError when a year does not."""
        a_year = prod(len(codes) for codes in self.fixed.values())
        at_once = most_cells // a_year if a_year else 0
        if at_once == 0:
            raise BrokenAnswerError(
                _("A single year holds %(cells)d cells, more than SCB gives at a time.")
                % {"cells": a_year},
                _("Ask for fewer municipalities."),
            )
        for start in range(0, len(self.years), at_once):
            yield {**self.fixed, self.time: self.years[start : start + at_once]}


def scb_file(client: Client, fetchable: Fetchable, question: Question, told: Told) -> Any:
    """The inhabitants as one JSON-stat 2 answer, however many questions it took."""
    if (question.api or fetchable.api) == "v1":
        return _version_1(client, fetchable, question, told)
    return _version_2(client, fetchable, question, told)


def _version_2(client: Client, fetchable: Fetchable, question: Question, told: Told) -> Any:
    base = fetchable.address(question.api)
    age = _age(fetchable, question)
    config = client.json(f"{base}/config", max_age=age)
    limit = _limit(client, fetchable, config)
    table = _table(client, fetchable, base, age)
    metadata = client.json(f"{base}/tables/{quote(table)}/metadata?lang=sv", max_age=age)
    selection = _selection(_variables_2(metadata, fetchable), question, fetchable)
    answers = []
    parts = list(selection.parts(limit))
    for number, part in enumerate(parts):
        told(number, len(parts))
        asked = {f"valuecodes[{name}]": ",".join(codes) for name, codes in part.items()}
        query = urlencode({"lang": "sv", **asked, "outputFormat": "json-stat2"}, safe="[],")
        answer = client.json(f"{base}/tables/{quote(table)}/data?{query}", max_age=age)
        answers.append(_dataset(answer, fetchable))
    return _joined(answers, selection.time, fetchable)


def _version_1(client: Client, fetchable: Fetchable, question: Question, told: Told) -> Any:
    address = f"{fetchable.address('v1')}/{fetchable.table_path}"
    age = _age(fetchable, question)
    metadata = client.json(address, max_age=age)
    selection = _selection(_variables_1(metadata, fetchable), question, fetchable)
    answers = []
    parts = list(selection.parts(fetchable.most_cells))
    for number, part in enumerate(parts):
        told(number, len(parts))
        asked = [
            {"code": name, "selection": {"filter": "item", "values": list(codes)}}
            for name, codes in part.items()
        ]
        sent = {"query": asked, "response": {"format": "json-stat2"}}
        answers.append(_dataset(client.json(address, max_age=age, question=sent), fetchable))
    return _joined(answers, selection.time, fetchable)


def _age(fetchable: Fetchable, question: Question) -> float:
    return 0.0 if question.is_forced else fetchable.fresh_hours * 3600.0


def _limit(client: Client, fetchable: Fetchable, config: Any) -> int:
    """SCB's own limits, as it states them today; ours stand where it does not."""
    if not isinstance(config, dict):
        raise _changed(fetchable, _("its limits cannot be read"))
    calls, window = config.get("maxCallsPerTimeWindow"), config.get("timeWindow")
    if isinstance(calls, int) and isinstance(window, int) and calls > 0 and window > 0:
        client.obey(replace(client.rules, calls=calls, window_seconds=float(window)))
    cells = config.get("maxDataCells")
    return cells if isinstance(cells, int) and cells > 0 else fetchable.most_cells


def _table(client: Client, fetchable: Fetchable, base: str, age: float) -> str:
    """The id of the table of inhabitants: ids are found, not remembered."""
    query = urlencode({"lang": "sv", "query": fetchable.table_words, "pageSize": 100})
    found = client.json(f"{base}/tables?{query}", max_age=age)
    tables = found.get("tables") if isinstance(found, dict) else None
    if not isinstance(tables, list):
        raise _changed(fetchable, _("it gives no list of tables"))
    wanted = set(fetchable.table_words.split()[1:])
    fitting = [each for each in tables if isinstance(each, dict) and wanted <= _names(each)]
    alive = [each for each in fitting if not each.get("discontinued")]
    if not alive:
        raise _changed(fetchable, _("the table of inhabitants is not in its list"))
    # The one that reaches furthest; of equals, the one with the fewest dimensions.
    best = max(alive, key=lambda each: (str(each.get("lastPeriod")), -len(_names(each))))
    return str(best["id"])


def _names(table: dict[str, Any]) -> set[str]:
    names = table.get("variableNames")
    return {str(name).lower() for name in names} if isinstance(names, list) else set()


def _variables_2(metadata: Any, fetchable: Fetchable) -> list[Variable]:
    try:
        found = []
        for name in metadata["id"]:
            entry = metadata["dimension"][name]
            index, labels = entry["category"]["index"], entry["category"].get("label", {})
            codes = sorted(index, key=lambda code: int(index[code]))
            may = bool(entry.get("extension", {}).get("elimination"))
            texts = tuple(str(labels.get(code, code)) for code in codes)
            found.append(Variable(name, tuple(codes), texts, may))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _changed(fetchable, _("its description of the table cannot be read")) from None
    return found


def _variables_1(metadata: Any, fetchable: Fetchable) -> list[Variable]:
    try:
        return [
            Variable(
                str(each["code"]),
                tuple(map(str, each["values"])),
                tuple(map(str, each["valueTexts"])),
                bool(each.get("elimination")),
            )
            for each in metadata["variables"]
        ]
    except (KeyError, TypeError):
        raise _changed(fetchable, _("its description of the table cannot be read")) from None


def _selection(
    variables: Sequence[Variable], question: Question, fetchable: Fetchable
) -> Selection:
    fixed: dict[str, tuple[str, ...]] = {}
    time = ""
    years: tuple[str, ...] = ()
    for variable in variables:
        name = variable.code.lower()
        if name in TIMES:
            time = variable.code
            span = range(question.from_year, question.to_year + 1)
            years = tuple(each for each in variable.codes if each.isdigit() and int(each) in span)
        elif name in REGIONS:
            fixed[variable.code] = _regions(variable, question)
        elif variable.code == CONTENTS:
            fixed[variable.code] = (_contents(variable, fetchable),)
        elif not variable.may_be_left_out:
            fixed[variable.code] = variable.codes
    if not time or not any(name.lower() in REGIONS for name in fixed):
        raise _changed(fetchable, _("the table has no region or no year"))
    if not years:
        raise BrokenAnswerError(_("SCB has no figures for the years asked for."))
    return Selection(fixed, time, years)


def _regions(variable: Variable, question: Question) -> tuple[str, ...]:
    known = set(variable.codes)
    missing = [code for code in question.municipality_codes if code not in known]
    if missing:
        raise BrokenAnswerError(
            _("SCB's table does not hold %(codes)s.") % {"codes": ", ".join(missing)}
        )
    return question.municipality_codes


def _contents(variable: Variable, fetchable: Fetchable) -> str:
    for code, label in zip(variable.codes, variable.labels, strict=True):
        if label.strip().lower() in INHABITANTS:
            return code
    raise _changed(fetchable, _("the table's contents are no longer called Folkmängd"))


def _dataset(answer: Any, fetchable: Fetchable) -> dict[str, Any]:
    whole = isinstance(answer, dict) and {"id", "size", "dimension"} <= answer.keys()
    if not whole:
        raise _changed(fetchable, _("it is not JSON-stat 2"))
    if "value" not in answer:
        raise _changed(fetchable, _("it holds no values"))
    found: dict[str, Any] = answer
    return found


def _joined(answers: list[dict[str, Any]], time: str, fetchable: Fetchable) -> dict[str, Any]:
    try:
        return joined(answers, time)
    except (KeyError, TypeError, ValueError):
        raise _changed(fetchable, _("its parts do not fit together")) from None


def _changed(fetchable: Fetchable, what: str) -> ChangedAnswerError:
    return ChangedAnswerError(fetchable.host, what)
