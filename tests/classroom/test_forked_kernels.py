"""Kernels forked from the warmed process: they run, share it, end with it, and can do without."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from l3s1.classroom.forked_kernels import ForkedProcess, can_fork
from l3s1.classroom.kernels import ClassroomKernels, OwnPythonOnly
from l3s1.classroom.warmed_process import Nursery

pytestmark = pytest.mark.skipif(not can_fork(), reason="kernels are forked on Linux only")

PATIENCE_S = 180.0
Scene = Callable[[ClassroomKernels], Awaitable[None]]


def play(scene: Scene, folder: Path) -> None:
    async def open_and_close() -> None:
        kernels = ClassroomKernels(
            warm_kernels=0, kernel_spec_manager=OwnPythonOnly(), connection_dir=str(folder)
        )
        await kernels.open()
        try:
            await asyncio.wait_for(scene(kernels), PATIENCE_S)
        finally:
            await kernels.close()

    asyncio.run(open_and_close())


async def say(manager: Any, code: str) -> str:
    """What a kernel prints."""
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=PATIENCE_S)
        request = client.execute(code)
        printed = ""
        while True:
            message = await client.get_iopub_msg(timeout=PATIENCE_S)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] in ("stream", "error"):
                printed += message["content"].get("text") or message["content"]["evalue"]
            if message["content"].get("execution_state") == "idle":
                return printed
    finally:
        client.stop_channels()


async def start(kernels: ClassroomKernels) -> tuple[Any, int]:
    ready = await kernels.lease().kernel
    process = ready.manager.provisioner.process
    return ready.manager, process.pid


async def ended(pid: int) -> None:
    while psutil.pid_exists(pid):
        await asyncio.sleep(0.02)


def test_a_kernel_is_a_fork_of_the_warmed_process_with_everything_imported(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        manager, pid = await start(kernels)
        assert isinstance(manager.provisioner.process, ForkedProcess)
        assert kernels.warmed_process is not None
        assert psutil.Process(pid).ppid() == kernels.warmed_process.pid
        assert psutil.Process(kernels.warmed_process.pid).num_threads() == 1
        code = (
            "import sys; print('l3s1.lesson' in sys.modules, 'plotly.graph_objects' in sys.modules)"
        )
        assert await say(manager, code) == "True True\n"

    play(scene, tmp_path)


def test_a_page_can_ask_a_forked_kernel_for_its_widgets(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        manager, _ = await start(kernels)
        code = "print('jupyter.widget.control' in get_ipython().kernel.comm_manager.targets)"
        assert await say(manager, code) == "True\n"

    play(scene, tmp_path)


def test_two_kernels_share_no_state_and_no_randomness(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        (one, first), (two, second) = await start(kernels), await start(kernels)
        assert first != second
        code = "import random, uuid; print(random.random(), uuid.uuid4())"
        assert await say(one, code) != await say(two, code)
        assert await say(one, "import l3s1; l3s1.mark = 1; print(l3s1.mark)") == "1\n"
        assert await say(two, "import l3s1; print(hasattr(l3s1, 'mark'))") == "False\n"

    play(scene, tmp_path)


def test_a_kernel_can_be_interrupted_killed_and_is_then_known_to_be_dead(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        manager, pid = await start(kernels)
        busy = tmp_path / "busy"
        code = f"import pathlib; pathlib.Path({str(busy)!r}).touch()\nwhile True: pass"
        asked = asyncio.ensure_future(say(manager, code))
        while not busy.exists():
            await asyncio.sleep(0.02)
        await manager.interrupt_kernel()
        await asked
        os.kill(pid, signal.SIGKILL)
        await ended(pid)
        while await manager.is_alive():
            await asyncio.sleep(0.02)
        assert manager.provisioner.process is None or manager.provisioner.process.poll() == -9

    play(scene, tmp_path)


def test_closing_ends_every_kernel_and_the_warmed_process(tmp_path: Path) -> None:
    pids: list[int] = []

    async def scene(kernels: ClassroomKernels) -> None:
        assert kernels.warmed_process is not None
        pids.extend((kernels.warmed_process.pid or 0, (await start(kernels))[1]))

    play(scene, tmp_path)
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []


def test_closing_does_not_wait_for_a_process_that_is_stopped(tmp_path: Path) -> None:
    pids: list[int] = []

    async def scene(kernels: ClassroomKernels) -> None:
        assert kernels.warmed_process is not None
        pids.append(kernels.warmed_process.pid or 0)
        os.kill(pids[0], signal.SIGSTOP)

    play(scene, tmp_path)
    assert not psutil.pid_exists(pids[0])


def test_without_its_warmed_process_a_kernel_starts_by_itself(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        assert kernels.warmed_process is not None
        _, pid = await start(kernels)
        os.kill(kernels.warmed_process.pid or 0, signal.SIGKILL)
        await ended(pid)
        manager, _ = await start(kernels)
        assert not isinstance(manager.provisioner.process, ForkedProcess)
        assert await say(manager, "print(6 * 7)") == "42\n"

    play(scene, tmp_path)


def test_a_fork_that_nobody_waits_for_any_more_is_ended_and_others_are_told(tmp_path: Path) -> None:
    async def scene(kernels: ClassroomKernels) -> None:
        warmed = kernels.warmed_process
        assert warmed is not None
        given_up = asyncio.ensure_future(warmed.fork([], str(tmp_path), os.environ))
        await asyncio.sleep(0)
        given_up.cancel()
        manager, pid = await start(kernels)
        assert isinstance(manager.provisioner.process, ForkedProcess)
        while [child.pid for child in psutil.Process(warmed.pid).children()] != [pid]:
            await asyncio.sleep(0.02)

    play(scene, tmp_path)


@pytest.mark.parametrize("fails", ["fork", "pidfd_open"])
def test_where_there_is_no_room_for_a_fork_that_is_told_and_the_others_go_on(
    fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> int:
        raise OSError(12, "Cannot allocate memory")

    ended: list[int] = []
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr("os.fork", lambda: 4242)
    monkeypatch.setattr("os.setpgid", lambda *_: None)
    monkeypatch.setattr("os.kill", lambda pid, _: ended.append(pid))
    monkeypatch.setattr("os.waitpid", lambda pid, _: (pid, 9))
    monkeypatch.setattr(f"os.{fails}", no_room)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(json.dumps({"start": 7, "argv": [], "cwd": ".", "env": {}}).encode() + b"\n")
        ours.shutdown(socket.SHUT_WR)
        assert Nursery(theirs).serve() is None
        _, failed = ours.recv(1 << 16).splitlines()
    assert json.loads(failed) == {"failed": 7, "why": "[Errno 12] Cannot allocate memory"}
    assert ended == ([] if fails == "fork" else [4242])
