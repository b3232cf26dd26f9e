"""The browser files of others are what their publishers published, with their licences."""

from __future__ import annotations

import pytest

from scripts.vendor import TARGET, files

FILES = files()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.target)
def test_it_is_what_its_checksum_says(file):
    assert file.is_intact()


def test_no_file_lies_there_that_the_list_does_not_name():
    listed = {file.path for file in FILES}
    assert {path for path in TARGET.rglob("*") if path.is_file()} == listed


def test_every_package_has_its_licence_beside_it():
    for folder in TARGET.iterdir():
        assert list(folder.glob("LICENSE*")), folder.name


def test_a_changed_byte_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.vendor.TARGET", tmp_path)
    copy = tmp_path / FILES[0].target
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"something else")
    assert not FILES[0].is_intact()
