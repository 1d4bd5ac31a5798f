"""The small case as pages get it; as a program: write it anew for the page's own tests."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from l3s1.assessment.case_player import CLOCKS, case_json

if TYPE_CHECKING:
    from l3s1.content import Content

FIXTURE = Path(__file__).parents[1] / "fixtures" / "made-up.json"


def written(content: Content) -> dict[str, Any]:
    """What the page's tests read."""
    cases = [case_json(content, case) for case in content.cases.values()]
    read: dict[str, Any] = json.loads(json.dumps({"clocks": CLOCKS, "cases": cases}))
    return read


if __name__ == "__main__":
    folder_class = runpy.run_path(str(Path(__file__).parents[1] / "conftest.py"))["ContentFolder"]
    with TemporaryDirectory() as folder:
        data = written(folder_class(Path(folder)).load())
    FIXTURE.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
