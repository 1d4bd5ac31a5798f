"""However the course ends, nothing is left: no process, no file."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest

if TYPE_CHECKING:
    from tests.classroom.conftest import Start

LESSON = "voila/render/00-sample-lesson.ipynb"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_server_and_kernels(tmp_path: Path, start: Start, number: int) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    course = start(tmp_path / "lessons", environment={"TMPDIR": str(scratch)})
    assert course.request(LESSON).status == 200
    children = psutil.Process(course.process.pid).children(recursive=True)
    assert children
    assert list(scratch.iterdir())
    assert course.stop(number) == 0
    assert [child for child in children if child.is_running()] == []
    assert list(scratch.iterdir()) == []
    host, port = urlsplit(course.address).hostname, urlsplit(course.address).port
    with socket.socket() as probe:
        assert probe.connect_ex((str(host), int(port or 0))) != 0


def test_a_signal_while_kernels_start_leaves_none(tmp_path: Path, start: Start) -> None:
    course = start(tmp_path / "lessons")
    process = psutil.Process(course.process.pid)
    assert course.stop(signal.SIGTERM) == 0
    assert not process.is_running()
    inside = f"{tmp_path}"
    left = [each for each in psutil.process_iter(["cwd"]) if each.info["cwd"] == inside]
    assert left == []


def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path: Path, start: Start) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder: nobody, root included, can write below it")
    course = start(tmp_path / "lessons", environment={"HOME": str(home / "ada")})
    lesson = course.request(LESSON)
    assert lesson.status == 200
    assert lesson.text.count('<script type="application/vnd.voila.cell-output+json">') == 3
    assert course.stop(signal.SIGTERM) == 0
    assert home.is_file()


def test_nothing_is_written_into_the_home(tmp_path: Path, start: Start) -> None:
    home = tmp_path / "home"
    home.mkdir()
    course = start(tmp_path / "lessons", environment={"HOME": str(home)})
    assert course.request(LESSON).status == 200
    assert course.stop(signal.SIGTERM) == 0
    assert list(home.iterdir()) == []
    assert "HOME" in os.environ
