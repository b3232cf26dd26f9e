"""Write the agreed description of the API anew, after a change on purpose."""

from __future__ import annotations

import json
from pathlib import Path

SNAPSHOT = Path(__file__).parent / "openapi.json"


def write() -> None:
    from .routes import api

    described = json.dumps(api.get_openapi_schema(), indent=1, default=str, sort_keys=True)
    SNAPSHOT.write_text(described + "\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    write()
