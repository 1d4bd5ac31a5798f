"""The kernel's websocket takes the page's protocol only, and no message that asks for billions."""

from __future__ import annotations

import asyncio
import re
import struct
from typing import TYPE_CHECKING

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection, websocket_connect

from l3s1.classroom.channels import PROTOCOL, UNSUPPORTED_DATA

if TYPE_CHECKING:
    from tests.classroom.conftest import RunningCourse

LESSON = "voila/render/00-sample-lesson.ipynb"
PATIENCE_S = 30.0


def channels(course: RunningCourse) -> str:
    page = course.request(LESSON)
    found = re.search(r'"kernelId": "([0-9a-f-]+)"', page.text)
    assert found
    return f"{course.address.replace('http', 'ws', 1)}api/kernels/{found[1]}/channels"


async def closed(socket: WebSocketClientConnection) -> int | None:
    while await asyncio.wait_for(socket.read_message(), PATIENCE_S) is not None:
        continue
    return socket.close_code


@pytest.mark.parametrize("offered", [[], ["v9.kernel.websocket.jupyter.org"]])
def test_another_protocol_is_refused(course: RunningCourse, offered: list[str]) -> None:
    address = channels(course)
    with pytest.raises(HTTPClientError, match="400"):
        asyncio.run(_open(address, offered))


async def _open(address: str, offered: list[str]) -> None:
    await websocket_connect(address, subprotocols=offered)


@pytest.mark.parametrize(
    "message",
    [
        b"\xff" * 8,
        (10**9).to_bytes(8, "little") + b"x" * 64,
        b"",
        b"\x03",
        struct.pack("<6Q", 5, 48, 48, 64, 48, 64) + b"x" * 16,
        struct.pack("<3Q", 2, 24, 1000) + b"x" * 16,
    ],
    ids=[
        "as many as can be said",
        "a billion",
        "nothing",
        "half a number",
        "back",
        "behind its end",
    ],
)
def test_a_message_without_its_offsets_ends_the_connection(
    course: RunningCourse, message: bytes
) -> None:
    address = channels(course)

    async def send() -> int | None:
        socket = await websocket_connect(address, subprotocols=[PROTOCOL])
        await socket.write_message(message, binary=True)
        return await closed(socket)

    assert asyncio.run(send()) == UNSUPPORTED_DATA
    assert course.request("").status == 200
