"""List the licence of every package that the product runs on, in NOTICE.md.

`--check` fails when the list is out of step with what the runtime's lock names, or when a package
has a licence that has not been judged to go with EUPL-1.2.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTICE = ROOT / "NOTICE.md"
JUDGED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser General|Unlicense|HPND|"
    r"Public Domain|ZPL|0BSD|CNRI",
    re.IGNORECASE,
)
PIN = re.compile(r"^([A-Za-z0-9_.\-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def pins() -> list[tuple[str, str]]:
    text = (ROOT / "requirements" / "production.txt").read_text(encoding="utf-8")
    return sorted(PIN.findall(text), key=lambda pin: pin[0].lower())


def licence_of(name: str) -> str:
    """The licence in the package's own words; None-like when it is not for this platform."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return "not installed on this platform"
    expression = facts.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        line.rsplit("::", 1)[-1].strip()
        for line in facts.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    first_line = (facts.get("License") or "").strip().split("\n")[0]
    return ", ".join(classifiers) or first_line[:80] or "not stated"


def notice() -> str:
    rows = [f"| {name} | {version} | {licence_of(name)} |" for name, version in pins()]
    return (
        "# Notice\n\nSamverkan is licensed under EUPL-1.2 (see LICENSE). It runs on these "
        "packages, each under its own licence. Browser files and fonts have theirs beside them.\n\n"
        "| package | version | licence |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def main(arguments: list[str]) -> int:
    unjudged = [
        f"{name}: {licence_of(name)}"
        for name, _version in pins()
        if not JUDGED.search(licence_of(name)) and "not installed" not in licence_of(name)
    ]
    if unjudged:
        print("not judged to go with EUPL-1.2:\n" + "\n".join(unjudged))
        return 1
    if "--check" not in arguments:
        NOTICE.write_text(notice(), encoding="utf-8")
        return 0
    if NOTICE.read_text(encoding="utf-8") != notice():
        print("NOTICE.md is out of step: python -m scripts.licences")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
