"""What the guard answers with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """HARD may not be sent; SOFT asks the writer to think again."""

    HARD = "hard"
    SOFT = "soft"


class FindingKind(Enum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE_NUMBER = "phone"
    EMAIL_ADDRESS = "email"
    REGISTRATION_PLATE = "plate"
    SOCIAL_MEDIA_HANDLE = "handle"
    NAME = "name"
    INDIRECT_IDENTIFICATION = "indirect"

    @property
    def severity(self) -> Severity:
        return Severity.SOFT if self in _SOFT_KINDS else Severity.HARD


_SOFT_KINDS = frozenset({FindingKind.NAME, FindingKind.INDIRECT_IDENTIFICATION})


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` is `whole_text[start:end]` as it was written, invisible characters and all."""

    kind: FindingKind
    start: int
    end: int
    text: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Span:
    """A find in the folded text, before it is led back to the text as written."""

    kind: FindingKind
    start: int
    end: int
