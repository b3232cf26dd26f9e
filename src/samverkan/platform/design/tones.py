"""How a tag or a notice sounds. Colour repeats what the words already say."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    NEUTRAL = "neutral"
    OK = "ok"
    WARN = "warn"
    STOP = "stop"
