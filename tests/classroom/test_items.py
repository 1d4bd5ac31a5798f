"""An instructor's own questions: checked like the bank's, and there for every kernel."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from l3s1.assessment.review import ReviewActivity
from l3s1.classroom import cli, items
from l3s1.content import OWN_ITEMS, load_content

ITEM: dict[str, Any] = {
    "id": "own-wiltse",
    "lesson": "01",
    "objective": "way-from-behind",
    "use": "review",
    "level": "recall",
    "type": "ordering",
    "stem": "Put what is passed from the skin to the pedicle in order.",
    "entries": [
        {"id": "a", "text": "Fascia", "feedback": "It lies outermost."},
        {"id": "b", "text": "Muscle", "feedback": "It lies between fascia and bone."},
        {"id": "c", "text": "Bone", "feedback": "It is reached last."},
    ],
    "facts": ["tech-screw-entry-lumbar"],
    "note": "For the tests.",
}
SEEN = (
    "from l3s1.content import load_content\n"
    "print([item.id for item in load_content().items.values() if item.own])"
)


def write(folder: Path, *items_: dict[str, Any], name: str = "mine.yaml") -> Path:
    path = folder / name
    text = yaml.safe_dump({"items": list(items_)}, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def check(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[int, str, list[str]]:
    code = cli.main(["items", "check", *map(str, paths)])
    said = capsys.readouterr()
    return code, said.out, said.err.splitlines()


def test_what_is_right_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, wrong = check(capsys, write(tmp_path, ITEM))
    assert (code, wrong) == (0, [])
    assert said == "1 item (1 ordering): no problem found.\n"


BANK_ID = next(iter(load_content().items))
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "an id of the bank": ({"id": BANK_ID}, f"items[{BANK_ID}]", "is taken (see assets/items/"),
    "no such objective": ({"objective": "fly"}, "objective", "lesson 01 has no objective 'fly'"),
    "no such fact": ({"facts": ["ghost"]}, "facts[0]", "there is no fact 'ghost'"),
    "asked elsewhere": ({"use": "check"}, "use", "asked in the review; write 'review'"),
    "no such type": ({"type": "essay"}, "type", "'essay' is not allowed; use one of"),
    "wrong kind": ({"stem": 4}, "stem", "4 is not a text"),
    "no such field": ({"answer": 4}, "answer", "unknown field 'answer'"),
    "a rule of writing": (
        {"stem": "Which is not deep?"},
        "stem",
        "write NOT or EXCEPT in capitals",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    change, place, wrong = WRONG[name]
    path = write(tmp_path, {**ITEM, **change})
    code, said, lines = check(capsys, path)
    assert (code, said) == (1, "")
    assert lines[-1] == "1 problem found."
    assert lines[0].startswith(f"{path}:")
    assert f"{place}: " in lines[0]
    assert wrong in lines[0]


def test_files_are_checked_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path, ITEM)
    again = write(tmp_path, ITEM, name="again.yaml")
    code, _, lines = check(capsys, first, again)
    assert code == 1
    assert f"{again}:2: items[own-wiltse]: 'own-wiltse' is taken (see {first}:2)" in lines[0]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("items: [\n", ":2: the file: is not valid YAML"),
        ("", ":1: the file: is empty"),
        ("questions: []\n", "unknown field 'questions'"),
        ("- 1\n", "is not a mapping; write a mapping"),
        ("items: []\n", "has too few entries (0); write at least 1"),
    ],
)
def test_files_of_another_form_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, wrong: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    code, _, lines = check(capsys, path)
    assert code == 1
    assert any(str(path) in line and wrong in line for line in lines), lines


def test_a_file_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, lines = check(capsys, tmp_path / "none.yaml", tmp_path)
    assert code == 1
    assert sum("can't be read" in line for line in lines) == 2


def test_kernels_see_the_items_and_only_meanwhile(tmp_path: Path) -> None:
    path = write(tmp_path, ITEM)
    with items.added([os.path.relpath(path)]):
        seen = subprocess.run(
            [sys.executable, "-c", SEEN], cwd="/", capture_output=True, text=True, check=True
        )
        assert [item.id for item in load_content().items.values() if item.own] == ["own-wiltse"]
    assert seen.stdout.strip() == "['own-wiltse']"
    assert not any(item.own for item in load_content().items.values())


def test_none_named_leaves_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OWN_ITEMS, str(write(tmp_path, ITEM)))
    with items.added(None):
        assert "own-wiltse" in load_content().items


def test_a_server_refuses_items_that_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, {**ITEM, "lesson": "44"})
    for command in ("serve", "lab"):
        assert cli.main([command, "--no-browser", "--items", str(path)]) == cli.UNUSABLE
        said = capsys.readouterr().err
        assert f"{path}:3: items[own-wiltse].lesson: there is no lesson '44'" in said


def test_the_examples_of_the_manual_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manual = Path(__file__).resolve().parents[2] / "docs" / "items.md"
    blocks = re.findall(r"```yaml\n(.*?)```", manual.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "examples.yaml"
    path.write_text("items:\n" + "\n".join(blocks), encoding="utf-8")
    code, said, wrong = check(capsys, path)
    assert (code, wrong) == (0, [])
    assert said.startswith(
        "8 items (1 extended matching, 1 find in 3d, 1 label picture, 1 matching"
    )


def test_the_review_asks_them_too(tmp_path: Path) -> None:
    content = load_content(own_items=[write(tmp_path, ITEM)])
    index = json.loads(gzip.decompress(ReviewActivity(content).index_gz))
    assert "own-wiltse" in json.dumps(index)
