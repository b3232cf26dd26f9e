"""Fetch the browser files that the product serves itself, and check them against their checksums.

    python scripts/vendor.py            fetch what is missing or changed, then check
    python scripts/vendor.py --check    only check what is there
    python scripts/vendor.py --update   fetch, and write the checksums of what came

Files come out of published packages (`npm pack`); which package, which version and which files
stands in vendor.json beside this script.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "scripts" / "vendor.json"
TARGET = ROOT / "src" / "samverkan" / "platform" / "design" / "static" / "design" / "vendor"


@dataclass(frozen=True)
class VendoredFile:
    """One file: where it lies in the package, where it lies here, and its sha512 in base64."""

    package: str
    version: str
    source: str
    target: str
    sha512: str

    @property
    def path(self) -> Path:
        return TARGET / self.target

    def is_intact(self) -> bool:
        return self.path.is_file() and checksum(self.path.read_bytes()) == self.sha512


def checksum(content: bytes) -> str:
    return base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")


def files() -> list[VendoredFile]:
    """Every vendored file, as vendor.json lists them."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return [
        VendoredFile(
            package["name"], package["version"], entry["source"], entry["target"], entry["sha512"]
        )
        for package in manifest["packages"]
        for entry in package["files"]
    ]


def fetch(package: str, version: str, into: Path) -> Path:
    """The package's archive, downloaded by the npm command with whatever registry it uses."""
    result = subprocess.run(
        ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(into)],
        check=True,
        capture_output=True,
        text=True,
    )
    return into / result.stdout.split()[-1]


def unpack(wanted: list[VendoredFile], archive: Path) -> None:
    with tarfile.open(archive) as package:
        for file in wanted:
            member = package.extractfile(f"package/{file.source}")
            if member is None:
                raise SystemExit(f"{file.package} has no file {file.source}")
            file.path.parent.mkdir(parents=True, exist_ok=True)
            file.path.write_bytes(member.read())


def fetch_all(wanted: list[VendoredFile]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package, version in sorted({(file.package, file.version) for file in wanted}):
            archive = fetch(package, version, Path(folder))
            unpack([file for file in wanted if file.package == package], archive)


def write_checksums() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for package in manifest["packages"]:
        for entry in package["files"]:
            entry["sha512"] = checksum((TARGET / entry["target"]).read_bytes())
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch and check the vendored browser files.")
    parser.add_argument("--check", action="store_true", help="only check what is there")
    parser.add_argument("--update", action="store_true", help="write the checksums of what came")
    arguments = parser.parse_args()
    if arguments.update:
        fetch_all(files())
        write_checksums()
    elif not arguments.check:
        fetch_all([file for file in files() if not file.is_intact()])
    damaged = [file.target for file in files() if not file.is_intact()]
    for target in damaged:
        print(f"not what vendor.json says: {target}", file=sys.stderr)
    return 1 if damaged else 0


if __name__ == "__main__":
    sys.exit(main())
