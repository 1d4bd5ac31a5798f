"""`l3s1 bones`: the files it writes, what it says, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from bone_reference import read_ply
from l3s1.classroom import cli
from l3s1.classroom.bones import BONES, OK, UNUSABLE
from l3s1.models.bones.callipers import read_bone
from l3s1.models.bones.meshing import edge_report

L4 = {"upper_end_plate_width_mm": 55.0, "anterior_body_height_mm": 29.5, "canal_depth_mm": 14.0}


def written(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_template_is_written_closed_and_at_the_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bones", "--out", str(tmp_path / "new" / "bones")]) == OK
    files = sorted(path.name for path in (tmp_path / "new" / "bones").iterdir())
    assert files == ["L2.ply", "L3.ply", "L4.ply", "L5.ply", "readings.yaml", "sacrum.ply"]
    for bone in BONES:
        # read_ply joins equal vertices, as other programs do
        mesh = read_ply(tmp_path / "new" / "bones" / f"{bone}.ply")
        closed, genus = edge_report(mesh)
        assert closed, bone
        assert bone == "sacrum" or genus == 1
        assert np.abs(mesh.vertices[:, 0].max() + mesh.vertices[:, 0].min()) < 0.05
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"{bone}: the template" for bone in BONES]
    assert said.out == ""


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_a_persons_bones_read_as_given(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"person.{kind}"
    content = {"unit": "mm", "bones": {"L4": L4}}
    text = json.dumps(content) if kind == "json" else yaml.safe_dump(content)
    file.write_text(text, encoding="utf-8")
    command = ["bones", "--out", str(tmp_path), "--callipers", str(file), "L4", "L5"]
    assert cli.main(command) == OK
    readings = read_bone(read_ply(tmp_path / "L4.ply"))
    assert all(abs(readings[name] - value) < 0.5 for name, value in L4.items())
    assert not (tmp_path / "L3.ply").exists()
    kept = yaml.safe_load((tmp_path / "readings.yaml").read_text(encoding="utf-8"))
    assert kept["bones"]["L4"]["canal_depth_mm"] == pytest.approx(14.0, abs=0.5)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "L4: made to 3 readings"
    assert said[1].startswith("L5: the template, ")


def test_what_is_read_can_be_given_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bones", "--read", "L3", "sacrum"]) == OK
    file = tmp_path / "template.yaml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    given = yaml.safe_load(file.read_text(encoding="utf-8"))["bones"]
    assert set(given) == {"L3", "sacrum"}
    assert cli.main(["bones", "--read", "--callipers", str(file), "L3", "sacrum"]) == OK
    again = yaml.safe_load(capsys.readouterr().out)["bones"]
    for bone, readings in given.items():
        for name, value in readings.items():
            assert again[bone][name] == pytest.approx(value, abs=0.5), name


def test_a_reading_that_is_missed_is_said_and_the_bone_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = {"canal_width_mm": 27.0, "pedicle_width_mm": 12.0, "pedicle_distance_mm": 36.0}
    file = written(tmp_path / "person.json", {"bones": {"L4": readings}})
    assert cli.main(["bones", "--out", str(tmp_path), "--callipers", str(file), "L4"]) == OK
    assert (tmp_path / "L4.ply").exists()
    said = capsys.readouterr().err
    assert "L4.canal_width_mm: 27 was given, the bone has 2" in said
    assert "the readings do not go together on this template" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{bones: {L4: {canal_width_mm: 230}}}", "L4.canal_width_mm: 230 is out of range; accept"),
        ("{bones: {L4: {canal: 23}}}", "L4.canal: no such dimension; there are upper_end_plate"),
        ("{bones: {L1: {canal_width_mm: 23}}}", "L1: no such bone; there are L2, L3, L4, L5, sac"),
        ("{bones: {L4: {canal_width_mm: .nan}}}", "nan is out of range"),
        ("{bones: {sacrum: {canal_width_mm: 23}}}", "sacrum.canal_width_mm: no such dimension"),
        ("{unit: cm, bones: {}}", "`unit` must be mm, not 'cm'"),
        ("{L4: {canal_width_mm: 23}}", "the mapping `bones` is missing"),
        ("{bones: {L4: 23}}", "L4 has no mapping of names to numbers"),
        ("{bones: {}, name: Ada}", "it has name beside `unit` and `bones`"),
        ("{bones: {L4: {}, L4: {}}}", "L4 stands twice; keep one"),
        ("{bones: [", "is neither YAML nor JSON"),
        ("", "the mapping `bones` is missing"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "person.yaml"
    file.write_text(content, encoding="utf-8")
    out = tmp_path / "out"
    assert cli.main(["bones", "--out", str(out), "--callipers", str(file)]) == UNUSABLE
    said = capsys.readouterr().err
    assert str(file) in said
    assert words in said
    assert not out.exists()


def test_a_missing_file_and_an_unwritable_folder_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone.yaml"
    assert cli.main(["bones", "--read", "--callipers", str(gone)]) == UNUSABLE
    assert f"{gone}: can't be read (No such file or directory)" in capsys.readouterr().err
    gone.write_bytes(b"\xff\xfe\x00")
    assert cli.main(["bones", "--read", "--callipers", str(gone)]) == UNUSABLE
    assert "is not UTF-8 text" in capsys.readouterr().err
    assert cli.main(["bones", "--out", str(gone), "L4"]) == UNUSABLE
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give --out DIR to write the bones, or --read to see their readings"),
        (["--read", "L6", "L4"], "No bone L6; there are L2, L3, L4, L5, sacrum."),
    ],
)
def test_what_the_command_line_lacks_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["bones", *arguments]) == UNUSABLE
    assert words in capsys.readouterr().err


def test_it_needs_nothing_that_only_tests_install() -> None:
    code = (
        "import sys; sys.modules.update(skimage=None, fast_simplification=None); "
        "from l3s1.classroom.cli import main; sys.exit(main(['bones', '--read', 'L4']))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
