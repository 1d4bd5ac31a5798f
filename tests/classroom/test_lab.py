"""JupyterLab gets the lessons without touching a student's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from l3s1.classroom.lab import COPY_NAME, copy_lessons, lab_folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Lessons as they lie in an installed package."""
    lessons = tmp_path / "site" / "l3s1" / "_course" / "lessons"
    lessons.mkdir(parents=True)
    (lessons / "00-a.ipynb").write_text("a")
    (lessons / "01-b.ipynb").write_text("b")
    return lessons


def test_a_checkouts_lessons_are_opened_where_they_are(tmp_path: Path) -> None:
    assert lab_folder(tmp_path / "lessons") == tmp_path / "lessons"


def test_installed_lessons_are_copied_into_the_current_folder(
    installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = lab_folder(installed)
    assert folder == tmp_path / COPY_NAME
    assert sorted(path.name for path in folder.iterdir()) == ["00-a.ipynb", "01-b.ipynb"]
    assert "Copied 2 notebooks" in capsys.readouterr().out


def test_a_students_changes_are_kept_and_named(
    installed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / COPY_NAME).mkdir()
    (tmp_path / COPY_NAME / "00-a.ipynb").write_text("mine")
    folder = lab_folder(installed)
    assert (folder / "00-a.ipynb").read_text() == "mine"
    assert (folder / "01-b.ipynb").read_text() == "b"
    assert "Kept your versions of 00-a.ipynb" in capsys.readouterr().out


def test_nothing_is_copied_twice(installed: Path, tmp_path: Path) -> None:
    assert copy_lessons(installed, tmp_path / "copy") == (["00-a.ipynb", "01-b.ipynb"], [])
    assert copy_lessons(installed, tmp_path / "copy") == ([], [])
