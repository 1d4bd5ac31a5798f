"""A page's connection to its kernel: only in the protocol that the course's pages speak."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Any

from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

PROTOCOL = "v1.kernel.websocket.jupyter.org"
UNSUPPORTED_DATA = 1003

_WORD = 8
"""Bytes of a number in the protocol's binary messages: first how many offsets, then these."""


class ChannelsHandler(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """Refuses whatever would make the server read billions of offsets from a few bytes.

    A binary message begins with the number of its offsets. Voilà reads answers so whichever
    protocol was agreed on, and Jupyter Server believes the number that a client sends: either
    way one message would take the server's processor and memory for good. So would offsets that
    go back, as the same bytes would be copied again for each of them.
    """

    async def get(self, kernel_id: str) -> None:
        """Open the connection for those who offer the protocol."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in (each.strip() for each in offered.split(",")):
            raise HTTPError(400, f"offer the websocket protocol {PROTOCOL}")
        await super().get(kernel_id)

    def on_message(self, ws_message: Any) -> None:
        """Hand on a message whose offsets can be there; end the connection at any other."""
        if isinstance(ws_message, bytes) and not _offsets_fit(ws_message):
            self.close(UNSUPPORTED_DATA, "that is no message")
            return
        super().on_message(ws_message)


def _offsets_fit(message: bytes) -> bool:
    count = int.from_bytes(message[:_WORD], "little")
    if len(message) < _WORD * (1 + count):
        return False
    offsets = (*struct.unpack_from(f"<{count}Q", message, _WORD), len(message))
    return all(one <= other for one, other in pairwise(offsets))
