"""The same lessons in JupyterLab."""

from __future__ import annotations

import filecmp
import os
import shutil
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from l3s1.classroom.course_map import MAP_NOTEBOOK
from l3s1.classroom.paths import home_is_writable, private_jupyter_folders

COPY_NAME = "l3s1-lessons"


def is_installed(lessons: Path) -> bool:
    """Whether the lessons lie inside an installed package, where a student's work has no place."""
    return lessons.parent.name == "_course"


def copy_lessons(lessons: Path, into: Path) -> tuple[list[str], list[str]]:
    """Copy notebooks that are missing in `into`; files that are there are never overwritten.

    Returns the names of the copied notebooks, and of those that differ from the course's.
    Raises `OSError` where the folder can't be written.
    """
    into.mkdir(parents=True, exist_ok=True)
    copied, different = [], []
    for source in sorted(lessons.glob("*.ipynb")):
        target = into / source.name
        if not target.exists():
            shutil.copyfile(source, target)
            copied.append(source.name)
        elif not filecmp.cmp(source, target, shallow=False):
            different.append(source.name)
    return copied, different


def lab_folder(lessons: Path) -> Path:
    """The folder that JupyterLab opens: the checkout's lessons, or a copy of the installed ones."""
    if not is_installed(lessons):
        return lessons
    folder = Path.cwd() / COPY_NAME
    copied, different = copy_lessons(lessons, folder)
    if copied:
        print(f"Copied {len(copied)} notebooks to {folder}: change them as you like.")
    if different:
        print(
            f"Kept your versions of {', '.join(different)} in {folder}. To get the course's own "
            "again, rename yours and start l3s1 lab once more."
        )
    return folder


def run_lab(folder: Path, *, ip: str, port: int | None, base_url: str, open_browser: bool) -> int:
    """Start JupyterLab in `folder` with the course's static files; returns its exit code."""
    with ExitStack() as stack:
        if not home_is_writable():
            stack.enter_context(private_jupyter_folders())
        return _start(folder, ip=ip, port=port, base_url=base_url, open_browser=open_browser)


def _start(folder: Path, *, ip: str, port: int | None, base_url: str, open_browser: bool) -> int:
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

    arguments = [
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.ip={ip}",
        f"--ServerApp.base_url={base_url}",
        f"--ServerApp.open_browser={open_browser}",
        f"--ServerApp.allow_root={_is_root()}",
        "--ServerApp.answer_yes=True",
        "--ServerApp.log_level=30",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=",
    ]
    if (folder / MAP_NOTEBOOK).is_file():
        arguments.append(f"--LabApp.default_url=/lab/tree/{MAP_NOTEBOOK}")
    if port is not None:
        arguments += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    server: Any = LabApp.make_serverapp(
        jpserver_extensions={LabApp.get_extension_package(): True, "l3s1.classroom": True}
    )
    server.aliases.update(LabApp.aliases)
    server.initialize(argv=arguments, starter_extension=LabApp.name, find_extensions=True)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
    server.io_loop.add_callback(_announce, server)
    server.start()
    return 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _announce(server: Any) -> None:
    address = server.display_url.split()[0]
    print(f"The lessons are open in JupyterLab at {address}\nCtrl-C stops it.", flush=True)
