"""Pages that need no kernel: the course map, and what is shown where a page is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jinja2
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from l3s1.classroom.course_map import MAP_NOTEBOOK, CourseMap
from l3s1.classroom.paths import TEMPLATES
from l3s1.classroom.static_files import FileStore, plotly_files

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""What a page may load: this server's files only. Widgets bring their code as blobs."""


@dataclass(frozen=True)
class Classroom:
    """What every page handler needs."""

    course: CourseMap
    files: FileStore
    templates: jinja2.Environment


def page_templates() -> jinja2.Environment:
    """The templates of pages that Voilà has no part in."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class PageHandler(JupyterHandler):
    """A page of the course; errors are shown as a page with a way back to the map."""

    def initialize(self, classroom: Classroom, **_: Any) -> None:
        """Take what the server shares with all pages."""
        self.classroom = classroom

    @property
    def content_security_policy(self) -> str:
        """Only this server's files, whatever a page's content asks for."""
        return POLICY

    def frame(self, **more: Any) -> dict[str, Any]:
        """What the shared frame of all pages needs; `asset` gives a file's lasting address."""
        base_url, files = self.base_url, self.classroom.files

        def asset(name: str) -> str:
            return f"{base_url}l3s1/static/{files.tagged(name)}"

        return {"base_url": base_url, "asset": asset, **more}

    def show(self, template: str, **values: Any) -> None:
        """Render one of the course's own templates and end the answer."""
        page = self.classroom.templates.get_template(template)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(page.render(**self.frame(**values)))

    def show_message(self, status: int, title: str, text: str) -> None:
        """Show a page that says what is the matter and leads back to the map."""
        self.set_status(status)
        self.show("message.html.j2", title=title, text=text)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show an error as a page of the course."""
        if self._headers_written:
            super().write_error(status_code, **kwargs)
            return
        self.show_message(status_code, *_words_for(status_code))


def _words_for(status: int) -> tuple[str, str]:
    """Title and text for an error page; what an exception says is for the log only."""
    if status == 404:
        return (
            "Page not found",
            "There is nothing at this address. The course map has every lesson.",
        )
    if status == 403:
        return "Not allowed", (
            "This server does not answer under the name in the address bar, or this page may "
            "not be opened. Use the address that l3s1 printed when it started."
        )
    if status == 405:
        return "Not allowed", "This address can only be read."
    return "Something went wrong", (
        "The server could not make this page. Open it again; if that does not help, the window "
        "in which the course was started says why."
    )


class MapHandler(PageHandler):
    """The course map."""

    async def get(self) -> None:
        """Show all lessons."""
        course = self.classroom.course
        first = course.ready[0] if course.ready else None
        plotly = f"{self.base_url}l3s1/static/{next(iter(plotly_files()))}"
        self.show("map.html.j2", lessons=course.lessons, first=first, plotly=plotly)


class ToMapHandler(PageHandler):
    """Addresses that mean the map."""

    async def get(self) -> None:
        """Lead to the map."""
        self.redirect(self.base_url)


class MissingHandler(PageHandler):
    """Anything that is not served."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Answer before anything else looks at the request."""
        raise HTTPError(404)


def closed_lesson_words(course: CourseMap, notebook: str) -> tuple[str, str]:
    """Title and text for a lesson that can't be opened."""
    page = course.find(notebook)
    if page is not None:
        return (
            f"Lesson {page.number} is in preparation",
            f"“{page.title}” has not been written yet. The course map shows what can be opened.",
        )
    name = notebook.removesuffix(".ipynb")
    name = name if len(name) <= 60 else name[:60] + "…"
    return "No such lesson", f"There is no lesson called “{name}”. The course map has every lesson."


def is_map(notebook: str) -> bool:
    """Whether a notebook is the map, which the server shows in its own way."""
    return notebook in ("", MAP_NOTEBOOK)
