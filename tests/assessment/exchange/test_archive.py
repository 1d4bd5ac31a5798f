"""Archives without a date, and files that are written whole or not at all."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from l3s1.assessment.exchange.archive import write_whole, zip_bytes


def test_an_archive_has_its_files_in_order_and_no_date() -> None:
    made = zip_bytes({"b.txt": b"two", "a/c.txt": b"three"})
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["b.txt", "a/c.txt"]
        assert opened.read("a/c.txt") == b"three"
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert made == zip_bytes({"b.txt": b"two", "a/c.txt": b"three"})


def test_a_file_that_is_there_is_replaced_only_if_it_may(tmp_path: Path) -> None:
    file = tmp_path / "deck.apkg"
    write_whole(file, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(file, b"second", replace=False)
    assert file.read_bytes() == b"first"
    write_whole(file, b"second", replace=True)
    assert file.read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["deck.apkg"]


def test_where_writing_fails_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "deck.apkg"
    file.write_bytes(b"first")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"second", replace=True)
    assert file.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["deck.apkg"]


def test_a_file_is_closed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows gives no name to a file that is open."""
    opened: list[Any] = []
    open_file, rename = tempfile.NamedTemporaryFile, Path.replace

    def note(**how: Any) -> Any:
        opened.append(open_file(**how))
        return opened[-1]

    def rename_closed(path: Path, target: Path) -> Path:
        assert opened[-1].closed
        return rename(path, target)

    monkeypatch.setattr("tempfile.NamedTemporaryFile", note)
    monkeypatch.setattr(Path, "replace", rename_closed)
    write_whole(tmp_path / "deck.apkg", b"first", replace=False)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"first"]
