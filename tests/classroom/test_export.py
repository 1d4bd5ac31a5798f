"""`l3s1 export`: the files it writes, what it says, and what it refuses."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import yaml
from item_examples import examples

from l3s1.assessment.exchange.portable import OWN_ITEM
from l3s1.classroom import cli
from l3s1.classroom.export import DATE_VARIABLE, FORMATS, OK, UNUSABLE

FEW = ["--lesson", "00"]
"""Few questions are enough where only the file matters."""

PLACE = {
    "lesson": "00",
    "objective": "read-evidence-marks",
    "facts": ["brace-trials-feng-2024"],
}
"""Where a made-up item has a lesson, an objective and a fact of the course."""


def out_of(tmp_path: Path, form: str) -> Path:
    return tmp_path / f"questions{FORMATS[form].suffix}"


@pytest.mark.parametrize("form", FORMATS)
def test_the_whole_bank_is_written_and_said(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = out_of(tmp_path, form)
    assert cli.main(["export", "--format", form, "--out", str(out)]) == OK
    said = capsys.readouterr()
    assert said.out.startswith(f"{out}: {FORMATS[form].label}, ")
    assert f"{out.stat().st_size:,} bytes" in said.out
    assert zipfile.is_zipfile(out) == (form != "moodle")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_questions_make_the_same_file(form: str, tmp_path: Path) -> None:
    out = out_of(tmp_path, form)
    command = ["export", "--format", form, "--out", str(out), *FEW]
    assert cli.main(command) == OK
    first = out.read_bytes()
    assert cli.main([*command, "--force"]) == OK
    assert out.read_bytes() == first


def test_filters_narrow_what_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = out_of(tmp_path, "moodle")
    command = ["export", "--format", "moodle", "--out", str(out), "--lesson", "05", "06"]
    assert cli.main([*command, "--lesson", "07", "--level", "judgement"]) == OK
    text = out.read_text(encoding="utf-8")
    assert all(f"top/l3s1/{lesson}" in text for lesson in ("05", "06", "07"))
    assert "top/l3s1/08" not in text
    assert "Level: recall" not in text


def test_an_existing_file_stays_unless_it_may_be_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = out_of(tmp_path, "anki")
    out.write_bytes(b"mine")
    assert cli.main(["export", "--format", "anki", "--out", str(out), *FEW]) == UNUSABLE
    assert "is there already; give another --out, or --force" in capsys.readouterr().err
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lesson", "5"], "No question has the lesson '5'; there are 00, 01, 02"),
        (["--objective", "everything"], "No question has the objective 'everything'; there are "),
        (["--level", "hard"], "there are application, judgement, recall."),
        (["--type", "essay"], "No question has the type 'essay'; there are "),
        (["--use", "exam"], "No question has the use 'exam'; there are "),
        (
            ["--lesson", "00", "--objective", "approach-risks"],
            "No question has lesson 00 and objective approach-risks together",
        ),
    ],
)
def test_a_choice_of_nothing_is_refused_and_no_file_written(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = out_of(tmp_path, "qti")
    assert cli.main(["export", "--format", "qti", "--out", str(out), *arguments]) == UNUSABLE
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_t_be_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.zip").mkdir()
    for name, words in {
        "deck.apkg": "a QTI 2.1 package has a name that ends in .zip",
        "folder.zip": "is a folder; give the name of a file",
        "none/deck.zip": "is missing; make it, or give another --out",
    }.items():
        out = tmp_path / name
        assert cli.main(["export", "--format", "qti", "--out", str(out)]) == UNUSABLE
        assert words in capsys.readouterr().err


def test_an_unknown_format_is_named_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["export", "--format", "pdf", "--out", str(tmp_path / "x.pdf")])
    assert caught.value.code == UNUSABLE
    said = capsys.readouterr().err
    assert all(form in said for form in FORMATS)


def test_a_date_that_is_no_number_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = out_of(tmp_path, "anki")
    command = ["export", "--format", "anki", "--out", str(out), *FEW]
    for date in ("yesterday", "-5", "99999999999999"):
        monkeypatch.setenv(DATE_VARIABLE, date)
        assert cli.main(command) == UNUSABLE
        assert f"{DATE_VARIABLE}={date!r} is no date" in capsys.readouterr().err
        assert not out.exists()
    monkeypatch.setenv(DATE_VARIABLE, "1700000000")
    assert cli.main(command) == OK


def test_an_instructors_items_are_exported_too_and_newer_than_the_course(tmp_path: Path) -> None:
    items = {"items": [{**examples()["single_best_answer"], "id": "mine-one", **PLACE}]}
    own = tmp_path / "mine.yaml"
    own.write_text(yaml.safe_dump(items), encoding="utf-8")
    out = out_of(tmp_path, "moodle")
    command = ["export", "--format", "moodle", "--out", str(out), "--items", str(own), *FEW]
    assert cli.main(command) == OK
    text = out.read_text(encoding="utf-8")
    assert "<idnumber>l3s1-mine-one</idnumber>" in text
    assert OWN_ITEM in text

    later = int(time.time()) + 1000
    os.utime(own, (later, later))
    deck = out_of(tmp_path, "anki")
    assert cli.main(["export", "--format", "anki", "--out", str(deck), "--items", str(own)]) == OK
    with zipfile.ZipFile(deck) as opened:
        opened.extract("collection.anki2", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as connection:
        assert connection.execute("SELECT DISTINCT mod FROM notes").fetchall() == [(later,)]


def test_it_needs_nothing_that_only_tests_install() -> None:
    code = (
        "import sys, tempfile; sys.modules.update(anki=None, lxml=None, qti_convert=None); "
        "from l3s1.classroom.cli import main; folder = tempfile.mkdtemp(); "
        "sys.exit(max(main(['export', '--format', form, '--out', folder + name, '--lesson', '00'])"
        " for form, name in (('anki', '/a.apkg'), ('qti', '/q.zip'), ('qti3', '/r.zip'),"
        " ('moodle', '/m.xml'))))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
