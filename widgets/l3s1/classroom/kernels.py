"""The kernels of a class: started ahead, handed out once, never left behind."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath
from traitlets import Float, Integer, Unicode

from l3s1.classroom import room
from l3s1.classroom.forked_kernels import PROVISIONER, WarmedProcess, can_fork

KERNEL_NAME = "python3"
WARM_UP = '__import__("l3s1.classroom.warm_up", fromlist=["warm_up"]).warm_up()'
"""Leaves no name behind in the lesson's namespace."""
KERNEL_ARGUMENTS = ("--IPKernelApp.log_level=40", "--HistoryManager.enabled=False")


class OwnPythonOnly(KernelSpecManager):
    """Knows one kernel: the Python that runs the server, whatever else a user has installed."""

    def _kernel_dirs_default(self) -> list[str]:
        return []

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The specification of that Python; its kernels are forked where that can be done."""
        specification = super().get_kernel_spec(kernel_name)
        if can_fork():
            specification.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
        return specification


@dataclass(frozen=True)
class Ready:
    """A running kernel; `client` is an open connection to one that has waited."""

    manager: Any
    client: Any = None


@dataclass(frozen=True)
class Lease:
    """A kernel for one page: its id, known at once, and the kernel once it runs."""

    kernel_id: str
    kernel: Awaitable[Ready]


class ClassroomKernels(AsyncMappingKernelManager):
    """Keeps a few kernels ready that have imported the course but belong to no lesson yet."""

    warm_kernels = Integer(2, config=True, help="How many kernels wait ready for the next page.")
    warm_up_code = Unicode(WARM_UP, config=True, help="What a waiting kernel has run.")
    needed_mib = Float(
        room.NEEDED_MIB, config=True, help="What has to be free for another kernel, MiB."
    )
    refill_delay_s = Float(2.0, config=True, help="Pause before the next kernel is started ahead.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._waiting: dict[str, asyncio.Task[Ready]] = {}
        self._closing = asyncio.Event()
        self._refill: asyncio.TimerHandle | None = None
        self.warmed_process: WarmedProcess | None = None
        """What kernels are forked from, once `open` has started it."""

    async def open(self) -> None:
        """Start what kernels are forked from, and the first kernels ahead."""
        if can_fork():
            self.warmed_process = WarmedProcess()
            await self.warmed_process.start()
        self.refill()

    def has_room(self) -> bool:
        """Whether a page can be given a kernel: one waits, or there is memory for another."""
        return bool(self._waiting) or room.available_mib() >= self.needed_mib

    def lease(self) -> Lease:
        """Hand out a waiting kernel, or start one."""
        if self._waiting:
            kernel_id = next(iter(self._waiting))
            task = self._waiting.pop(kernel_id)
        else:
            kernel_id, task = self._begin(warm_up=False)
        self.refill_later()
        return Lease(kernel_id, task)

    def refill(self) -> None:
        """Start kernels ahead until enough are waiting."""
        self._refill = None
        while len(self._waiting) < self.warm_kernels and not self._closing.is_set():
            if room.available_mib() < self.needed_mib:
                break
            kernel_id, task = self._begin(warm_up=True)
            self._waiting[kernel_id] = task
            task.add_done_callback(partial(self._forget_failed, kernel_id))

    def refill_later(self) -> None:
        """Refill when the page that has just taken a kernel has had the processor to itself."""
        if self.warm_kernels > 0 and self._refill is None and not self._closing.is_set():
            loop = asyncio.get_running_loop()
            self._refill = loop.call_later(self.refill_delay_s, self.refill)

    async def end(self, kernel_id: str) -> None:
        """End one kernel at once."""
        await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """End every kernel, also those that are still starting."""
        self._closing.set()
        if self._refill is not None:
            self._refill.cancel()
        tasks = list(self._waiting.values())
        self._waiting.clear()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Ready) and outcome.client is not None:
                outcome.client.stop_channels()
        await self.shutdown_all(now=False)
        if self.warmed_process is not None:
            await self.warmed_process.close()

    def _begin(self, warm_up: bool) -> tuple[str, asyncio.Task[Ready]]:
        kernel_id = str(uuid.uuid4())
        return kernel_id, asyncio.ensure_future(self._start(kernel_id, warm_up))

    async def _start(self, kernel_id: str, warm_up: bool) -> Ready:
        await self.start_kernel(
            kernel_id=kernel_id,
            kernel_name=KERNEL_NAME,
            path=ApiPath(""),
            extra_arguments=list(KERNEL_ARGUMENTS),
        )
        manager = self.get_kernel(kernel_id)
        if not warm_up:
            return Ready(manager)
        warming = asyncio.ensure_future(self._warm_up(manager))
        closing = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait((warming, closing), return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        warming.cancel()
        outcomes: list[Any] = list(await asyncio.gather(warming, return_exceptions=True))
        if isinstance(outcomes[0], BaseException):
            if not self._closing.is_set():
                self.log.warning("a waiting kernel could not be warmed up: %r", outcomes[0])
            return Ready(manager)
        return Ready(manager, outcomes[0])

    async def _warm_up(self, manager: Any) -> Any:
        """Run what lessons share; returns the connection, open and with nothing left to read."""
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            request = client.execute(self.warm_up_code, silent=True, store_history=False)
            while True:
                reply = await client.get_shell_msg(timeout=60)
                if reply["parent_header"].get("msg_id") == request:
                    break
            if reply["content"].get("status") == "error":
                self.log.warning("a waiting kernel could not run %r", self.warm_up_code)
            await self._read_all(client, request)
        except BaseException:
            client.stop_channels()
            raise
        return client

    @staticmethod
    async def _read_all(client: Any, request: str) -> None:
        while True:
            message = await client.get_iopub_msg(timeout=60)
            own = message["parent_header"].get("msg_id") == request
            if own and message["content"].get("execution_state") == "idle":
                return

    def _forget_failed(self, kernel_id: str, task: asyncio.Task[Any]) -> None:
        if task.cancelled() or task.exception() is not None:
            self._waiting.pop(kernel_id, None)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended; one that died while waiting is not handed out."""
        self._waiting.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Leave waiting kernels alone; end those whose page has gone."""
        if kernel_id not in self._waiting:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]
