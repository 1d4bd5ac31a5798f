"""A lesson: its text is sent at once, its figures as soon as its kernel has made them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tornado.iostream import StreamClosedError

from l3s1.classroom.course_map import LessonPage
from l3s1.classroom.kernels import ClassroomKernels
from l3s1.classroom.pages import PageHandler, closed_lesson_words, is_map
from l3s1.classroom.rendering import LessonRenderer

CELL_FAILED = (
    "This part of the lesson could not be computed. Open the lesson again; if that does not "
    "help, the window in which the course was started says why."
)
HEARTBEAT_S = 10.0
"""How often a page that waits for a long cell is told that the server is still at work."""

RETRY_AFTER_S = 60
"""When to come again where the course is full; kernels that nobody uses end within minutes."""

_FULL_TITLE = "The course is full"
_FULL = (
    "This server has no memory left for another lesson. Pages that others close make room: "
    "please try again in a minute. Nothing of yours is lost."
)


@dataclass(frozen=True)
class Rendering:
    """What Voilà's renderer takes from the server."""

    voila_configuration: Any
    traitlet_config: Any
    template_paths: list[str]
    page_config: Mapping[str, Any]


class LessonHandler(PageHandler):
    """Runs a lesson's notebook in a kernel of its own and streams the page."""

    def initialize(self, rendering: Rendering, **more: Any) -> None:  # type: ignore[override]
        """Take what the server shares with all pages, and Voilà's settings."""
        super().initialize(**more)
        self.rendering = rendering
        self._kernel_id: str | None = None

    async def get(self, notebook: str) -> None:
        """Show a lesson, or say why it can't be opened."""
        if is_map(notebook):
            self.redirect(self.base_url)
            return
        page = self.classroom.course.find(notebook)
        if page is None or not page.ready:
            self.show_message(404, *closed_lesson_words(self.classroom.course, notebook))
            return
        if not self._kernels.has_room():
            self.set_header("Retry-After", str(RETRY_AFTER_S))
            self.show_message(503, _FULL_TITLE, _FULL)
            return
        renderer = await self._renderer(page)
        lease = self._kernels.lease()
        self._kernel_id = lease.kernel_id
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Accel-Buffering", "no")
        self.xsrf_token  # noqa: B018  (sets the cookie that the page needs to end its kernel)
        try:
            values = self._page_values(page, lease.kernel_id)
            renderer.resources["l3s1"] = values
            await self._stream(renderer.generate_content_generator(lease.kernel_id, lease.kernel))
        except StreamClosedError:
            await self._end_kernel()
        except Exception:
            self.log.exception("the lesson %s could not be shown", page.notebook)
            await self._end_kernel()
            self.write(_FAILED)

    async def _renderer(self, page: LessonPage) -> Any:
        renderer = LessonRenderer(
            request_handler=self,
            voila_configuration=self.rendering.voila_configuration,
            traitlet_config=self.rendering.traitlet_config,
            notebook_path=page.notebook,
            template_paths=self.rendering.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=dict(self.rendering.page_config),
        )
        renderer.log = self.log
        await renderer.initialize()
        return renderer

    def _page_values(self, page: LessonPage, kernel_id: str) -> dict[str, Any]:
        before, after = self.classroom.course.neighbours(page)
        return self.frame(
            lesson=page,
            before=before,
            after=after,
            kernel_id=kernel_id,
            cell_failed=CELL_FAILED,
        )

    async def _stream(self, snippets: AsyncIterator[tuple[str, Any]]) -> None:
        """Send each part as it comes; a sign of life while nothing comes."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()

        async def produce() -> None:
            try:
                async for html, _ in snippets:
                    await queue.put(html)
            finally:
                await queue.put(None)

        producer = asyncio.ensure_future(produce())
        try:
            while True:
                try:
                    html = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except TimeoutError:
                    html = "<script>l3s1Page.alive()</script>\n"
                if html is None:
                    break
                while not queue.empty():
                    more = queue.get_nowait()
                    if more is None:
                        queue.put_nowait(None)
                        break
                    html += more
                self.write(html)
                await self.flush()
            await producer
        finally:
            producer.cancel()

    async def _end_kernel(self) -> None:
        if self._kernel_id is not None and self._kernel_id in self._kernels:
            await self._kernels.end(self._kernel_id)

    @property
    def _kernels(self) -> ClassroomKernels:
        return cast("ClassroomKernels", self.kernel_manager)


_FAILED = f"<script>l3s1Page.failed({json.dumps('server')})</script></body></html>"
