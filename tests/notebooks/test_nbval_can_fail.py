"""nbval is a check only if it fails on a wrong value: plant one and see."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from l3s1.content import lessons_folder

LESSON = lessons_folder() / "09-recovery-phases.ipynb"


def nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval on one notebook, away from this repository's settings."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        notebook.name,
    ]
    return subprocess.run(
        command, cwd=notebook.parent, capture_output=True, text=True, check=False, timeout=300
    )


def short_copy(folder: Path, plant: bool) -> Path:
    """The lesson up to its timeline; with `plant`, one word of the text twin is changed."""
    lesson = json.loads(LESSON.read_text(encoding="utf-8"))
    cells: list[dict[str, Any]] = []
    for cell in lesson["cells"]:
        cells.append(cell)
        if "RecoveryTimelineActivity" in "".join(cell["source"]):
            break
    lesson["cells"] = cells
    twin = cells[-1]["outputs"][-1]["data"]["text/plain"]
    if plant:
        text = "".join(twin)
        assert "6 weeks" in text
        cells[-1]["outputs"][-1]["data"]["text/plain"] = text.replace("6 weeks", "7 weeks", 1)
    path = folder / "copy.ipynb"
    path.write_text(json.dumps(lesson), encoding="utf-8")
    return path


@pytest.mark.parametrize("plant", [False, True], ids=["as it is", "wrong value planted"])
def test_nbval_catches_a_wrong_value_in_the_text_twin(tmp_path: Path, plant: bool) -> None:
    result = nbval(short_copy(tmp_path, plant))
    if plant:
        assert result.returncode == 1, result.stdout
        assert "1 failed" in result.stdout
        assert "7 weeks" in result.stdout
    else:
        assert result.returncode == 0, result.stdout
