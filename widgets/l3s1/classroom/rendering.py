"""Voilà's renderer, for a kernel that may be ready already and templates compiled once."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from voila.execute import VoilaExecutor
from voila.notebook_renderer import NotebookRenderer

from l3s1.classroom.kernels import Ready


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates for as long as the server runs."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a compiled template, if there is one."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a compiled template."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@cache
def compiled_templates() -> CompiledTemplates:
    """The one store of compiled templates."""
    return CompiledTemplates()


class LessonRenderer(NotebookRenderer):  # type: ignore[misc]
    """Runs a lesson in a leased kernel.

    Voilà opens a connection of its own and waits until the kernel has been silent for a while.
    A kernel that has waited comes with an open connection, and nothing needs to be waited for.
    """

    async def initialize(self, **kwargs: Any) -> None:
        """Prepare the page, with templates that need not be compiled again."""
        await super().initialize(**kwargs)
        self.exporter.environment.bytecode_cache = compiled_templates()

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: Any) -> str:
        ready: Ready = await kernel_future
        self.executor = VoilaExecutor(
            nb,
            km=ready.manager,
            config=self.traitlet_config,
            show_tracebacks=self.voila_configuration.show_tracebacks,
        )
        if ready.client is None:
            self.executor.kc = await self.executor.async_start_new_kernel_client()
        else:
            ready.client.allow_stdin = False
            self.executor.kc = ready.client
        self.kernel_started = True
        return kernel_id
