"""A running course with made-up lessons, and plain requests to it."""

from __future__ import annotations

import http.client
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PROGRAM = Path(__file__).parent.parent / "browser" / "sample_course.py"
NOTEBOOK = "00-sample-lesson.ipynb"
SOURCE = "widgets.IntSlider"
"""A piece of the notebook's code that no answer may hold."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class RunningCourse:
    """A server process with its address."""

    address: str
    process: subprocess.Popen[str]

    def request(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> Answer:
        """Ask for a path below the base URL, as it stands: nothing is normalised."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        try:
            connection.request(method, parts.path + path, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            fields = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, fields, response.read())
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)


def start_course(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> RunningCourse:
    """Start the made-up course and wait until it says its address."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "is open at" in line:
            return RunningCourse(line.split()[-1], process)
    raise AssertionError(f"the server ended with {process.wait()} before it answered")


Start = Callable[..., RunningCourse]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start courses that are stopped when the test is over."""
    running: list[RunningCourse] = []

    def begin(*arguments: Any, **options: Any) -> RunningCourse:
        running.append(start_course(*arguments, **options))
        return running[-1]

    yield begin
    for course in running:
        course.stop(signal.SIGTERM)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCourse]:
    """One running course for all tests that only ask."""
    running = start_course(tmp_path_factory.mktemp("course"))
    yield running
    running.stop(signal.SIGTERM)


@pytest.fixture(scope="session")
def course_below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCourse]:
    """The same below a base URL, as behind a hub."""
    running = start_course(tmp_path_factory.mktemp("below"), "/user/ada/")
    yield running
    running.stop(signal.SIGTERM)


@pytest.fixture
def sample() -> dict[str, Any]:
    """The functions of the made-up course."""
    return runpy.run_path(str(PROGRAM))
