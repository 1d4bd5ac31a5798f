"""Set up the course in .venv, step by step, doing only what is out of date.

Standard library only; it is run by whatever Python tools/find_python.sh chose, or by .venv's own.
Each step has a digest of what it depends on. The digests of finished steps are kept in
.venv/l3s1-setup.json, so that a second run does nothing, and needs no network.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import setup_frontend

#: The locks of the course and of what builds it: environment.yml installs exactly these by pip.
LOCKS = ("requirements.lock", "requirements-build.lock")
TEST_LOCKS = ("requirements-test.lock",)
NODE_LOCKS = ("requirements-node.lock",)

#: How the course itself is installed beside its locked packages, here and with conda.
INSTALL_COURSE = ("install", "--no-deps", "--no-build-isolation", "--editable", ".")

#: What the installed course's metadata, command and server extension are made from.
COURSE_INPUTS = ("pyproject.toml", "hatch_build.py", "widgets/jupyter-config/l3s1.json")

_NETWORK_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "ProxyError",
    "ConnectTimeoutError",
    "Could not find a version",
)


class SetupError(Exception):
    """The course cannot be set up; the text says why and what to do."""


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(f"l3s1: {message}", flush=True)


def pip_failure(said: str, log: Path) -> str:
    """Say what to do after pip failed, having printed ``said``, which ``log`` keeps."""
    if "do not match the hash" in said.lower():
        return (
            "a downloaded package is not the one that was locked (its hash differs). A mirror or "
            "a proxy may have changed it: try another, and do not use the package."
        )
    if any(sign in said for sign in _NETWORK_SIGNS):
        return (
            "the packages could not be fetched. The first set-up needs a network: connect, or "
            "set your mirror or proxy for pip, and run the same command again; what was fetched "
            "is kept. Later starts need none."
        )
    return f"pip failed; its last words are above, all of them in {log}"


class Progress:
    """Turns pip's words into a count of packages: in place on a terminal, else every 25."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.count = 0
        self.on_terminal = sys.stdout.isatty()

    def read(self, line: str) -> None:
        """Take one line of pip's."""
        if line.startswith(("Collecting ", "Processing /", "Requirement already satisfied")):
            self.count += 1
            if self.on_terminal:
                print(f"\rl3s1:   {self.count} of {self.expected} packages", end="", flush=True)
            elif self.count % 25 == 0:
                say(f"  {self.count} of {self.expected} packages")
        elif line.startswith("Ignoring "):
            self.expected -= 1
        elif line.startswith("Installing collected packages"):
            print("\r" if self.on_terminal else "", end="")
            say(f"  {self.count} of {self.expected} packages are here; unpacking them")


class Setup:
    """Brings the .venv of the checkout at ``root`` up to date."""

    def __init__(self, root: Path = setup_frontend.ROOT) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.record_file = self.venv / "l3s1-setup.json"
        self.log = self.venv / "l3s1-setup.log"
        self.record = self._read_record()

    # --- What was done -------------------------------------------------------------------------

    def _read_record(self) -> dict[str, str]:
        try:
            record = json.loads(self.record_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in record.items()} if isinstance(record, dict) else {}

    def _keep(self, changes: Mapping[str, str]) -> None:
        self.record.update(changes)
        part = self.record_file.with_suffix(".part")
        part.write_text(json.dumps(self.record, indent=1) + "\n", encoding="utf-8")
        part.replace(self.record_file)

    def _digest(self, names: Sequence[str]) -> str:
        digest = hashlib.sha256()
        for name in names:
            digest.update(name.encode() + b"\0")
            digest.update(hashlib.sha256((self.root / name).read_bytes()).digest())
        return digest.hexdigest()

    # --- Running programs ----------------------------------------------------------------------

    def environment(self) -> dict[str, str]:
        """Return the environment for .venv's programs, without settings that lead outside it.

        A user's package index or mirror stays in force. Caches go without a home to keep them.
        """
        environment = dict(os.environ)
        for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"):
            environment.pop(name, None)
        environment.update(
            PIP_USER="0",
            PIP_NO_INPUT="1",
            PIP_DISABLE_PIP_VERSION_CHECK="1",
            PIP_PROGRESS_BAR="off",
            VIRTUAL_ENV=str(self.venv),
        )
        if not setup_frontend.home_is_writable():
            environment["PIP_NO_CACHE_DIR"] = "1"
            environment.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(self.venv / "browsers"))
        return environment

    def run_pip(self, arguments: Sequence[str], expected: int = 0) -> None:
        """Run .venv's pip, counting up to ``expected`` packages; its words go to the log.

        Raises:
            SetupError: pip failed.
        """
        progress = Progress(expected)
        said: list[str] = []
        with (
            self.log.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                [str(self.python), "-m", "pip", *arguments],
                cwd=self.root,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            ) as process,
        ):
            assert process.stdout is not None  # noqa: S101 (asked for with PIPE)
            for line in process.stdout:
                log.write(line)
                said.append(line)
                if expected:
                    progress.read(line)
        if process.returncode != 0:
            sys.stderr.write("".join(said[-15:]))
            raise SetupError(pip_failure("".join(said), self.log))

    def _run_tool(self, name: str, *arguments: str) -> bool:
        command = [str(self.python), str(self.root / "tools" / name), *arguments]
        return subprocess.run(command, env=self.environment(), check=False).returncode == 0

    # --- Steps ---------------------------------------------------------------------------------

    def identity(self) -> str:
        """Say what .venv belongs to: a moved folder or another Python needs a new one."""
        return f"{self.root} {sys.version_info[0]}.{sys.version_info[1]}"

    def environment_works(self) -> bool:
        """Tell whether .venv's Python starts and has pip; the one that runs this does."""
        if Path(sys.prefix) == self.venv:
            return True
        command = [str(self.python), "-c", "import pip"]
        try:
            done = subprocess.run(command, env=self.environment(), capture_output=True, check=False)
        except OSError:
            return False
        return done.returncode == 0

    def make_environment(self) -> None:
        """Make an empty .venv.

        Raises:
            SetupError: Python lacks a part, or the folder cannot be written.
        """
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        for module in ("venv", "ensurepip"):
            if importlib.util.find_spec(module) is None:
                raise SetupError(
                    f"this Python ({sys.executable}) lacks its module {module}, which makes "
                    f"isolated environments. On Debian or Ubuntu: apt install python{version}-venv."
                    " Elsewhere: install Python from python.org or with conda, or name another: "
                    "make course PYTHON=/path/to/python"
                )
        say(f"making an isolated environment in .venv, with Python {sys.version.split()[0]}")
        done = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(self.venv)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
            raise SetupError(
                f"{self.venv} could not be made; see above. Is the folder writable, and the disk "
                "not full?"
            )

    def locked_names(self, locks: Sequence[str]) -> set[str]:
        """Return the names of the packages in ``locks``, for any system."""
        lines = (ln for lock in locks for ln in (self.root / lock).read_text("utf-8").splitlines())
        return {line.split("==")[0] for line in lines if line[:1].isalnum()}

    def install_packages(self, step: str, locks: Sequence[str], what: str) -> None:
        """Install what ``locks`` name, once for each content of theirs.

        Raises:
            SetupError: pip failed.
        """
        wanted = self._digest(locks)
        if self.record.get(step) == wanted:
            return
        say(f"installing {what} from {', '.join(locks)}")
        # The locks are complete (a test says so), so there is nothing left for pip to resolve.
        arguments = ["install", "--no-deps", "--require-hashes"]
        for lock in locks:
            arguments += ["--requirement", lock]
        self.run_pip(arguments, len(self.locked_names(locks)))
        self._keep({step: wanted})

    def build_frontend(self) -> None:
        """Build the front end unless it is fresh, with .venv's Node.js if the system has none.

        Raises:
            SetupError: it could not be built.
        """
        if setup_frontend.is_fresh(self.root):
            return
        self.provide_node("Node.js for building the front end")
        say("building the front end")
        if not self._run_tool("setup_frontend.py", "build"):
            raise SetupError("the front end was not built; the reason is above.")

    def provide_node(self, what: str) -> None:
        """Install a Node.js into .venv if the system has none that will do.

        Raises:
            SetupError: pip failed.
        """
        if setup_frontend.find_system_node() is None:
            self.install_packages("node", NODE_LOCKS, what)

    def install_course(self) -> None:
        """Install the course itself, pointing at this folder, unless that was done.

        Raises:
            SetupError: pip failed.
        """
        wanted = self._digest(COURSE_INPUTS)
        if self.record.get("course") == wanted:
            return
        say("installing the course itself")
        self.run_pip(INSTALL_COURSE)
        self._keep({"course": wanted})

    # --- What make asks for --------------------------------------------------------------------

    def install(self) -> None:
        """Bring .venv up to date for the course.

        Raises:
            SetupError, FrontendError: it could not be; the text says why and what to do.
        """
        started = time.monotonic()
        if self.record.get("environment") != self.identity() or not self.environment_works():
            self.make_environment()
            self.record.clear()
            self._keep({"environment": self.identity()})
        before, fresh = dict(self.record), setup_frontend.is_fresh(self.root)
        self.install_packages("packages", LOCKS, "the locked packages")
        self.build_frontend()
        self.install_course()
        if self.record != before or not fresh:
            say(f"ready, after {time.monotonic() - started:.0f} s")

    def install_for_tests(self) -> None:
        """Bring .venv up to date for the tests, a browser and a Node.js included.

        Raises:
            SetupError, FrontendError: it could not be; the text says why and what to do.
        """
        self.install()
        self.install_packages("tests", TEST_LOCKS, "what the tests need")
        self.provide_node("Node.js for the front end's tests")
        if not self._run_tool("find_browser.py"):
            raise SetupError("the tests have no browser; the reason is above.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``install`` or ``test`` (set up, for the tests too); return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["install", "test"])
    command = parser.parse_args(arguments).command
    setup = Setup()
    try:
        if command == "install":
            setup.install()
        else:
            setup.install_for_tests()
    except (SetupError, setup_frontend.FrontendError) as error:
        print(f"l3s1: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"l3s1: {error}. Is the folder writable, and the disk not full?", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("l3s1: stopped; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0
