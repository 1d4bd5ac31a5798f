"""Waiting kernels: handed out once, replaced, never culled, never left over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from l3s1.classroom.kernels import ClassroomKernels, OwnPythonOnly, Ready


class PaperKernels(ClassroomKernels):
    """Kernels that exist on paper only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.begun: list[tuple[str, bool]] = []
        self.failing = False

    async def _start(self, kernel_id: str, warm_up: bool) -> Ready:
        self.begun.append((kernel_id, warm_up))
        if self.failing:
            raise RuntimeError("no kernel today")
        return Ready(f"manager of {kernel_id}")

    async def shutdown_all(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Nothing runs."""


def run(test: Callable[[PaperKernels], Awaitable[None]], warm: int = 1) -> None:
    async def scene() -> None:
        await test(PaperKernels(warm_kernels=warm, refill_delay_s=0.0))

    asyncio.run(scene())


def test_a_waiting_kernel_is_handed_out_once() -> None:
    async def scene(kernels: PaperKernels) -> None:
        kernels.refill()
        first, second = kernels.lease(), kernels.lease()
        assert (await first.kernel).manager == f"manager of {first.kernel_id}"
        await second.kernel
        assert first.kernel_id != second.kernel_id
        assert kernels.begun == [(first.kernel_id, True), (second.kernel_id, False)]

    run(scene)


def test_a_taken_kernel_is_replaced() -> None:
    async def scene(kernels: PaperKernels) -> None:
        kernels.refill()
        await kernels.lease().kernel
        while len(kernels.begun) < 2:
            await asyncio.sleep(0)
        assert [warm for _, warm in kernels.begun] == [True, True]

    run(scene)


def test_none_waits_where_none_is_wanted() -> None:
    async def scene(kernels: PaperKernels) -> None:
        kernels.refill()
        await kernels.lease().kernel
        assert kernels._refill is None
        assert [warm for _, warm in kernels.begun] == [False]

    run(scene, warm=0)


def test_one_that_could_not_start_is_not_handed_out() -> None:
    async def scene(kernels: PaperKernels) -> None:
        kernels.failing = True
        kernels.refill()
        failed = next(iter(kernels._waiting))
        await asyncio.wait(kernels._waiting.values())
        await asyncio.sleep(0)
        kernels.failing = False
        lease = kernels.lease()
        assert lease.kernel_id != failed
        assert (await lease.kernel).manager

    run(scene)


def test_no_kernel_is_begun_after_closing() -> None:
    async def scene(kernels: PaperKernels) -> None:
        kernels.refill()
        await kernels.close()
        kernels.refill()
        kernels.refill_later()
        assert len(kernels.begun) == 1
        assert kernels._waiting == {}

    run(scene)


def test_waiting_kernels_are_not_culled(monkeypatch: pytest.MonkeyPatch) -> None:
    culled: list[str] = []

    async def note(_self: Any, kernel_id: str) -> None:
        culled.append(kernel_id)

    monkeypatch.setattr(ClassroomKernels.__mro__[1], "cull_kernel_if_idle", note)

    async def scene(kernels: PaperKernels) -> None:
        kernels.refill()
        waiting = next(iter(kernels._waiting))
        await kernels.cull_kernel_if_idle(waiting)
        await kernels.cull_kernel_if_idle("one that a page has left")
        assert culled == ["one that a page has left"]

    run(scene)


def test_only_this_python_is_offered() -> None:
    assert list(OwnPythonOnly().find_kernel_specs()) == ["python3"]
