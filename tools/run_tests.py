"""Run every check, quick ones first: ``python tools/run_tests.py [stage …]``.

All stages run even if an earlier one fails, so that one run tells everything. The exit status is 0
only if every stage passed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import find_browser
import setup_frontend

ROOT = setup_frontend.ROOT
BROWSER_TESTS = "tests/browser"

Environment = Mapping[str, str]


def hermetic_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which Jupyter and IPython read nobody's personal settings."""
    environment = dict(os.environ)
    environment.pop("PYTHONPATH", None)
    environment["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), environment.get("PATH", os.defpath)]
    )
    for variable in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        environment[variable] = str(folder / variable.lower())
    return environment


def run_module(environment: Environment, *arguments: str) -> bool:
    """Run ``python -m`` with ``arguments`` in the repository; return whether it succeeded."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def check_style(environment: Environment) -> bool:
    """Check style and formatting with ruff."""
    right = run_module(environment, "ruff", "check", ".")
    # Both always run: whoever mends one wants to know of the other.
    return run_module(environment, "ruff", "format", "--check", ".") and right


def check_types(environment: Environment) -> bool:
    """Check types with mypy."""
    return run_module(environment, "mypy")


def check_frontend(_environment: Environment) -> bool:
    """Check the front end's types and run its tests."""
    try:
        setup_frontend.check()
    except setup_frontend.FrontendError as error:
        print(f"l3s1: {error}", file=sys.stderr)
        return False
    return True


def run_unit_tests(environment: Environment) -> bool:
    """Run all tests that need no browser."""
    return run_module(environment, "pytest", "tests", f"--ignore={BROWSER_TESTS}")


def run_lessons(environment: Environment) -> bool:
    """Execute the lessons and compare what they print with what is kept in them."""
    return run_module(environment, "pytest", "--nbval", "--nbval-current-env", "lessons")


def run_browser_tests(environment: Environment) -> bool:
    """Run the tests that open pages in a browser."""
    try:
        browser = find_browser.acquire()
    except find_browser.BrowserError as error:
        print(f"l3s1: {error}", file=sys.stderr)
        return False
    return run_module({**environment, find_browser.VARIABLE: browser}, "pytest", BROWSER_TESTS)


STAGES: dict[str, Callable[[Environment], bool]] = {
    "ruff": check_style,
    "mypy": check_types,
    "frontend": check_frontend,
    "tests": run_unit_tests,
    "lessons": run_lessons,
    "browser": run_browser_tests,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that are named, or all; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", nargs="*", metavar="stage", help=", ".join(STAGES))
    names: list[str] = parser.parse_args(arguments).stages or list(STAGES)
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        parser.error(f"no such stage: {', '.join(unknown)}; there are {', '.join(STAGES)}")
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="l3s1-tests-") as folder:
        environment = hermetic_environment(Path(folder))
        for name in names:
            purpose = (STAGES[name].__doc__ or "").rstrip(".")
            print(f"\nl3s1: {name}: {purpose}", flush=True)
            if not STAGES[name](environment):
                failed.append(name)
    if failed:
        print(f"\nl3s1: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
