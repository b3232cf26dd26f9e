"""Draw every state machine of the house from the code itself into docs/state-machines/.

    python -m scripts.state_machines

The test in tests/architecture fails when a committed drawing is not what the code draws.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "state-machines"


def drawings() -> dict[str, str]:
    """File name and content of every drawing and of the page that shows them, in Swedish."""
    from django.utils.translation import override

    from samverkan.platform.state_drawing import draw_machine
    from samverkan.platform.states import machines

    with override("sv"):
        files = {f"{each.key}.svg": f"{draw_machine(each)}\n" for each in machines()}
        parts = [f"## {each.title}\n\n![{each.title}]({each.key}.svg)\n" for each in machines()]
    head = (
        "# Tillståndsmaskiner\n\nRitade ur koden med "
        "`python -m scripts.state_machines`. Pilar framåt i ordningen går till höger, pilar\n"
        "tillbaka till vänster; inom hakparentes står vad som måste vara uppfyllt.\n"
    )
    return {**files, "index.md": "\n".join([head, *parts])}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.config.settings.testing")
    import django

    from scripts.compile_messages import compile_all

    compile_all()
    django.setup()
    FOLDER.mkdir(exist_ok=True)
    for name, content in drawings().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
        print(f"docs/state-machines/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
