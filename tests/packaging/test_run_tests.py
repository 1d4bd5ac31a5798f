"""`make test` runs every stage and fails if any fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import run_tests
import setup_frontend


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the stages that ran; the stage `tests` fails."""
    names: list[str] = []

    def stage(name: str) -> Callable[[run_tests.Environment], bool]:
        def run(_environment: run_tests.Environment) -> bool:
            names.append(name)
            return name != "tests"

        return run

    for name in list(run_tests.STAGES):
        monkeypatch.setitem(run_tests.STAGES, name, stage(name))
    return names


def test_a_failing_stage_stops_no_other_and_fails_the_run(
    ran: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_tests.main([]) == 1
    assert ran == ["ruff", "mypy", "frontend", "tests", "lessons", "browser"]
    assert "failed: tests" in capsys.readouterr().err


def test_stages_can_be_chosen(ran: list[str]) -> None:
    assert run_tests.main(["lessons", "ruff"]) == 0
    assert ran == ["lessons", "ruff"]


def test_an_unknown_stage_is_refused(ran: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run_tests.main(["lesson"])
    assert ran == []
    assert "there are ruff, mypy" in capsys.readouterr().err


def test_continuous_integration_runs_make_test() -> None:
    script = (setup_frontend.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec make test"
