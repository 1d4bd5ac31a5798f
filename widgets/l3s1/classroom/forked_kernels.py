"""Kernels forked from one warmed process: at once, and sharing what all of them have imported."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

PROVISIONER = "l3s1-forked"
"""The entry point of `ForkedProvisioner`, as a kernel's specification names it."""

LAUNCHER = "ipykernel_launcher"

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Many students share few cores, and a process with threads must not be forked."""

ENDING_S = 2.0
"""How long the warmed process may take to end by itself."""


def can_fork() -> bool:
    """Whether kernels can be forked here: Linux, where a process can be watched by a descriptor."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class CannotForkError(RuntimeError):
    """There is nothing to fork a kernel from, or no room for one; it starts by itself."""


class ForkedProcess:
    """What the provisioner needs of a `subprocess.Popen`; the warmed process says when it ended."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.returncode

    def wait(self) -> int | None:
        """The exit code; asked only once it is known."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmedProcess:
    """The process to fork from, as the server sees it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._asked: dict[int, asyncio.Future[ForkedProcess]] = {}
        self._running: dict[int, ForkedProcess] = {}
        self._count = 0

    @property
    def pid(self) -> int | None:
        """Of the warmed process; None before it is started and after its end."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Start it; it warms up meanwhile."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "l3s1.classroom.warmed_process", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **ONE_THREAD},
                start_new_session=True,
            )
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._reading = asyncio.ensure_future(self._read(reader))

    async def fork(
        self, argv: Sequence[str], cwd: str, environment: Mapping[str, str]
    ) -> ForkedProcess:
        """Fork a kernel; waits until the process is warm. Raises CannotForkError."""
        if self._writer is None or self._reading is None or self._reading.done():
            raise CannotForkError("the warmed process has ended")
        self._count += 1
        asked: asyncio.Future[ForkedProcess] = asyncio.get_running_loop().create_future()
        self._asked[self._count] = asked
        request = {
            "start": self._count,
            "argv": list(argv),
            "cwd": cwd,
            "env": {**environment, **ONE_THREAD},
        }
        self._writer.write(json.dumps(request).encode() + b"\n")
        with contextlib.suppress(OSError):  # its end is told through `asked`
            await self._writer.drain()
        return await asked

    async def close(self) -> None:
        """End it, and with it every kernel that still runs."""
        if self._process is None:
            return
        if self._writer is not None:
            self._writer.close()
        process = self._process
        ended = asyncio.get_running_loop().run_in_executor(None, process.wait)
        done, _ = await asyncio.wait([ended], timeout=ENDING_S)
        if not done:  # still warming up, or stuck; kernels watch their parent and end with it
            process.kill()
            await ended
        self._process = None
        if self._reading is not None:
            await self._reading

    async def _read(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while line := await reader.readline():
                self._hear(json.loads(line))
        gone = CannotForkError("the warmed process has ended")
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(gone)
        self._asked.clear()
        for process in self._running.values():
            process.returncode = -signal.SIGKILL
        self._running.clear()

    def _hear(self, words: Mapping[str, Any]) -> None:
        if "started" in words:
            process = ForkedProcess(words["pid"])
            self._running[process.pid] = process
            asked = self._asked.pop(words["started"])
            if asked.done():  # whoever asked was cancelled: nobody would ever end it
                process.kill()
            else:
                asked.set_result(process)
        elif "failed" in words:
            asked = self._asked.pop(words["failed"])
            if not asked.done():
                asked.set_exception(CannotForkError(words["why"]))
        elif "ended" in words:
            self._running.pop(words["ended"]).returncode = words["code"]


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel from the warmed process of the kernels' manager, if it has one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; start an ordinary process where that can't be done."""
        warmed: WarmedProcess | None = _warmed_process_of(self.parent)
        if warmed is None or LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        argv = cmd[cmd.index(LAUNCHER) + 1 :]
        environment = kwargs.get("env") or dict(os.environ)
        folder = str(kwargs.get("cwd") or Path.cwd())
        try:
            process = await warmed.fork(argv, folder, environment)
        except CannotForkError as reason:
            self.log.warning("A kernel starts slowly, as a process of its own: %s.", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # has all that is asked of a Popen
        self.pid = process.pid
        self.pgid = process.pid
        self.cwd = folder
        return self.connection_info


def _warmed_process_of(kernel: Any) -> WarmedProcess | None:
    """The warmed process of the manager that a kernel's manager belongs to, if it has one."""
    found: WarmedProcess | None = getattr(kernel.parent, "warmed_process", None)
    return found
