"""What a version holds, as plain values that are stored, fingerprinted and written to files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class PublishedCount:
    """`status`: final, preliminary, hidden or missing. `count` None for the last two."""

    year: int
    count: int | None
    status: str


@dataclass(frozen=True)
class PublishedSeries:
    code: str
    name_sv: str
    name_en: str
    definition_sv: str
    definition_en: str
    citation_sv: str
    citation_en: str
    is_summed: bool
    counts: tuple[PublishedCount, ...]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv

    def definition(self, language: str) -> str:
        return self.definition_en if language == "en" else self.definition_sv

    def citation(self, language: str) -> str:
        return self.citation_en if language == "en" else self.citation_sv


@dataclass(frozen=True)
class PublishedPledge:
    ref: str
    title: str
    promised: str
    done: str
    result: str
    valid_from: str
    valid_to: str
    state: str


@dataclass(frozen=True)
class PublishedAnswer:
    """One figure of a survey of perceived safety, with what it is worth."""

    survey: str
    area: str
    question_sv: str
    question_en: str
    percent: float
    lower: float | None
    upper: float | None
    base: int
    period: str
    source: str

    def question(self, language: str) -> str:
        return self.question_en if language == "en" else self.question_sv


@dataclass(frozen=True)
class PublishedPicture:
    """The decided situational picture's summary."""

    period: str
    summary: str
    decided_on: str
    decided_by: str


@dataclass(frozen=True)
class PublicContent:
    municipality_code: str
    municipality: str
    publisher: str
    contact_name: str
    contact_email: str
    limit: int
    series: tuple[PublishedSeries, ...] = ()
    pledges: tuple[PublishedPledge, ...] = ()
    answers: tuple[PublishedAnswer, ...] = ()
    picture: PublishedPicture | None = None

    @property
    def years(self) -> list[int]:
        return sorted({each.year for series in self.series for each in series.counts})


def to_json(content: PublicContent) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return plain


def from_json(plain: Mapping[str, Any]) -> PublicContent:
    fields = dict(plain)
    fields["series"] = tuple(
        PublishedSeries(
            **{**each, "counts": tuple(PublishedCount(**one) for one in each["counts"])}
        )
        for each in fields["series"]
    )
    fields["pledges"] = tuple(PublishedPledge(**each) for each in fields["pledges"])
    fields["answers"] = tuple(PublishedAnswer(**each) for each in fields["answers"])
    fields["picture"] = PublishedPicture(**fields["picture"]) if fields["picture"] else None
    return PublicContent(**fields)


def fingerprint(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the content written in one way only."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
