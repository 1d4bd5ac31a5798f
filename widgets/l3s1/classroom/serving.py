"""Running the course's server from start to end."""

from __future__ import annotations

import asyncio
import socket

from l3s1.classroom.course_map import CourseMap
from l3s1.classroom.paths import own_share_first, private_jupyter_folders
from l3s1.classroom.room import NEEDED_MIB


def serve(
    course: CourseMap,
    sockets: list[socket.socket],
    *,
    ip: str,
    port: int,
    base_url: str = "/",
    warm_kernels: int = 2,
    needed_mib: float = NEEDED_MIB,
    open_browser: bool = False,
) -> None:
    """Serve on open sockets until a signal comes; leaves no kernel and no file behind."""
    with private_jupyter_folders() as folder, own_share_first():
        from l3s1.classroom.server import CourseServer

        server = CourseServer(
            course,
            warm_kernels=warm_kernels,
            needed_mib=needed_mib,
            ip=ip,
            port=port,
            base_url=base_url,
            open_browser=open_browser,
        )
        asyncio.run(server.run(sockets, folder / "runtime"))
