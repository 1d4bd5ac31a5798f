"""Find a Chromium or Chrome for the browser tests, or bring one; print its path.

In this order: the one that L3S1_CHROMIUM names; one on the machine; Debian's package, where we are
root and apt-get exists; Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

VARIABLE = "L3S1_CHROMIUM"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    # Without a graphics card WebGL is drawn by software.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How tests, benchmarks and tools start a browser."""
NO_WEBGL_FLAGS = ("--disable-3d-apis",)
"""Added to them: a browser that shows no WebGL, as on a locked-down machine."""
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# A page without fonts has no readable screenshot and no true line breaks.
DEBIAN_PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")


class BrowserError(Exception):
    """No browser is to be had; the text says what to install."""


def starts(program: str) -> bool:
    """Tell whether ``program`` is a browser that starts; some systems leave a stub."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "Chrom" in done.stdout


def _playwright_browser() -> Iterator[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield path


def _candidates() -> Iterator[str]:
    for command in COMMANDS:
        path = shutil.which(command)
        if path is not None:
            yield path
    yield from (program for program in MAC_PROGRAMS if Path(program).exists())
    yield from _playwright_browser()


def find() -> str | None:
    """Return the path of a browser on this machine, or None.

    Raises:
        BrowserError: L3S1_CHROMIUM names something that does not start.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if starts(named):
            return named
        raise BrowserError(
            f"{VARIABLE}={named} does not start as a Chromium or Chrome. Correct it or unset it."
        )
    return next((path for path in _candidates() if starts(path)), None)


def _run(command: Sequence[str]) -> bool:
    print("l3s1:   " + " ".join(command), file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        print(error, file=sys.stderr)
        return False
    if done.returncode != 0:
        sys.stderr.write((done.stdout + done.stderr)[-2000:])
    return done.returncode == 0


def _install_debian_package() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    return _run(["apt-get", "update"]) and _run(
        ["apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES]
    )


def _install_playwright_download() -> bool:
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def acquire() -> str:
    """Return the path of a browser, installing one if there is none.

    Raises:
        BrowserError: none is to be had.
    """
    found = find()
    if found is not None:
        return found
    print("l3s1: no Chromium or Chrome found; installing one", file=sys.stderr, flush=True)
    for install in (_install_debian_package, _install_playwright_download):
        if install():
            found = find()
            if found is not None:
                return found
    raise BrowserError(
        "The browser tests need Chromium or Chrome, and none could be installed (see above). "
        "Install one with your system's package manager (Debian: apt install chromium), or name "
        f"one: {VARIABLE}=/path/to/chromium make test"
    )


def main() -> int:
    """Print the path of a browser, installing one if need be; return the exit status."""
    try:
        print(acquire())
    except BrowserError as error:
        print(f"l3s1: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
