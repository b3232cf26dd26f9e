"""How an entry is sealed: the hash of its content and of the link before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64

SEALED_FIELDS = (
    "sequence",
    "at",
    "action",
    "actor_user_id",
    "actor_label",
    "actor_party_ref",
    "function_ref",
    "function_title",
    "on_behalf_of",
    "object_type",
    "object_ref",
    "owner_party_ref",
    "reason",
    "details",
    "previous_hash",
)


def seal(content: Mapping[str, Any]) -> str:
    """The hash over every sealed field, in a form that both databases give back unchanged."""
    canonical = json.dumps(
        {name: content[name] for name in SEALED_FIELDS},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
