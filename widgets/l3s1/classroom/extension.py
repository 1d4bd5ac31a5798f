"""The course's static files in any Jupyter server (JupyterLab, Jupyter Server, a hub's server)."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from l3s1.classroom.static_files import StaticFileHandler, course_files

STATIC_ROUTE = r"l3s1/static/(.*)"


def mount_static_files(web_app: Any) -> None:
    """Add `{base_url}l3s1/static/…` to a Jupyter server's tornado application."""
    route = url_path_join(web_app.settings["base_url"], STATIC_ROUTE)
    web_app.add_handlers(".*$", [(route, StaticFileHandler, {"store": course_files()})])
