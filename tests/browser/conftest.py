"""Real servers, a real browser, and a record of everything a page does."""

from __future__ import annotations

import json
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import find_browser

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "artefacts" / "browser"
AXE = ROOT / "widgets" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SAMPLE = Path(__file__).parent / "sample_course.py"
BINARY_FRAME = 2
PATIENCE_MS = 90_000
"""How long a condition may take on a busy machine before a test gives up."""

expect.set_options(timeout=PATIENCE_MS)


# --- servers -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]
    folder: Path

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


@contextmanager
def running(
    command: list[str],
    folder: Path,
    says: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Start a server and wait until it prints a line with `says` and its address."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
    )
    assert process.stdout is not None
    printed = []
    for line in process.stdout:
        printed.append(line)
        found = re.search(r"http://\S+", line)
        if says in line and found:
            server = Server(found.group(), process, folder)
            break
    else:
        raise AssertionError(f"{command} ended with {process.wait()}:\n{''.join(printed)}")
    reader = _drain(process)
    try:
        yield server
    finally:
        server.stop()
        reader.join()


def _drain(process: subprocess.Popen[str]) -> threading.Thread:
    """Read what a server goes on to print, so that it never waits for a reader."""
    thread = threading.Thread(target=lambda: list(process.stdout or ()), daemon=True)
    thread.start()
    return thread


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The course itself, as students start it."""
    folder = tmp_path_factory.mktemp("serve")
    command = ["-m", "l3s1.classroom.cli", "serve", "--no-browser"]
    with running(command, folder, "is open at") as server:
        yield server


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The lessons in JupyterLab, which must not save what the tests run."""
    folder = tmp_path_factory.mktemp("lab")
    settings = folder / "settings" / "@jupyterlab"
    for plugin, values in {
        "docmanager-extension/plugin": {"autosave": False},
        "apputils-extension/notification": {"fetchNews": "false"},
    }.items():
        path = settings / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    environment = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    command = ["-m", "l3s1.classroom.cli", "lab", "--no-browser"]
    with running(command, folder, "are open in JupyterLab at", environment) as server:
        yield server


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Made-up lessons, for what real ones do not show: failing, waiting, plain controls."""
    folder = tmp_path_factory.mktemp("sample")
    with running([str(SAMPLE), str(folder)], folder, "is open at") as server:
        yield server


@pytest.fixture
def own_sample(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start the made-up course for one test, so that it may be stopped or moved."""
    with ExitStack() as stack:

        def begin(*arguments: str) -> Server:
            command = [str(SAMPLE), str(tmp_path), *arguments]
            return stack.enter_context(running(command, tmp_path, "is open at"))

        yield begin


@pytest.fixture
def stock() -> Iterator[Callable[..., Server]]:
    """A Voilà that knows nothing of the course, with a made-up lesson."""
    with ExitStack() as stack:

        def begin(folder: Path, name: str = "00-sample-lesson.ipynb") -> Server:
            runpy.run_path(str(SAMPLE))["write_notebooks"](folder)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            lesson = str(folder / name)
            options = ["--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
            return stack.enter_context(running(["-m", "voila", lesson, *options], folder, "http"))

        yield begin


# --- the browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that L3S1_CHROMIUM names, or the one on the machine."""
    program = os.environ.get("L3S1_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*find_browser.FLAGS])
        yield started
        started.close()


@dataclass
class Visit:
    """A page, and what it has asked for and complained of."""

    page: Page
    origin: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    cached: set[str] = field(default_factory=set)
    socket_bytes: int = 0
    http_bytes: int = 0

    def watch(self) -> None:
        """Note console errors, uncaught errors, requests and bytes from now on."""
        self.page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        session = self.page.context.new_cdp_session(self.page)
        session.on("Network.requestServedFromCache", self._note_cached)
        session.on("Network.responseReceived", self._note_response)
        session.on("Network.loadingFinished", self._note_bytes)
        session.on("Network.webSocketFrameReceived", self._note_frame)
        session.on("Network.webSocketFrameSent", self._note_frame)
        session.send("Network.enable")

    def _note_cached(self, event: dict[str, Any]) -> None:
        self.cached.add(event["requestId"])

    def _note_response(self, event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache") and event["requestId"] not in self.cached:
            self.fetched.append(event["response"]["url"])

    def _note_bytes(self, event: dict[str, Any]) -> None:
        self.http_bytes += int(event["encodedDataLength"])

    def _note_frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        length = len(frame["payloadData"])
        # binary frames are reported in base64
        self.socket_bytes += length * 3 // 4 if frame["opcode"] == BINARY_FRAME else length

    def forget(self) -> None:
        """Start the record anew."""
        for each in (self.errors, self.requests, self.fetched):
            each.clear()
        self.socket_bytes = self.http_bytes = 0

    def open(self, address: str) -> Page:
        """Go to an address."""
        self.page.goto(address, wait_until="commit")
        return self.page

    def open_lesson(self, address: str) -> Page:
        """Go to a lesson and wait until all its figures are there."""
        self.open(address)
        self.wait_for_figures()
        expect(self.page.locator("#l3s1-trouble")).to_be_hidden()
        expect(self.page.locator("#l3s1-state")).to_be_hidden()
        return self.page

    def wait_for_figures(self) -> None:
        """Wait until a page says that it is ready: then its charts are drawn."""
        expect(self.page.locator("html[data-l3s1-ready]")).to_be_attached(timeout=PATIENCE_MS)
        charts = self.page.locator(".l3s1-activity")
        assert charts.locator(".js-plotly-plot .main-svg").count() >= charts.count()

    def kernel_process(self, server: Server) -> Any:
        """The process of the page's kernel."""
        kernel = self.page.evaluate(
            "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
        )
        children = psutil.Process(server.process.pid).children(recursive=True)
        # forked kernels look alike from outside, but each listens on the ports of its own file
        (folder,) = {child.environ()["JUPYTER_RUNTIME_DIR"] for child in children}
        connection = json.loads(Path(folder, f"kernel-{kernel}.json").read_text(encoding="utf-8"))
        for child in children:
            listened = [each.laddr.port for each in child.net_connections() if not each.raddr]
            if connection["shell_port"] in listened:
                return child
        raise AssertionError(f"no process of kernel {kernel}")

    def expect_no_outside_request(self) -> None:
        """Everything came from this server, or from the page itself."""
        own = (self.origin, self.origin.replace("http", "ws", 1), "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(own)] == []

    def expect_no_error(self) -> None:
        """The console is clean."""
        assert self.errors == []

    def expect_accessible(self, within: str = "html") -> None:
        """Axe finds nothing to mend."""
        self.page.add_script_tag(path=AXE)
        found = self.page.evaluate(
            "async (within) => (await axe.run(within)).violations.map((violation) =>"
            " [violation.id, violation.nodes.map((node) => node.html.slice(0, 160)).slice(0, 4)])",
            within,
        )
        assert found == []

    def take_picture(self, name: str) -> None:
        """Keep a picture of the whole page."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def sideways_scroll(self) -> int:
        """How far the page can be scrolled sideways; it should not be."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width


Visiting = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visiting]:
    """Open a fresh browser profile with a page for a server."""
    contexts = []

    def begin(server: Server, *, width: int = 1440, scheme: str = "light", **more: Any) -> Visit:
        height = 740 if width < 600 else 900
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        new = Visit(context.new_page(), server.origin)
        new.watch()
        return new

    yield begin
    for context in contexts:
        context.close()
