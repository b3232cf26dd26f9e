"""Public identifiers: random, short enough to read aloud, never a row number."""

from __future__ import annotations

import secrets

# No vowels (no words by chance) and nothing that is mistaken for something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def new_ref() -> str:
    """A fresh identifier with 57 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
