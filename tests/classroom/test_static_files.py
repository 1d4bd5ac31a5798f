"""Static files: found safely, compressed once, kept by the browser where that is safe."""

from __future__ import annotations

import gzip
import re
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from l3s1.activities.alignment_workbench import lateral_file, workbench_file
from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_explorer import explorer_file
from l3s1.activities.bone_state import bone_state_file, construct_file
from l3s1.activities.fuse_and_bend import motion_file
from l3s1.activities.localise_lesion import neurology_file
from l3s1.activities.operation_stepper import anterior_file, operation_file
from l3s1.activities.recovery_timeline import timeline_file
from l3s1.activities.screw_trainer import screws_file
from l3s1.assessment.widget import assessment_file
from l3s1.classroom.static_files import (
    FOREVER,
    FileStore,
    course_files,
    plotly_files,
    scene_files,
)
from l3s1.scene.plotly_bundle import PLOTLY_FILE, plotly_bundle_path
from l3s1.scene.shared_files import engine_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.classroom.conftest import RunningCourse

PLOTLY = f"l3s1/static/{PLOTLY_FILE}"
VOILA = f"l3s1/voila-{metadata.version('voila')}/voila.js"


def test_plotly_has_the_name_that_the_views_ask_for() -> None:
    assert plotly_files() == {PLOTLY_FILE: plotly_bundle_path()}


def test_the_scene_has_the_names_that_the_views_ask_for() -> None:
    anatomy = course_anatomy()
    code = [engine_file(), explorer_file(), workbench_file(), motion_file()]
    code += [neurology_file(), timeline_file(), assessment_file()]
    code += [bone_state_file(), construct_file(), screws_file()]
    code += [operation_file(), anterior_file()]
    asked = [*code, lateral_file(), anatomy.file, *anatomy.pictures.values()]
    assert set(scene_files()) == {file.name for file in asked}


@pytest.mark.parametrize(
    "name",
    [
        "../secret.js",
        "a/../../secret.js",
        "/secret.js",
        "a//b.js",
        ".hidden",
        "a\\..\\b",
        "c:x",
        "",
    ],
)
def test_no_name_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.js").write_text("secret")
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / ".hidden").write_text("secret")
    assert FileStore([tmp_path / "open"]).find(name) is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_text("secret")
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "link.js").symlink_to(tmp_path / "secret.js")
    assert FileStore([tmp_path / "open"]).find("link.js") is None


def test_a_tag_changes_with_the_content(tmp_path: Path) -> None:
    store = FileStore([tmp_path])
    (tmp_path / "a.css").write_text("one")
    first = store.tagged("a.css")
    (tmp_path / "a.css").write_text("three")
    assert first.startswith("a.css?v=")
    assert store.tagged("a.css") != first


def test_every_page_file_is_there() -> None:
    files = course_files()
    wanted = ("page.css", "page.js", "favicon.svg", "tokens.css", "plotly_view.js")
    assert [name for name in wanted if files.find(name) is None] == []


@pytest.mark.parametrize("name", [PLOTLY, VOILA])
def test_versioned_files_are_compressed_and_kept(course: RunningCourse, name: str) -> None:
    packed = course.request(name, headers={"Accept-Encoding": "gzip"})
    plain = course.request(name)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == FOREVER
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.headers["content-type"].startswith("text/javascript")
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < 0.4 * len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]


def test_the_3d_model_is_kept_and_not_compressed_twice(course: RunningCourse) -> None:
    name = f"l3s1/static/{course_anatomy().file.name}"
    answer = course.request(name, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == FOREVER
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.body == course_anatomy().file.gzipped()


def test_a_known_file_is_not_sent_again(course: RunningCourse) -> None:
    etag = course.request(PLOTLY).headers["etag"]
    again = course.request(PLOTLY, headers={"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")


def test_the_length_can_be_asked_for(course: RunningCourse) -> None:
    head = course.request(PLOTLY, method="HEAD")
    assert head.body == b""
    assert int(head.headers["content-length"]) == plotly_bundle_path().stat().st_size


def test_untagged_files_are_asked_for_again(course: RunningCourse) -> None:
    untagged = course.request("l3s1/static/page.css")
    wrong = course.request("l3s1/static/page.css?v=0123456789abcdef")
    assert untagged.headers["cache-control"] == wrong.headers["cache-control"] == "no-cache"


def test_all_files_of_a_page_may_be_kept(course: RunningCourse) -> None:
    page = course.request("voila/render/00-sample-lesson.ipynb").text
    found = re.findall(r'(?:href|src)="(/(?:l3s1|voila/labextensions)/[^"]+)"', page)
    names = [urljoin("http://here/", each).removeprefix("http://here/") for each in found]
    assert len(names) >= 8
    rules = {name: course.request(name).headers["cache-control"] for name in names}
    assert set(rules.values()) == {FOREVER}, rules
