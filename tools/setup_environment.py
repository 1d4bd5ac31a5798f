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

ROOT = setup_frontend.ROOT
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RECORD = VENV / "l3s1-setup.json"
LOG = VENV / "l3s1-setup.log"

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


# --- What was done -----------------------------------------------------------------------------


def read_record() -> dict[str, str]:
    """Return the digests of the steps that are done."""
    try:
        record = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in record.items()} if isinstance(record, dict) else {}


def write_record(record: Mapping[str, str]) -> None:
    """Keep the digests of the steps that are done; a reader never sees half a file."""
    part = RECORD.with_suffix(".part")
    part.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    part.replace(RECORD)


def digest_of(names: Sequence[str]) -> str:
    """Return the SHA-256 of files of the repository, by name and content."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


# --- Running pip -------------------------------------------------------------------------------


def clean_environment() -> dict[str, str]:
    """Return the environment for .venv's programs, free of settings that would lead outside it.

    A user's package index or mirror stays in force. Caches go without a home folder to keep them.
    """
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"):
        environment.pop(name, None)
    environment.update(
        PIP_USER="0",
        PIP_NO_INPUT="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_PROGRESS_BAR="off",
        VIRTUAL_ENV=str(VENV),
    )
    if not setup_frontend.home_is_writable():
        environment["PIP_NO_CACHE_DIR"] = "1"
        environment.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(VENV / "browsers"))
    return environment


def show_count(count: int) -> None:
    """Show how many packages were fetched: in place on a terminal, else every 25."""
    if sys.stdout.isatty():
        print(f"\rl3s1:   {count} packages fetched", end="", flush=True)
    elif count % 25 == 0:
        say(f"  {count} packages fetched")


def run_pip(arguments: Sequence[str]) -> None:
    """Run .venv's pip with ``arguments``, showing progress and keeping its words in the log.

    Raises:
        SetupError: pip failed.
    """
    command = [str(PYTHON), "-m", "pip", *arguments]
    count = 0
    said: list[str] = []
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=clean_environment(),
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
            if line.startswith("Collecting "):
                count += 1
                show_count(count)
            elif line.startswith("Installing collected packages") and count:
                print("\r" if sys.stdout.isatty() else "", end="")
                say(f"  {count} packages fetched; unpacking them")
    if process.returncode != 0:
        sys.stderr.write("".join(said[-15:]))
        raise SetupError(pip_failure("".join(said)))


def pip_failure(said: str) -> str:
    """Say what to do after pip failed, having printed ``said``."""
    if "do not match the hashes" in said.lower() or "do not match the hash" in said.lower():
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
    return f"pip failed; its last words are above, all of them in {LOG}"


# --- Steps -------------------------------------------------------------------------------------


def environment_identity() -> str:
    """Say what .venv belongs to: a moved folder or another Python needs a new one."""
    return f"{ROOT} {sys.version_info[0]}.{sys.version_info[1]}"


def environment_works() -> bool:
    """Tell whether .venv's Python starts and has pip."""
    try:
        done = subprocess.run(
            [PYTHON, "-c", "import pip"], env=clean_environment(), capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def make_environment() -> None:
    """Make an empty .venv.

    Raises:
        SetupError: Python lacks a part, or the folder cannot be written.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SetupError(
                f"this Python ({sys.executable}) lacks its module {module}, which makes isolated "
                f"environments. On Debian or Ubuntu: apt install python{version}-venv. "
                "Elsewhere: install Python from python.org or with conda, or name another: "
                "make course PYTHON=/path/to/python"
            )
    say(f"making an isolated environment in .venv, with Python {sys.version.split()[0]}")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        raise SetupError(
            f"{VENV} could not be made; see above. Is the folder writable, and the disk not full?"
        )


def install_packages(record: dict[str, str], step: str, locks: Sequence[str], what: str) -> None:
    """Install what ``locks`` name unless ``record`` says that was done.

    Raises:
        SetupError: pip failed.
    """
    wanted = digest_of(locks)
    if record.get(step) == wanted:
        return
    say(f"installing {what} from {', '.join(locks)}")
    # The locks are complete (a test says so), so there is nothing left for pip to resolve.
    arguments = ["install", "--no-deps", "--require-hashes"]
    for lock in locks:
        arguments += ["--requirement", lock]
    run_pip(arguments)
    record[step] = wanted
    write_record(record)


def build_frontend(record: dict[str, str]) -> None:
    """Build the front end unless it is fresh, with .venv's Node.js if the system has none.

    Raises:
        SetupError: it could not be built.
    """
    if setup_frontend.is_fresh():
        return
    if setup_frontend.find_system_node() is None:
        install_packages(record, "node", NODE_LOCKS, "Node.js for building the front end")
    say("building the front end")
    script = ROOT / "tools" / "setup_frontend.py"
    done = subprocess.run([PYTHON, script, "build"], env=clean_environment(), check=False)
    if done.returncode != 0:
        raise SetupError("the front end was not built; the reason is above.")


def install_course(record: dict[str, str]) -> None:
    """Install the course itself, pointing at this folder, unless that was done.

    Raises:
        SetupError: pip failed.
    """
    wanted = digest_of(COURSE_INPUTS)
    if record.get("course") == wanted:
        return
    say("installing the course itself")
    run_pip(INSTALL_COURSE)
    record["course"] = wanted
    write_record(record)


def install() -> None:
    """Bring .venv up to date for the course.

    Raises:
        SetupError, FrontendError: it could not be; the text says why and what to do.
    """
    started = time.monotonic()
    record = read_record()
    identity = environment_identity()
    inside = Path(sys.prefix) == VENV
    if record.get("environment") != identity or not (inside or environment_works()):
        make_environment()
        record = {"environment": identity}
        write_record(record)
    before = dict(record)
    install_packages(record, "packages", LOCKS, "the locked packages")
    built = not setup_frontend.is_fresh()
    build_frontend(record)
    install_course(record)
    if built or record != before:
        say(f"ready, after {time.monotonic() - started:.0f} s")


def install_for_tests() -> None:
    """Bring .venv up to date for the tests, a browser and a Node.js included.

    Raises:
        SetupError, FrontendError: it could not be; the text says why and what to do.
    """
    install()
    record = read_record()
    install_packages(record, "tests", TEST_LOCKS, "what the tests need")
    if setup_frontend.find_system_node() is None:
        install_packages(record, "node", NODE_LOCKS, "Node.js for the front end's tests")
    script = ROOT / "tools" / "find_browser.py"
    if subprocess.run([PYTHON, script], env=clean_environment(), check=False).returncode != 0:
        raise SetupError("the tests have no browser; the reason is above.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``install`` or ``test`` (set up, for the tests too); return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["install", "test"])
    command = parser.parse_args(arguments).command
    try:
        if command == "install":
            install()
        else:
            install_for_tests()
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
