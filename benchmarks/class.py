"""Time a class that opens a lesson: ``python benchmarks/class.py --students 16``.

Starts the course's own server and lets students come, together or spread over ``--over`` seconds.
A student here is what a browser says on the wire: it reads the lesson's page as it streams, opens
the kernel's websocket and asks for the state of every widget. The lesson counts as usable when
all states have come; what a browser then draws happens on the student's own machine. Then the
student stays. Memory is the growth of the proportional set size of the server and its kernels,
divided by the students who came. Run it alone: server and students share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient
from tornado.httputil import url_concat
from tornado.websocket import WebSocketClientConnection, websocket_connect

from l3s1.classroom.channels import PROTOCOL

PATIENCE_S = 120.0
SETTLED_S = 0.5
"""Between two looks at whether the server has come to rest before anybody comes."""

CONTROL, CONTROL_VERSION = "jupyter.widget.control", "1.0.0"

KERNEL = re.compile(r'kernel[_-]?id["\']?\s*[:=]\s*["\']([0-9a-f-]{36})', re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    """One student's waiting times: until the page was whole, until the activities were usable."""

    page_s: float
    usable_s: float
    received: int
    socket: WebSocketClientConnection


@contextmanager
def served(warm_kernels: int) -> Iterator[tuple[str, psutil.Process]]:
    """The course's server, ended afterwards."""
    command = [sys.executable, "-m", "l3s1.classroom.cli", "serve", "--no-browser"]
    process = subprocess.Popen(
        [*command, "--warm-kernels", str(warm_kernels)], stdout=subprocess.PIPE, text=True
    )
    try:
        for line in process.stdout or ():
            if "is open at" in line:
                yield line.split()[-1], psutil.Process(process.pid)
                return
        raise SystemExit(f"the server ended with {process.wait()} before it answered")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def memory_mib(server: psutil.Process) -> float:
    """The proportional set size of a server and all its kernels, MiB."""
    total = 0
    for process in [server, *server.children(recursive=True)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:  # ended meanwhile
            continue
    return total / 2**20


def processor_s(server: psutil.Process) -> float:
    """Seconds of processor time that a server and all its kernels have used so far."""
    total = 0.0
    for process in [server, *server.children(recursive=True)]:
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.Error:  # ended meanwhile
            continue
    return total


async def at_rest(server: psutil.Process) -> None:
    """Wait until the server and its waiting kernels have nothing more to do."""
    calm, before = 0, processor_s(server)
    while calm < 4:
        await asyncio.sleep(SETTLED_S)
        now = processor_s(server)
        calm = calm + 1 if now - before < 0.1 * SETTLED_S else 0
        before = now


def message(
    kind: str, content: dict[str, object], session: str, version: str | None = None
) -> bytes:
    """A message of the Jupyter protocol on its shell channel; `version` is that of the widgets."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": session,
        "version": "5.3",
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    metadata = {} if version is None else {"version": version}
    parts = (json.dumps(part).encode() for part in (header, {}, metadata, content))
    packed: bytes = serialize_msg_to_ws_v1(list(parts), "shell")  # type: ignore[no-untyped-call]
    return packed


async def visit(address: str, lesson: str) -> Visit:
    """Open a lesson and wait for the state of all its widgets; the websocket stays open."""
    began = time.perf_counter()
    page = await AsyncHTTPClient().fetch(
        f"{address}voila/render/{lesson}", request_timeout=PATIENCE_S, connect_timeout=PATIENCE_S
    )
    whole = time.perf_counter() - began
    found = KERNEL.search(page.body.decode())
    if found is None:
        raise SystemExit(f"{lesson} came without a kernel's id")
    session = uuid.uuid4().hex
    channels = f"{address.replace('http', 'ws', 1)}api/kernels/{found[1]}/channels"
    socket = await websocket_connect(
        url_concat(channels, {"session_id": session}), subprotocols=[PROTOCOL]
    )
    comm = uuid.uuid4().hex
    opening: dict[str, object] = {"comm_id": comm, "target_name": CONTROL, "data": {}}
    await socket.write_message(message("comm_open", opening, session, CONTROL_VERSION), True)
    asked: dict[str, object] = {"comm_id": comm, "data": {"method": "request_states"}}
    await socket.write_message(message("comm_msg", asked, session), True)
    received = len(page.body)
    while True:
        answer = await asyncio.wait_for(socket.read_message(), PATIENCE_S)
        if answer is None:
            raise SystemExit("the kernel's connection was closed")
        received += len(answer)
        raw = answer if isinstance(answer, bytes) else answer.encode()
        if b"comm_close" in raw:
            raise SystemExit("the kernel refused to tell the widgets' states")
        if b"update_states" in raw:
            return Visit(whole, time.perf_counter() - began, received, socket)


async def arrive(address: str, lesson: str, students: int, over_s: float) -> list[Visit]:
    """Let students come, evenly spread."""

    async def one(number: int) -> Visit:
        await asyncio.sleep(over_s * number / students)
        return await visit(address, lesson)

    return await asyncio.gather(*(one(number) for number in range(students)))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


async def measure(arguments: argparse.Namespace) -> None:
    """Serve, let the class come, print what was measured."""
    with served(arguments.warm_kernels) as (address, server):
        await at_rest(server)
        before = memory_mib(server)
        visits = await arrive(address, arguments.lesson, arguments.students, arguments.over)
        each = (memory_mib(server) - before) / len(visits)
        usable = [one.usable_s for one in visits]
        print(
            f"{arguments.lesson}: {len(visits)} students over {arguments.over:g} s, "
            f"{arguments.warm_kernels} kernels warm\n"
            f"  page whole      median {statistics.median(v.page_s for v in visits):6.2f} s\n"
            f"  usable          median {statistics.median(usable):6.2f} s, "
            f"p95 {percentile(usable, 0.95):6.2f} s, longest {max(usable):6.2f} s\n"
            f"  memory          {each:6.1f} MiB for each\n"
            f"  on the wire     {statistics.median(v.received for v in visits) / 1000:6.0f} kB each"
        )
        for one in visits:
            one.socket.close()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=16)
    parser.add_argument("--over", type=float, default=0.0, help="seconds over which they come")
    parser.add_argument("--lesson", default="09-recovery-phases.ipynb")
    parser.add_argument("--warm-kernels", type=int, default=2)
    arguments = parser.parse_args()
    AsyncHTTPClient.configure(None, max_clients=arguments.students)
    asyncio.run(measure(arguments))


if __name__ == "__main__":
    main()
