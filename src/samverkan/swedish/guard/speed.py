"""How long the guard takes for a text of 400 characters, the longest a report may hold."""

from __future__ import annotations

from collections.abc import Callable

from samverkan.swedish.guard.guard import find_persons
from samverkan.swedish.guard.labelled_set import Part, labelled_texts

LENGTH = 400
_ROUNDS = 3


def milliseconds_per_text(clock: Callable[[], float]) -> float:
    """The best mean of three rounds over texts joined from the labelled set; `clock` in seconds."""
    texts = texts_of_full_length()
    find_persons(texts[0])
    rounds: list[float] = []
    for _ in range(_ROUNDS):
        began = clock()
        for text in texts:
            find_persons(text)
        rounds.append((clock() - began) / len(texts))
    return min(rounds) * 1000


def texts_of_full_length() -> tuple[str, ...]:
    """Every labelled text, marked and clean in turn, cut into pieces of LENGTH."""
    every = [labelled.text for part in Part for labelled in labelled_texts(part)]
    whole = " ".join(every[::2] + every[1::2])
    return tuple(whole[start : start + LENGTH] for start in range(0, len(whole) - LENGTH, LENGTH))
