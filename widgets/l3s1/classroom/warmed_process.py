"""A process that has imported the course and forks a kernel whenever it is asked for one.

    python -P -m l3s1.classroom.warmed_process DESCRIPTOR

DESCRIPTOR is one end of a socket. Lines of JSON come in: `{"start": n, "argv": […], "cwd": …,
"env": {…}}` asks for a kernel with the arguments of `ipykernel_launcher`. Lines go out:
`{"ready": true}` once, `{"started": n, "pid": pid}` or `{"failed": n, "why": "…"}`, `{"ended": pid,
"code": c}`. When the other end is closed every kernel is ended, then this process.

It never has a thread, an event loop or a zmq context of its own: none of them survives a fork.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import selectors
import signal
import socket
import sys
import threading
from importlib import import_module
from typing import Any

Request = dict[str, Any]

KERNEL_PARTS = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "zmq.eventloop.zmqstream",
)
"""What a kernel imports as it starts."""


def warm_up() -> None:
    """Import what every kernel needs and put it where the collector won't touch it again.

    A page of memory stays shared between kernels until somebody writes to it; the garbage
    collector would write to all of them.
    """
    for name in KERNEL_PARTS:
        import_module(name)

    from l3s1.classroom import warm_up as course

    course.warm_up()
    gc.collect()
    gc.freeze()


class Nursery:
    """Forks kernels and says when they end."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._heard = b""
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(control, selectors.EVENT_READ)
        self._ends: dict[int, int] = {}

    def serve(self) -> Request | None:
        """Answer until the other end closes: None. In each forked kernel: what it has to be."""
        self._say(ready=True)
        while True:
            for key, _ in self._waiting.select():
                if key.fd != self._control.fileno():
                    self._bury(key.fd)
                    continue
                heard = self._control.recv(1 << 16)
                if not heard:
                    self._end_all()
                    return None
                *lines, self._heard = (self._heard + heard).split(b"\n")
                for line in lines:
                    request: Request = json.loads(line)
                    if self._fork(request):
                        return request

    def _fork(self, request: Request) -> bool:
        if threading.active_count() > 1:
            raise RuntimeError("a thread is running: a fork would leave its locks held for good")
        try:
            pid = os.fork()
        except OSError as error:  # the kernels that run must not end for one that can't
            self._say(failed=request["start"], why=str(error))
            return False
        if pid == 0:
            os.setpgid(0, 0)
            self._control.close()
            self._waiting.close()
            for end in self._ends:
                os.close(end)
            return True
        with contextlib.suppress(OSError):  # the kernel does the same; whoever is first
            os.setpgid(pid, pid)
        try:
            end = os.pidfd_open(pid)
        except OSError as error:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self._say(failed=request["start"], why=str(error))
            return False
        self._ends[end] = pid
        self._waiting.register(end, selectors.EVENT_READ)
        self._say(started=request["start"], pid=pid)
        return False

    def _bury(self, end: int) -> None:
        pid = self._ends.pop(end)
        _, status = os.waitpid(pid, 0)
        self._waiting.unregister(end)
        os.close(end)
        self._say(ended=pid, code=os.waitstatus_to_exitcode(status))

    def _end_all(self) -> None:
        for pid in self._ends.values():
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)

    def _say(self, **words: Any) -> None:
        with contextlib.suppress(OSError):  # the reading end tells when the server has gone
            self._control.sendall(json.dumps(words).encode() + b"\n")


def become_kernel(request: Request) -> None:
    """Be the kernel that was asked for, until it ends."""
    import ipywidgets
    from ipykernel.kernelapp import IPKernelApp

    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    random.seed()
    # ipykernel ends a kernel whose parent has gone; it read who that is when it was imported
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    application = IPKernelApp.instance()
    application.initialize([*request["argv"], parent])  # type: ignore[no-untyped-call]
    # ipywidgets does this when it is imported, where there is a kernel already
    ipywidgets.load_ipython_extension(application.shell)
    application.start()  # type: ignore[no-untyped-call]


def main() -> None:
    """Warm up and serve; in a forked kernel: be it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the end
    control = socket.socket(fileno=int(sys.argv[1]))
    warm_up()
    request = Nursery(control).serve()
    if request is not None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        become_kernel(request)


if __name__ == "__main__":
    main()
