"""An analysis killed or failing in the middle: the old answer stays, or the new one is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samverkan.compute import command
from samverkan.compute.alarm_file import AlarmFile
from samverkan.compute.tests.cluster_process import SOURCE
from samverkan.compute.tests.events import write_events


def start(events: Path, output: Path, scratch: Path) -> subprocess.Popen[str]:
    arguments = [str(events), "--by", "kind", "--evaluate", "1", "--output", str(output)]
    return subprocess.Popen(
        [
            sys.executable, "-m", "samverkan.config.cli", "analyse", *arguments,
            "--temporary-folder", str(scratch),
        ],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job ignores Ctrl-C, and so would its children: they listen again.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def wait_until_it_works(scratch: Path) -> None:
    deadline = time.monotonic() + 30
    while not any(scratch.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_analysis_leaves_the_old_answer_whole(
    number: signal.Signals, tmp_path: Path
) -> None:
    events, output, scratch = tmp_path / "e.csv", tmp_path / "alarms.csv", tmp_path / "scratch"
    write_events(events)
    output.write_text("the old answer", encoding="utf-8")
    scratch.mkdir()
    with start(events, output, scratch) as process:
        wait_until_it_works(scratch)
        process.send_signal(number)
        _, told = process.communicate(timeout=30)
    assert process.returncode != 0
    assert output.read_text(encoding="utf-8") == "the old answer"
    if number is not signal.SIGKILL:
        assert told == "samverkan analyse: stopped; nothing was written\n"
        assert not list(scratch.iterdir())


def test_an_answer_that_cannot_be_written_leaves_the_old_one_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    events, output = tmp_path / "e.csv", tmp_path / "alarms.csv"
    write_events(events)
    output.write_text("the old answer", encoding="utf-8")

    def disk_is_full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("samverkan.compute.alarm_file.os.fsync", disk_is_full)
    assert command.main([str(events), "--by", "kind", "--output", str(output)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert output.read_text(encoding="utf-8") == "the old answer"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alarms.csv", "e.csv"]


def test_the_partial_file_lies_beside_the_answer_so_that_one_rename_completes_it(
    tmp_path: Path,
) -> None:
    answer = AlarmFile.at(tmp_path / "alarms.parquet")
    assert answer.partial.parent == answer.path.parent
    assert answer.partial.name.startswith(".alarms.parquet.")
