"""The course's server: Voilà's parts that a lesson needs, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
import socket
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError
from traitlets.config import Config
from voila._version import __version__ as voila_version
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.paths import collect_static_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.utils import get_page_config, get_voila_labextensions_path

from l3s1.classroom.channels import ChannelsHandler
from l3s1.classroom.course_map import CourseMap
from l3s1.classroom.extension import STATIC_ROUTE
from l3s1.classroom.kernels import ClassroomKernels, OwnPythonOnly
from l3s1.classroom.lesson import LessonHandler, Rendering
from l3s1.classroom.pages import (
    Classroom,
    MapHandler,
    MissingHandler,
    ToMapHandler,
    page_templates,
)
from l3s1.classroom.room import NEEDED_MIB
from l3s1.classroom.static_files import (
    FileStore,
    StaticFileHandler,
    course_files,
    plotly_files,
    read_static_file,
)

TEMPLATE = "l3s1"
WIDGET_EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
)
"""The front-end extensions a lesson needs; whatever else is installed stays out of the page."""

IDLE_KERNEL_S = 600
"""A kernel that no page is connected to is ended after this time."""

_KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (names only)
_LOOPBACK = re.compile(r"^(127\.\d+\.\d+\.\d+|::1|localhost)$")


class ReadOnlyKernelHandler(KernelHandler):
    """Says whether a kernel is there. Pages end theirs through another address."""

    async def delete(self, **_: str) -> None:
        """Refuse."""
        raise HTTPError(405)


def server_config(warm_kernels: int, needed_mib: float) -> Config:
    """Voilà's settings for the course; no configuration file is read beside them."""
    return Config(
        {
            "VoilaConfiguration": {
                "template": TEMPLATE,
                "strip_sources": True,
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "show_tracebacks": False,
                "file_allowlist": [],
                "extension_allowlist": list(WIDGET_EXTENSIONS),
                "extension_denylist": [],
                "preheat_kernel": False,
                "progressive_rendering": False,
                "multi_kernel_manager_class": ClassroomKernels,
                "kernel_spec_manager_class": OwnPythonOnly,
            },
            "ClassroomKernels": {"warm_kernels": warm_kernels, "needed_mib": needed_mib},
            "MappingKernelManager": {
                "cull_idle_timeout": IDLE_KERNEL_S,
                "cull_interval": 60,
                "buffer_offline_messages": True,
            },
            "KernelManager": {"shutdown_wait_time": 2.0},
            "KernelRestarter": {"restart_limit": 0},
        }
    )


class CourseNotebooks(LargeFileManager):
    """Reads the course's notebooks; whether a user has marked them as trusted plays no part."""

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Nothing to do: outputs are made anew for each page."""


class CourseServer(Voila):  # type: ignore[misc]
    """Serves the course map, the ready lessons and their files, and nothing else.

    Notebook sources, the contents interface, kernel starts from outside, restarts and every
    other file are not reachable: their routes do not exist.
    """

    def __init__(
        self,
        course: CourseMap,
        *,
        warm_kernels: int = 2,
        needed_mib: float = NEEDED_MIB,
        **traits: Any,
    ) -> None:
        config = server_config(warm_kernels, needed_mib)
        super().__init__(config=config, log_level=logging.WARNING, **traits)
        self.course = course
        self.root_dir = str(course.folder)
        self._stop: asyncio.Event | None = None

    def initialize(self, _argv: Sequence[str] | None = None) -> None:
        """Read the settings given to this object; command lines and files are left alone."""
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()

    def make_application(self, connection_dir: Path) -> Application:
        """The tornado application; `connection_dir` takes the kernels' connection files."""
        self.connection_dir = str(connection_dir)
        self.initialize()
        settings = self.init_settings()
        self.contents_manager = CourseNotebooks(parent=self)
        settings.update(
            contents_manager=self.contents_manager,
            compress_response=True,
            xsrf_cookies=True,
            xsrf_cookie_kwargs={"samesite": "Lax", "path": self.base_url},
            allow_remote_access=not _LOOPBACK.match(self.ip),
            local_hostnames=["localhost"],
            default_handler_class=MissingHandler,
            static_path=None,
            websocket_compression_options={},
        )
        self.classroom = Classroom(self.course, course_files(), page_templates())
        settings["default_handler_args"] = {"classroom": self.classroom}
        application = Application(**settings)
        application.add_handlers(".*$", self.init_handlers())
        self.app = application
        return application

    def init_handlers(self) -> list[Any]:
        """Every route of the server."""
        shared = {"classroom": self.classroom}
        rendering = Rendering(
            self.voila_configuration, self.config, self.template_paths, self._page_config()
        )
        folders = [Path(path) for path in collect_static_paths(["voila"], TEMPLATE)]
        self._voila_files = FileStore(folders)
        extension_files = FileStore([Path(path) for path in get_voila_labextensions_path()])
        routes: list[tuple[Any, ...]] = [
            ("", MapHandler, shared),
            (r"voila/render/(.*)", LessonHandler, {**shared, "rendering": rendering}),
            (r"voila/tree/?.*", ToMapHandler, shared),
            (STATIC_ROUTE, StaticFileHandler, {"store": self.classroom.files}),
            (
                rf"l3s1/voila-{re.escape(voila_version)}/(.*)",
                StaticFileHandler,
                {"store": self._voila_files, "fixed": True},
            ),
            (r"voila/labextensions/(.*)", StaticFileHandler, {"store": extension_files}),
            (rf"api/kernels/{_KERNEL_ID}", ReadOnlyKernelHandler),
            (rf"api/kernels/{_KERNEL_ID}/channels", ChannelsHandler),
            (rf"voila/api/shutdown/{_KERNEL_ID}", VoilaShutdownKernelHandler),
        ]
        below = re.escape(self.base_url)
        if self.base_url != "/":
            bare = re.escape(self.base_url.rstrip("/"))
            return [(bare, ToMapHandler, shared), *((below + at, *rest) for at, *rest in routes)]
        return [(below + at, *rest) for at, *rest in routes]

    def _page_config(self) -> dict[str, Any]:
        config = get_page_config(
            base_url=self.base_url,
            settings={"mathjax_config": None, "mathjax_url": None},
            log=self.log,
            voila_configuration=self.voila_configuration,
        )
        config["fullStaticUrl"] = url_path_join(self.base_url, f"l3s1/voila-{voila_version}")
        return dict(config)

    async def run(self, sockets: list[socket.socket], connection_dir: Path) -> None:
        """Serve until a signal comes; then end every kernel."""
        self._stop = asyncio.Event()
        _stop_on_signals(self._stop)
        logging.getLogger("tornado.general").addFilter(_is_news)
        server = HTTPServer(self.make_application(connection_dir), xheaders=False)
        server.add_sockets(sockets)
        kernels: ClassroomKernels = self.kernel_manager
        try:
            await self._wait_until_it_answers()
            await kernels.open()
            threading.Thread(target=self._compress_ahead, daemon=True).start()
            print(f"The course is open at {self.address}\nCtrl-C stops it.", flush=True)
            if self.open_browser:
                threading.Thread(target=_open_in_browser, args=(self.address,), daemon=True).start()
            await self._stop.wait()
            print("Stopping the course and its kernels …", flush=True)
        finally:
            server.stop()
            await server.close_all_connections()
            await kernels.close()

    def _compress_ahead(self) -> None:
        """Compress the large files before the first browser asks for them."""
        for path in (*plotly_files().values(), *self._voila_files.largest(40)):
            read_static_file(path)

    @property
    def address(self) -> str:
        """The address to type into a browser."""
        return self._address_at(socket.gethostname() if self.ip in _EVERYWHERE else self.ip)

    def _address_at(self, host: str) -> str:
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{self.base_url}"

    async def _wait_until_it_answers(self) -> None:
        address = self._address_at(_EVERYWHERE.get(self.ip) or self.ip)
        await AsyncHTTPClient().fetch(HTTPRequest(address, request_timeout=30))


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows has no such handlers for event loops
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))


def _is_news(record: logging.LogRecord) -> bool:
    # Jupyter Server counts pings in milliseconds and tornado reads the same numbers as seconds;
    # tornado says so at each connection, to no consequence.
    return "websocket_ping_timeout" not in record.getMessage()


def _open_in_browser(address: str) -> None:
    with contextlib.suppress(webbrowser.Error):  # the address has been printed
        webbrowser.open(address, new=2)
