"""How lessons reach people: command line, server, page template and Jupyter server extension."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell Jupyter Server which module to load."""
    return [{"module": "l3s1.classroom"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    """Mount the course's static files in a running Jupyter server."""
    from l3s1.classroom.extension import mount_static_files

    mount_static_files(server_app.web_app)
    server_app.log.debug("l3s1: static files are served")


load_jupyter_server_extension = _load_jupyter_server_extension
